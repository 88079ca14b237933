import type { Flag } from '../flags/flag.ts';
import { usageProblem } from './usage.ts';

/** A command line taken apart; values are texts as they were written. */
export interface ReadArguments {
  /** By the flags' own names: all values of a list, one for each time that another option was given. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly positional: readonly string[];
}

interface Spelling {
  readonly flag: Flag;
  readonly negated: boolean;
}

/**
 * Reads a command line as dbt's does: an option takes the next word whatever it looks like (`--inline '-- a comment'`),
 * a list takes all words up to the next option and splits them at blanks, `-x`, `-t dev`, `-tdev` and `-xf` work. yargs
 * reads differently and costs 70 ms a call, so that it is left with writing the help.
 */
export function readArguments(argv: readonly string[], flags: readonly Flag[]): ReadArguments {
  const spellings = spellingsOf(flags);
  const options = new Map<string, string[]>();
  const positional: string[] = [];
  const rest = [...argv];
  const add = (flag: Flag, value: string): void => {
    const values = options.get(flag.name);
    if (values) values.push(value);
    else options.set(flag.name, [value]);
  };
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') positional.push(...rest.splice(0));
    else if (!word.startsWith('-') || word === '-') positional.push(word);
    else readOption(word, rest, spellings, add);
  }
  return { options, positional };
}

function readOption(
  option: string,
  rest: string[],
  spellings: ReadonlyMap<string, Spelling>,
  add: (flag: Flag, value: string) => void,
): void {
  const [name, attached] = splitOption(option, spellings);
  const spelling = spellings.get(name);
  if (!spelling) throw unknownOption(name, spellings);
  const { flag, negated } = spelling;
  if (flag.kind === 'boolean' || flag.kind === 'switch') {
    if (attached !== undefined && option.startsWith('--')) {
      throw usageProblem('flag-value', `Option '${name}' does not take a value`);
    }
    add(flag, String(!negated));
    // `-xf` is `-x -f`.
    if (attached) readOption(`-${attached}`, rest, spellings, add);
    return;
  }
  const value = attached ?? rest.shift();
  if (value === undefined) throw usageProblem('flag-value', `Option '${name}' needs a value`);
  if (flag.kind !== 'words') {
    add(flag, value);
    return;
  }
  const words = [value];
  while (rest[0] !== undefined && !rest[0].startsWith('-')) words.push(rest.shift() ?? '');
  // What names nothing must not mean everything: a variable of a script that is not set.
  if (!flag.spaced) {
    const named = words.flatMap((several) => several.split(' ')).filter(Boolean);
    for (const word of named.length > 0 ? named : ['']) add(flag, word);
    return;
  }
  if (words.some((word) => word.trim() === '')) throw usageProblem('flag-value', `Option '${name}' needs a value`);
  for (const word of words) add(flag, word);
}

/** `--name=value` and `-tvalue` apart; the value is undefined where none is attached. */
function splitOption(word: string, spellings: ReadonlyMap<string, Spelling>): [string, string | undefined] {
  if (word.startsWith('--')) {
    const at = word.indexOf('=');
    return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
  }
  const short = word.slice(0, 2);
  if (word.length === 2 || !spellings.has(short)) return [word, undefined];
  return [short, word.slice(2).replace(/^=/, '')];
}

function spellingsOf(flags: readonly Flag[]): Map<string, Spelling> {
  const spellings = new Map<string, Spelling>();
  for (const flag of flags) {
    for (const name of [flag.name, ...(flag.aliases ?? [])]) {
      spellings.set(name.length === 1 ? `-${name}` : `--${name}`, { flag, negated: false });
    }
    if (flag.kind === 'boolean') spellings.set(`--no-${flag.name}`, { flag, negated: true });
  }
  return spellings;
}

function unknownOption(name: string, spellings: ReadonlyMap<string, Spelling>): Error {
  const shown = [...spellings].filter(([, spelling]) => !spelling.flag.hidden).map(([spelled]) => spelled);
  return usageProblem('unknown-flag', `There is no option '${name}'`, { name, known: shown });
}
