import type { Json } from '../../core/index.ts';
import type { Invocation } from '../command-line/invocation.ts';
import type { Described } from './describe.ts';

/** Flags without which the same node would not mean the same: they are repeated as they were given. */
const repeated = [
  ...['project_dir', 'profiles_dir', 'profile', 'target', 'vars', 'args'],
  ...['defer', 'favor_state', 'state', 'defer_state'],
];
/** The same of what is built. A backfill has none of them, a test neither. */
const ofBuilds = ['full_refresh', 'empty', 'sample', 'event_time_start', 'event_time_end'];

/** Commands by which single nodes are not run. */
const notAgain: ReadonlySet<string> = new Set(['test', 'ci']);

/** The command line that runs one node again, ready to be copied; undefined for SQL of the command line, which no name selects. */
export function rerunLine(
  { name, values, given, positional }: Invocation,
  node: Described,
  partitions: readonly string[] = [],
): string | undefined {
  if (node.kind === 'sql_operation') return undefined;
  const isTest = node.kind === 'test' || node.kind === 'unit_test';
  const command = isTest ? 'test' : notAgain.has(name) ? 'build' : [name, positional.what].filter(isWord).join(' ');
  const flagsOf = (names: readonly string[]): string =>
    names.flatMap((flag) => (given.has(flag) ? [` ${written(flag, values[flag])}`] : [])).join('');
  const flags = flagsOf(repeated);
  // The flags of the command that it repeats are not in its own line.
  if (name === 'retry') return `ingot retry${flags}`;
  if (node.kind === 'macro') return `ingot ${command} ${String(positional.macro)}${flags}`;
  if (node.kind === 'source') return `ingot source freshness --select ${quoted(`source:${node.name}`)}${flags}`;
  if (node.kind === 'staged source') return `ingot build --select ${quoted(`source:${node.name}+`)}${flags}`;
  if (partitions.length > 0 && node.kind === 'model') {
    const which = partitions.length > 1 ? '--failed-only' : `--partition ${quoted(String(partitions[0]))}`;
    return `ingot backfill ${quoted(node.name)} ${which}${flags}`;
  }
  // A hook of the project runs with every command; nothing selects it.
  const select = node.kind === 'operation' ? '' : ` --select ${quoted(selectorOf(node))}`;
  return `ingot ${command}${select}${flags}${isTest ? '' : flagsOf(ofBuilds)}`;
}

function written(flag: string, value: Json | undefined): string {
  const name = flag.replaceAll('_', '-');
  if (typeof value === 'boolean') return value ? `--${name}` : `--no-${name}`;
  return `--${name} ${quoted(typeof value === 'string' ? value : JSON.stringify(value))}`;
}

/** Unit tests of one name may stand beside several models: `orders::adds_up`. */
function selectorOf({ kind, name }: Described): string {
  return kind === 'unit_test' ? name.replace('::', ',unit_test:') : name;
}

/** The second word of `docs generate`; a `backfill` has names there, which are a list. */
const isWord = (word: Json | undefined): boolean => typeof word === 'string';

const quoted = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
