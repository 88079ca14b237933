import yargs, { type Argv, type Options } from 'yargs';
import type { Flag } from '../flags/flag.ts';
import { globalFlags } from '../flags/sets.ts';
import type { Command } from './command.ts';

/** The page of one command: what it takes, with choices and short forms. */
export async function helpText(command: Command, columns: number): Promise<string> {
  const parser = yargs([command.command.split(' ')[0] ?? ''])
    .scriptName('ingot')
    .locale('en')
    .help(false)
    .version(false)
    .wrap(Math.min(110, columns));
  addCommand(parser, command);
  parser.options(optionsOf(globalFlags));
  return parser.getHelp();
}

function addCommand(parser: Argv, command: Command): void {
  parser.command(
    [command.command, ...(command.aliases ?? [])],
    command.describe,
    (one) => one.options(optionsOf(command.flags)),
    () => undefined,
  );
}

function optionsOf(flags: readonly Flag[]): Record<string, Options> {
  return Object.fromEntries(
    flags.filter((flag) => !flag.hidden && flag.support === 'yes').map((flag) => [flag.name, optionOf(flag)]),
  );
}

const globalNames = new Set(globalFlags.map((flag) => flag.name));

const types: Partial<Record<Flag['kind'], 'boolean' | 'array' | 'number'>> = {
  boolean: 'boolean',
  switch: 'boolean',
  words: 'array',
  number: 'number',
  decimal: 'number',
};

/** What a flag does, and what counts where nobody gives it, unless its own words say that. */
function describe({ kind, name, describe: words, default: fallback }: Flag): string {
  const isTold = /\bdefault:/i.test(words) || fallback === null || typeof fallback === 'object';
  if (kind === 'boolean') return `${words} (or --no-${name}${!isTold && fallback === true ? '; default: on' : ''})`;
  return isTold || kind === 'switch' ? words : `${words}; default: ${fallback}`;
}

function optionOf(flag: Flag): Options {
  return {
    type: types[flag.kind] ?? 'string',
    alias: [...(flag.aliases ?? [])],
    describe: describe(flag),
    ...(flag.choices ? { choices: flag.choices } : {}),
    group: globalNames.has(flag.name) ? 'Global options:' : 'Options:',
  };
}
