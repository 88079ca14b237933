import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readArguments } from '../../../../src/cli/command-line/arguments.ts';
import type { Command } from '../../../../src/cli/command-line/command.ts';
import { findCommands } from '../../../../src/cli/command-line/find-commands.ts';
import { commandOf, readCommandLine } from '../../../../src/cli/command-line/read-command-line.ts';
import { UsageProblem } from '../../../../src/cli/command-line/usage.ts';
import { globalFlags } from '../../../../src/cli/flags/sets.ts';
import { isMarkedDate, type JsonObject, markedFloats } from '../../../../src/core/index.ts';
import { TestWorld } from '../outside.ts';

interface DbtOption {
  readonly name: string;
  readonly spellings: readonly string[];
  readonly off: readonly string[];
  readonly isFlag: boolean;
  readonly many: boolean;
  readonly choices: readonly string[];
  readonly env: readonly string[];
}

// Recorded from dbt-core 1.11.16: the options of its click commands.
const recorded = JSON.parse(
  readFileSync(join(import.meta.dirname, 'fixtures', 'dbt-options.json'), 'utf8'),
) as Readonly<Record<string, readonly DbtOption[]>>;

const commands = new Map((await findCommands()).map((command) => [nameIn(command), command]));

function nameIn(command: Command): string {
  const [name = ''] = command.command.split(' ');
  return name === 'ls' ? 'list' : name;
}

describe.each(Object.entries(recorded))("dbt's options of %s", (name, options) => {
  const flags = name === 'global' ? globalFlags : [...globalFlags, ...(commands.get(name)?.flags ?? [])];

  test('are all known, by all their names', () => {
    for (const option of options) {
      const value = option.choices[0] ?? '1';
      for (const spelling of option.spellings) {
        const { options: read } = readArguments(option.isFlag ? [spelling] : [spelling, value], flags);
        expect([...read.values()], spelling).toEqual([[option.isFlag ? 'true' : value]]);
      }
      for (const spelling of option.off) {
        expect([...readArguments([spelling], flags).options.values()], spelling).toEqual([['false']]);
      }
    }
  });

  test('have the same choices, if not more, and the same environment variables', () => {
    for (const option of options) {
      const flag = flags.find((candidate) => candidate.name === dashed(option));
      expect(flag, option.name).toBeDefined();
      if (option.choices.length > 0) expect(flag?.choices).toEqual(expect.arrayContaining([...option.choices]));
      const variable = option.env.at(-1)?.replace(/^DBT_(ENGINE_)?/, '');
      // An internal one that dbt has never documented.
      if (option.name !== 'sqlparse') expect(flag?.env, option.name).toBe(variable);
      expect(flag?.kind === 'words', option.name).toBe(option.many);
    }
  });
});

const dashed = (option: DbtOption): string =>
  ({ raw_select: 'select', output_path: 'output' })[option.name] ?? option.name.replaceAll('_', '-');

async function invoked(argv: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const read = await readCommandLine(argv, new TestWorld('/nowhere', {}, env));
  if (read.kind !== 'command') throw new Error(`not a command: ${read.text}`);
  return read.invocation;
}

