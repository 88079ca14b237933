import type { Json } from '../../core/index.ts';
import type { ExitCode } from '../engine/outcome.ts';
import type { Flag } from '../flags/flag.ts';
import { projectFlags } from '../flags/project.ts';
import { globalFlags } from '../flags/sets.ts';
import type { Outside } from '../outside.ts';
import type { TextStream } from '../reporters/stream.ts';
import { ownVersion } from '../version.ts';
import { readArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { findCommand, findCommands } from './find-commands.ts';
import { flagValues, type ReadMapping } from './flag-values.ts';
import type { Invocation } from './invocation.ts';
import { usageProblem } from './usage.ts';

/** What a command line asks for: a command, or a text (help, version). */
export type ReadCommandLine =
  | { readonly kind: 'text'; readonly text: string; readonly exitCode: ExitCode }
  | {
      readonly kind: 'command';
      readonly command: Command;
      readonly invocation: Invocation;
      readonly flags: readonly Flag[];
    };

/** What a command line depends on beside its words: variables that set flags, and how wide a help text may be. */
interface Surroundings extends Pick<Outside, 'env'> {
  readonly stdout: Pick<TextStream, 'size'>;
}

/** Throws `Problem` for a call that is wrong. */
export async function readCommandLine(argv: readonly string[], outside: Surroundings): Promise<ReadCommandLine> {
  const before = endOfOptions(argv);
  const head = argv.slice(0, before);
  if (isAsked(argv, 'version')) return { kind: 'text', text: `ingot ${ownVersion()}\n`, exitCode: 0 };
  const name = argv[before];
  if (name === undefined) {
    if (!isAsked(argv, 'help') && head.length > 0) readArguments(head, anywhere);
    return help(undefined, outside);
  }
  const command = await commandNamed(name);
  if (isAsked(argv, 'help')) return help(command, outside);
  refuseTwice(head, argv.slice(before + 1), command);
  return readCall(command, [...head, ...argv.slice(before + 1)], argv, outside);
}

const nameOf = (command: Command): string => command.command.split(' ')[0] ?? '';

/** Options that may stand before the command: dbt's global ones, and where the project is. */
const anywhere: readonly Flag[] = [...globalFlags, ...projectFlags];

/** The name of the command in a line as `Invocation` keeps it: quotes are gone, so that of what stood in them mappings alone are known. */
export function commandOf(line: string): string | undefined {
  const words = line.match(/\{[^}]*\}|\S+/g)?.slice(1) ?? [];
  return words[endOfOptions(words)];
}

/** Where the command stands: behind the options before it and their values. */
function endOfOptions(argv: readonly string[]): number {
  let at = 0;
  while (argv[at]?.startsWith('-')) {
    const word = argv[at] ?? '';
    const flag = anywhere.find(
      ({ name, aliases = [] }) => word === `--${name}` || aliases.some((a) => word === `-${a}`),
    );
    const takesValue = flag && flag.kind !== 'boolean' && flag.kind !== 'switch';
    at += takesValue ? 2 : 1;
  }
  return Math.min(at, argv.length);
}

const asks = { help: ['--help', '-h'], version: ['--version', '-V', '-v'] };

function isAsked(argv: readonly string[], what: keyof typeof asks): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end < 0 ? argv.length : end).some((word) => asks[what].includes(word));
}

async function commandNamed(name: string): Promise<Command> {
  const direct = await findCommand(name);
  if (direct) return direct;
  const all = await findCommands();
  const found = all.find((command) => command.aliases?.includes(name));
  if (found) return found;
  const names = all.flatMap((command) => [nameOf(command), ...(command.aliases ?? [])]);
  throw usageProblem('unknown-command', `There is no command '${name}'`, { name, known: names });
}

/** dbt takes a global option before or behind the command, not at both places. */
function refuseTwice(head: readonly string[], tail: readonly string[], command: Command): void {
  if (head.length === 0) return;
  const flags = [...globalFlags, ...command.flags];
  const before = readArguments(head, flags).options;
  for (const name of readArguments(tail, flags).options.keys()) {
    if (before.has(name)) {
      throw usageProblem('flag-twice', `--${name} is given both before and after the command`, 'Give it once');
    }
  }
}

async function readCall(
  command: Command,
  words: readonly string[],
  argv: readonly string[],
  outside: Surroundings,
): Promise<ReadCommandLine> {
  const flags: readonly Flag[] = [...globalFlags, ...command.flags];
  const { options, positional } = readArguments(words, flags);
  const parseMapping = await mappingParser(options, outside.env);
  const { values, given } = flagValues(flags, options, outside.env, parseMapping);
  refuseTogether(given, values.warn_error === true, 'warn_error', 'warn_error_options');
  refuseTogether(given, true, 'select', 'inline');
  refuseTogether(given, true, 'selector', 'inline');
  const line = ['ingot', ...argv].join(' ');
  const invocation = { name: nameOf(command), values, given, positional: named(command, positional), line };
  return { kind: 'command', command, invocation, flags };
}

/** Positional words by the names that the command gives them: `init [name]`; `[what..]` takes all that follow. */
function named(command: Command, words: readonly string[]): Readonly<Record<string, Json>> {
  const several = /\[([\w-]+)\.\.\]/.exec(command.command)?.[1];
  if (several !== undefined) return { [several]: [...words] };
  const names = [...command.command.matchAll(/[[<]([\w-]+)[\]>]/g)].map(([, name = '']) => name);
  const extra = words[names.length];
  if (extra !== undefined) {
    throw usageProblem(
      'argument',
      `'ingot ${nameOf(command)}' takes no argument '${extra}'`,
      command.flags.some(({ name }) => name === 'select') ? 'Nodes go behind --select' : undefined,
    );
  }
  return Object.fromEntries(names.map((name, index) => [name, words[index] ?? null]));
}

function refuseTogether(given: ReadonlySet<string>, matters: boolean, one: string, other: string): void {
  if (!matters || !given.has(one) || !given.has(other)) return;
  const spelled = (name: string): string => `--${name.replaceAll('_', '-')}`;
  throw usageProblem('flags-together', `${spelled(other)} is not allowed together with ${spelled(one)}`);
}

/** YAML as in files, loaded only where a value is no JSON. */
async function mappingParser(options: ReadonlyMap<string, unknown>, env: NodeJS.ProcessEnv): Promise<ReadMapping> {
  const mayHaveMapping = ['vars', 'warn-error-options', 'sqlparse', 'args'].some((name) => options.has(name));
  const inEnvironment = Object.keys(env).some((name) => name.endsWith('WARN_ERROR_OPTIONS'));
  if (!mayHaveMapping && !inEnvironment) return (text) => ({ value: JSON.parse(text), otherKey: undefined });
  const { readYaml } = await import('../../1-parse/index.ts');
  return (text) => {
    const { value, otherKeyOf } = readYaml(text, '', true);
    return { value, otherKey: value && typeof value === 'object' ? otherKeyOf(value) : undefined };
  };
}

async function help(command: Command | undefined, outside: Surroundings): Promise<ReadCommandLine> {
  const text = command
    ? (await import('./help.ts')).helpText(command, outside.stdout.size().columns)
    : (await import('./overview.ts')).overview(await findCommands());
  return { kind: 'text', text: `${await text}\n`, exitCode: 0 };
}
