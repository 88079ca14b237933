import type { Invocation } from './invocation.ts';
import type { Described } from './reporters/describe.ts';

/** Flags without which the same node would not mean the same: they are repeated as they were given. */
const repeated = ['project_dir', 'profiles_dir', 'profile', 'target', 'vars'];

/** The command line that runs one node again, ready to be copied. */
export function rerunLine({ name, values, given }: Invocation, node: Described): string {
  const command = node.kind === 'test' ? 'test' : name === 'retry' || name === 'test' ? 'build' : name;
  const flags = repeated
    .filter((flag) => given.has(flag))
    .map((flag) => {
      const value = values[flag];
      return ` --${flag.replaceAll('_', '-')} ${quoted(typeof value === 'string' ? value : JSON.stringify(value))}`;
    });
  // A hook of the project runs with every command; nothing selects it.
  const select = node.kind === 'operation' ? '' : ` --select ${quoted(node.name)}`;
  return `ingot ${command}${select}${flags.join('')}`;
}

const quoted = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