async function refused(argv: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<UsageProblem> {
  const failure: unknown = await invoked(argv, env).catch((problem: unknown) => problem);
  if (!(failure instanceof UsageProblem)) throw new Error(`not refused: ${JSON.stringify(failure)}`);
  return failure;
}

describe('a command line', () => {
  test.each([
    ['ingot retry', 'retry'],
    ['ingot --log-level debug retry --select a', 'retry'],
    ['ingot --warn-error-options {"error": "all"} retry', 'retry'],
    ['ingot --target retry run', 'run'],
    ['ingot run --select retry', 'run'],
  ])('%s, as it is kept, names %s', (line, command) => {
    expect(commandOf(line)).toBe(command);
  });

  test('takes several words behind a list, splits them at blanks, and takes the list again', async () => {
    const { values } = await invoked(['run', '-s', 'a', 'b c', '--exclude', 'd', '--select', '+e']);
    expect(values.select).toEqual(['a', 'b', 'c', '+e']);
    expect(values.exclude).toEqual(['d']);
  });

  test('takes an empty list for one that names nothing, and not for one that was not given', async () => {
    const selected = async (...words: string[]) => (await invoked(['run', ...words])).values.select;
    expect(await selected('-s', '')).toEqual(['']);
    expect(await selected('--select=')).toEqual(['']);
    expect(await selected('-s', '', 'a')).toEqual(['a']);
    expect(await selected('-s', '', '-s', 'a')).toEqual(['a']);
    expect(await selected()).toEqual([]);
  });

  test('takes a value that looks like an option', async () => {
    expect((await invoked(['show', '--inline', '-- nothing\nselect 1'])).values.inline).toBe('-- nothing\nselect 1');
    expect((await invoked(['show', '--inline', 'select 1', '--limit', '-1'])).values.limit).toBe(-1);
  });

  test('takes fractions where they mean something', async () => {
    expect((await invoked(['diff', 'orders', '--tolerance', '1e-9'])).values.tolerance).toBe(1e-9);
    expect((await invoked(['ci', '--max-minutes', '2.5'])).values.max_minutes).toBe(2.5);
  });

  test('takes letters together and values behind them', async () => {
    const { values } = await invoked(['run', '-xf', '-tprod']);
    expect(values).toMatchObject({ fail_fast: true, full_refresh: true, target: 'prod' });
  });

  test('takes global options before the command', async () => {
    const { name, values } = await invoked(['--log-format', 'json', '-q', 'run', '--threads', '3']);
    expect(name).toBe('run');
    expect(values).toMatchObject({ log_format: 'json', quiet: true, threads: 3 });
  });

  test('refuses a global option at both places', async () => {
    expect((await refused(['--target', 'a', 'run', '--target', 'b'])).code).toBe('cli/flag-twice');
  });

  test('takes variables as YAML and as JSON', async () => {
    const vars = async (text: string) => (await invoked(['run', '--vars', text])).values.vars;
    expect(await vars('{a: 1, b: [x, y]}')).toEqual({ a: 1, b: ['x', 'y'] });
    expect(await vars('{"a": {"b": null}}')).toEqual({ a: { b: null } });
    expect(await vars('a: text')).toEqual({ a: 'text' });
    expect(await vars('{}')).toEqual({});
    expect((await refused(['run', '--vars', ''])).message).toContain("'' is not a YAML mapping");
    expect((await refused(['run', '--vars', 'just text'])).message).toContain("'just text' is not a YAML mapping");
    expect((await refused(['run', '--vars', '{a: [}'])).code).toBe('cli/flag-value');
    for (const [text, name] of [
      ['1: x', '1'],
      ['{a: 1, on: x}', 'true'],
      ['2024-01-31: x', '2024-01-31'],
    ] as const) {
      const { message } = await refused(['run', '--vars', text]);
      expect(message).toContain(`YAML reads a name as ${name}, which is no text`);
    }
    expect(await vars('{"1": x, a: {1: y}}')).toEqual({ 1: 'x', a: { 1: 'y' } });
  });

  test('takes the YAML of variables for what it would be in a file, and for dbt', async () => {
    const text = '{agreed: yes, full: no, code: 012, many: 1_000, rate: 5.0, day: 2024-01-31, word: 1e3, list: [2.0]}';
    const vars = (await invoked(['run', '--vars', text])).values.vars as JsonObject;
    expect(vars).toEqual({
      agreed: true,
      full: false,
      code: 10,
      many: 1000,
      rate: 5,
      day: '2024-01-31',
      word: '1e3',
      list: [2],
    });
    expect(markedFloats(vars)).toEqual([['rate'], ['list', '0']]);
    expect(isMarkedDate(vars, 'day')).toBe(true);
  });

  test('fills in defaults as dbt records them', async () => {
    const { values, given } = await invoked(['build']);
    expect(values).toMatchObject({
      select: [],
      vars: {},
      indirect_selection: 'eager',
      log_format: 'default',
      printer_width: 80,
      warn_error_options: { error: [], warn: [], silence: [] },
      full_refresh: false,
    });
    expect(given.size).toBe(0);
  });

  test('knows other names of commands', async () => {
    expect((await invoked(['list', '--output', 'name'])).name).toBe('ls');
  });
});

describe('the environment', () => {
  test('gives flags that the command line does not, our names before those of dbt', async () => {
    const env = { DBT_TARGET: 'b', DBT_ENGINE_TARGET: 'a', DBT_FULL_REFRESH: '1', DBT_RESOURCE_TYPES: 'model test' };
    expect((await invoked(['build'], env)).values).toMatchObject({
      target: 'a',
      full_refresh: true,
      resource_types: ['model', 'test'],
    });
    expect((await invoked(['build'], { ...env, INGOT_TARGET: 'c' })).values.target).toBe('c');
    expect((await invoked(['build', '-t', 'd'], env)).values.target).toBe('d');
  });

  test('is as strict as the command line', async () => {
    expect((await refused(['run'], { DBT_FAIL_FAST: 'perhaps' })).message).toContain('DBT_FAIL_FAST');
    expect((await refused(['run'], { DBT_UPLOAD_TO_ARTIFACTS_INGEST_API: 'true' })).message).toBe(
      'DBT_UPLOAD_TO_ARTIFACTS_INGEST_API is not supported yet',
    );
    expect((await invoked(['run'], { DBT_DEFER: 'false' })).values.defer).toBe(false);
  });
});

describe('a call that is wrong', () => {
  test.each([
    [['run', '--selct', 'a'], "There is no option '--selct'", '--select'],
    [['bild'], "There is no command 'bild'", 'build'],
    [['run', '--log-level', 'warning'], "'warning' is not one of 'debug', 'info', 'warn', 'error', 'none'", 'warn'],
  ])('%j is told what was probably meant', async (argv, message, known) => {
    const problem = await refused(argv);
    expect(problem.message).toContain(message);
    expect(problem.unknown?.known).toContain(known);
  });

  test.each([
    [['run', '--threads', 'x'], "'x' is not a valid integer"],
    [['diff', 'orders', '--tolerance', '1e-'], "'1e-' is not a number"],
    [['run', '--target'], "'--target' needs a value"],
    [['backfill', 'orders', '--partition='], "'--partition' needs a value"],
    [['backfill', 'orders', '--partition', '2024-01-01', ''], "'--partition' needs a value"],
    [['run', '--quiet=yes'], "'--quiet' does not take a value"],
    [['run', 'stg_orders'], "takes no argument 'stg_orders'"],
    [['run', '--record-timing-info', 'profile.txt'], '--record-timing-info is not supported yet'],
    [['compile', '--inline', 'select 1', '-s', 'a'], '--inline is not allowed together with --select'],
    [['run', '--warn-error', '--warn-error-options', '{}'], '--warn-error-options is not allowed together'],
    [['build', '--resource-type', 'modle'], "'modle' is not one of"],
  ])('%j is refused', async (argv, message) => {
    expect((await refused(argv)).message).toContain(message);
  });

  test('leaves with exit code 2, an error on standard error, and a hint', async () => {
    const world = new TestWorld('/nowhere');
    expect(await world.run('run', '--selct', 'a')).toBe(2);
    expect(world.stdout.text).toBe('');
    expect(world.stderr.text).toBe(
      "Error: There is no option '--selct'\nDid you mean '--select'?\nTry 'ingot --help' for help.\n",
    );
  });
});

describe('help', () => {
  test('names every command', async () => {
    const world = new TestWorld('/nowhere');
    expect(await world.run('--help')).toBe(0);
    for (const command of commands.values()) expect(world.stdout.text).toContain(`  ${command.command}`);
    expect(await new TestWorld('/nowhere').run()).toBe(0);
  });

  test('of a command names its options with their choices, and what counts where they are not given', async () => {
    const world = new TestWorld('/nowhere');
    expect(await world.run('ls', '-h')).toBe(0);
    expect(world.stdout.text).toMatch(/--output [^-]*"json", "name", "path", "selector"/);
    const words = world.stdout.text.replace(/\s+/g, ' ');
    expect(words).toContain('What to print of each node; default: selector');
    expect(words).toContain('(or --no-partial-parse; default: on)');
    expect(world.stdout.text).not.toContain('--record-timing-info');
  });

  test('tells the version', async () => {
    const world = new TestWorld('/nowhere');
    expect(await world.run('--version')).toBe(0);
    expect(world.stdout.text).toMatch(/^ingot \d+\.\d+\.\d+\n$/);
  });
});
