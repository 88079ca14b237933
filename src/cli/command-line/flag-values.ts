import type { Json, JsonObject } from '../../core/index.ts';
import type { Flag } from '../flags/flag.ts';
import { usageProblem } from './usage.ts';

/** What the user chose, defaults filled in. */
export interface FlagValues {
  /** By dbt's name with underscores. */
  readonly values: JsonObject;
  /** Flags that came from the command line or the environment: the project file's `flags:` may set the others. */
  readonly given: ReadonlySet<string>;
}

/**
 * The value of every flag: the command line wins over the environment (INGOT_, then DBT_ENGINE_, then DBT_), which wins
 * over dbt's default. Throws `Problem` for values that a flag cannot have and for flags whose function is not built yet.
 */
export function flagValues(
  flags: readonly Flag[],
  written: ReadonlyMap<string, readonly string[]>,
  env: NodeJS.ProcessEnv,
  parseMapping: ReadMapping,
): FlagValues {
  const values: Record<string, Json> = {};
  const given = new Set<string>();
  for (const flag of flags) {
    const key = flag.name.replaceAll('-', '_');
    const fromLine = written.get(flag.name);
    const variable = fromLine === undefined ? variableOf(flag, env) : undefined;
    const texts = fromLine ?? (variable && [variable.value]);
    if (texts === undefined) {
      values[key] = flag.default;
      continue;
    }
    const source = variable ? variable.name : `--${flag.name}`;
    const value = convert(flag, texts, source, parseMapping);
    values[key] = value;
    given.add(key);
    if (flag.support === 'later' && !isDefault(flag, value)) throw notBuiltYet(source);
  }
  return { values, given };
}

function variableOf(flag: Flag, env: NodeJS.ProcessEnv): { name: string; value: string } | undefined {
  if (flag.env === undefined) return undefined;
  for (const prefix of ['INGOT', 'DBT_ENGINE', 'DBT']) {
    const name = `${prefix}_${flag.env}`;
    const value = env[name];
    if (value !== undefined && value !== '') return { name, value };
  }
  return undefined;
}

function convert(flag: Flag, texts: readonly string[], source: string, parseMapping: ReadMapping): Json {
  // Given twice: the last one counts.
  const text = texts.at(-1) ?? '';
  switch (flag.kind) {
    case 'boolean':
    case 'switch':
      return toBoolean(text, source);
    case 'number':
      return toInteger(text, source);
    case 'decimal':
      return toDecimal(text, source);
    case 'mapping':
      return toMapping(text, source, parseMapping);
    case 'choice':
      return toChoice(flag, text, source);
    case 'words': {
      const split = flag.spaced ? texts : texts.flatMap((several) => several.split(/\s+/)).filter(Boolean);
      const words = split.length > 0 ? [...split] : [''];
      return flag.choices ? words.map((word) => toChoice(flag, word, source)) : words;
    }
    case 'text':
      return text;
  }
}

const truths = new Set(['1', 'true', 't', 'yes', 'y', 'on']);
const falsehoods = new Set(['0', 'false', 'f', 'no', 'n', 'off']);

function toBoolean(text: string, source: string): boolean {
  const word = text.trim().toLowerCase();
  if (truths.has(word)) return true;
  if (falsehoods.has(word)) return false;
  throw usageProblem('flag-value', `Invalid value for '${source}': '${text}' is not true or false`);
}

function toInteger(text: string, source: string): number {
  if (!/^[+-]?\d+$/.test(text.trim())) {
    throw usageProblem('flag-value', `Invalid value for '${source}': '${text}' is not a valid integer`);
  }
  return Number(text);
}

function toDecimal(text: string, source: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw usageProblem('flag-value', `Invalid value for '${source}': '${text}' is not a number`);
}

function toChoice(flag: Flag, text: string, source: string): string {
  const choices = flag.choices ?? [];
  const choice = choices.find((candidate) => candidate === text.toLowerCase());
  if (choice !== undefined) return choice;
  throw usageProblem(
    'flag-value',
    `Invalid value for '${source}': '${text}' is not one of ${choices.map((known) => `'${known}'`).join(', ')}`,
    { name: text, known: choices },
  );
}

/** Reads YAML, with the first key of the mapping that is no text. Throws where it is no YAML. */
export type ReadMapping = (text: string) => { readonly value: unknown; readonly otherKey: string | undefined };

function toMapping(text: string, source: string, parseMapping: ReadMapping): JsonObject {
  const refuse = (): Error =>
    usageProblem(
      'flag-value',
      `Invalid value for '${source}': '${text}' is not a YAML mapping`,
      "Write '{name: value}'",
    );
  let read: ReturnType<ReadMapping>;
  try {
    read = parseMapping(text);
  } catch {
    throw refuse();
  }
  const { value, otherKey } = read;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse();
  if (otherKey !== undefined) {
    const message = `Invalid value for '${source}': YAML reads a name as ${otherKey}, which is no text`;
    throw usageProblem('flag-value', message, 'Write the name in quotation marks');
  }
  return value as JsonObject;
}

function isDefault(flag: Flag, value: Json): boolean {
  return JSON.stringify(value) === JSON.stringify(flag.default) || value === false;
}

function notBuiltYet(source: string): Error {
  return usageProblem('not-supported', `${source} is not supported yet`, 'Leave it out; nothing would be done for it');
}
