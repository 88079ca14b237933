import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { JsonReporter, type JsonReporterOptions } from '../../../../src/cli/reporters/json-reporter.ts';
import { LogFile } from '../../../../src/cli/reporters/log-file.ts';
import { colourStyle, plainStyle, wantsColours } from '../../../../src/cli/reporters/style.ts';
import { TextReporter, type TextReporterOptions } from '../../../../src/cli/reporters/text-reporter.ts';
import { displayWidth, truncate } from '../../../../src/cli/reporters/width.ts';
import type { Event } from '../../../../src/core/index.ts';
import { finished, runEvents } from '../../6-record/events.ts';
import { genericTest, graphOf, model, seed } from '../../6-record/graph.ts';
import { KeptText } from '../../kept-text.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const graph = graphOf(
  seed('raw'),
  model('stg', ['seed.shop.raw']),
  genericTest('unique_stg_id', 'model.shop.stg'),
  model('fct', ['model.shop.stg'], { config: { enabled: true, materialized: 'table', tags: [], meta: {} } }),
);

const source = 'version: 2\nmodels:\n  - name: stg\n';

function reporter(stream: KeptText, change: Partial<TextReporterOptions> = {}): TextReporter {
  return new TextReporter({
    style: plainStyle,
    width: 60,
    readSource: (file) => (file === 'models/schema.yml' ? source : undefined),
    rerun: (node) => `ingot build --select ${node.name}`,
    messages: stream,
    results: stream,
    level: 'info',
    quiet: false,
    print: true,
    now: () => new Date(2025, 0, 2, 3, 4, 5),
    ...change,
  });
}

function told(events: readonly Event[], change: Partial<TextReporterOptions> = {}): string {
  const stream = new KeptText();
  const telling = reporter(stream, change);
  telling.project(graph);
  for (const event of events) telling.event(event);
  telling.close();
  return stream.text.replace(/^03:04:05 {2}/gm, '').replace(/ +$/gm, '');
}

describe('plain lines', () => {
  test('tell a run with the failure, its place in the file, and how to run it again', () => {
    expect(told(runEvents())).toBe(`Found 1 seed, 2 models, 1 data test
1 of 4 OK loaded seed file main.raw ........................ [INSERT 2 in 0.01s]
2 of 4 OK created sql view model main.stg .................. [OK in 0.01s]
hello
3 of 4 FAIL 3 unique_stg_id ................................ [FAIL 3 in 0.01s]
4 of 4 SKIP relation main.fct .............................. [SKIP]

Finished running 1 data test, 1 seed, 1 table model, 1 view model in 0 hours 0 minutes and 0.04 seconds (0.04s).

Completed with 1 error, 0 partial successes, and 0 warnings:

Failure in test unique_stg_id (models/schema.yml)
  error[execute/test-failed]: Got 3 results, configured to fail if != 0
    --> models/schema.yml:1:5
      |
    1 | version: 2
      |     ^^^^^^
  compiled code: target/compiled/shop/models/schema.yml/unique_stg_id.sql
  run it again: ingot build --select unique_stg_id

Done. PASS=2 WARN=0 ERROR=1 SKIP=1 NO-OP=0 TOTAL=4
`);
  });

  test('begin with the time of day', () => {
    const stream = new KeptText();
    reporter(stream).say('info', 'one\ntwo');
    expect(stream.text).toBe('03:04:05  one\n03:04:05  two\n');
  });

  test('are fewer when less is wanted', () => {
    expect(told(runEvents(), { quiet: true })).toMatch(/^3 of 4 FAIL 3.*\nCompleted with 1 error.*\n\nFailure/);
    expect(told(runEvents(), { level: 'none' })).toBe('');
    expect(told(runEvents(), { level: 'debug' })).toContain('1 of 4 START seed file main.raw ...');
    expect(told(runEvents(), { level: 'debug' })).toContain('On model.shop.stg: create view stg\nSQL OK in 0.003s');
  });

  test('tell warnings behind errors, and a success in one line', () => {
    const warned = finished('test.shop.unique_stg_id.1', { status: 'warn', failures: 2, message: 'Got 2 results' });
    const end: Event = { kind: 'run-finished', at: 0, outcome: 'success', elapsedMs: 3_723_004 };
    expect(told([warned, end])).toContain('Warning in test unique_stg_id (models/schema.yml)\n  Got 2 results\n');
    expect(told([warned, end])).toContain('WARN 2 unique_stg_id');
    expect(told([end])).toContain('Finished running nothing in 1 hours 2 minutes and 3.00 seconds (3723.00s).');
    expect(told([end])).toContain('\nCompleted successfully\n');
  });

  test('say what an interrupted run has done', () => {
    const events = runEvents().slice(0, 4);
    const interrupted: Event[] = [
      ...events,
      { kind: 'run-interrupted', at: 0, running: ['model.shop.stg'] },
      finished('model.shop.stg', {
        status: 'error',
        message: 'Cancelled',
        diagnostics: [{ code: 'execute/cancelled', severity: 'error', message: 'Cancelled' }],
      }),
      finished('model.shop.fct', { status: 'skipped', message: '' }),
      { kind: 'run-finished', at: 0, outcome: 'interrupted', elapsedMs: 10 },
    ];
    expect(told(interrupted)).toContain('Interrupted: cancelling 1 running node; once more ends at once\n');
    expect(told(interrupted)).toContain('CANCEL sql view model main.stg ....');
    expect(told(interrupted)).toContain('Interrupted: 1 of 4 done, 1 cancelled, 1 not started, 0 errors\n');
    expect(told(interrupted)).not.toContain('Failure');
  });

  test('number the hooks before the steps, and those after them, by themselves', () => {
    const [started] = runEvents();
    const events: Event[] = [
      { ...started, hooks: { before: 2, after: 3 } } as Event,
      finished('operation.shop.shop-on-run-start-0', {}),
      finished('operation.shop.shop-on-run-start-1', {}),
      { kind: 'step-started', at: 0, nodeId: 'seed.shop.raw', index: 1, thread: 1 },
      finished('seed.shop.raw', {}),
      finished('operation.shop.shop-on-run-end-0', {}),
    ];
    expect(told(events)).toContain('1 of 2 OK hook: shop.on-run-start.0 ');
    expect(told(events)).toContain('2 of 2 OK hook: shop.on-run-start.1 ');
    expect(told(events)).toContain('1 of 4 OK loaded seed file main.raw');
    expect(told(events)).toContain('1 of 3 OK hook: shop.on-run-end.0 ');
  });

  test('say little of a compilation that went well', () => {
    const [started] = runEvents();
    const compiling = { ...started, command: 'compile' } as Event;
    const end: Event = { kind: 'run-finished', at: 0, outcome: 'success', elapsedMs: 1 };
    const events = [compiling, finished('model.shop.stg', {}), end];
    expect(told(events)).toBe('Found 1 seed, 2 models, 1 data test\nCompleted successfully\n');
    expect(told(events, { level: 'debug' })).toContain('1 of 4 OK compiled sql view model main.stg ...');
    const failing = [compiling, finished('model.shop.stg', { status: 'error', message: 'Unexpected end' }), end];
    expect(told(failing)).toContain('Failure in model stg (models/stg.sql)\n  Unexpected end\n');
  });

  test('give print() as it is, wherever messages go', () => {
    const messages = new KeptText();
    const results = new KeptText();
    const telling = reporter(messages, { results, quiet: true });
    telling.event({ kind: 'message', at: 0, level: 'info', text: 'said by a macro', print: true });
    telling.print('a,b');
    expect([messages.text, results.text]).toEqual(['', 'said by a macro\na,b\n']);
    reporter(messages, { results, print: false }).event({
      kind: 'message',
      at: 0,
      level: 'info',
      text: 'x',
      print: true,
    });
    expect(results.text).toBe('said by a macro\na,b\n');
  });
});

describe('a terminal', () => {
  const control = String.fromCharCode(27);

  function screen(text: string): string[] {
    const lines = [''];
    for (const part of text.split(new RegExp(`(${control}\\[\\d+A${control}\\[0J|\n)`))) {
      const up = /\[(\d+)A/.exec(part)?.[1];
      if (up !== undefined) lines.splice(lines.length - 1 - Number(up), Number(up) + 1, '');
      else if (part === '\n') lines.push('');
      else lines[lines.length - 1] += part;
    }
    return lines;
  }

  function watched(events: readonly Event[], columns = 80): string[] {
    const stream = new KeptText(true, columns);
    let time = events[0]?.at ?? 0;
    const telling = reporter(stream, { now: () => new Date(time) });
    telling.project(graph);
    for (const event of events) {
      time += 500;
      telling.event(event);
    }
    telling.close();
    return screen(stream.text);
  }

  test('shows what runs below the finished lines, and nothing of it at the end', () => {
    const stream = new KeptText(true);
    const [started] = runEvents();
    let time = started?.at ?? 0;
    const telling = reporter(stream, { now: () => new Date(time) });
    telling.project(graph);
    for (const event of runEvents().slice(0, 5)) {
      time += 500;
      telling.event(event);
    }
    const during = screen(stream.text).slice(-3);
    telling.close();
    expect(during[0]).toBe('1 of 4 done, 1 running, 0:02');
    expect(during[1]).toMatch(/^ {2}sql view model main\.stg \d:\d\d$/);
    const after = watched(runEvents());
    expect(after.join('\n')).not.toContain('running,');
    expect(after.at(-2)).toContain('Done. PASS=2 WARN=0 ERROR=1 SKIP=1 NO-OP=0 TOTAL=4');
  });

  test('is never written beyond its width', () => {
    const long = 'модель_с_очень_длинным_именем_для_узкого_экрана';
    const events: Event[] = [
      ...runEvents().slice(0, 1),
      { kind: 'step-started', at: 0, nodeId: `model.shop.${long}`, index: 1, thread: 1 },
    ];
    const stream = new KeptText(true, 30);
    let ticks = 0;
    const telling = reporter(stream, { now: () => new Date(1_700_000_009_000 + 500 * ticks++) });
    for (const event of events) telling.event(event);
    const drawn = screen(stream.text).filter((line) => line.includes('модель'));
    telling.close();
    expect(drawn).toHaveLength(1);
    expect(displayWidth(drawn[0] ?? '')).toBeLessThan(30);
    expect(drawn[0]).toContain('…');
  });

  test('has no moving lines where nothing but errors is wanted', () => {
    const stream = new KeptText(true);
    const telling = reporter(stream, { quiet: true });
    for (const event of runEvents().slice(0, 5)) telling.event(event);
    expect(stream.text).toBe('');
  });
});

describe('JSON lines', () => {
  function told(events: readonly Event[], change: Partial<JsonReporterOptions> = {}): DbtLine[] {
    const lines: string[] = [];
    const telling = new JsonReporter({
      width: 60,
      readSource: () => undefined,
      rerun: () => '',
      write: (line) => lines.push(line),
      level: 'info',
      quiet: false,
      print: true,
      now: () => new Date(0),
      pid: 1,
      ...change,
    });
    telling.project(graph);
    for (const event of events) telling.event(event);
    telling.print('listed');
    expect(lines.every((line) => line.endsWith('}\n'))).toBe(true);
    return lines.map((line) => JSON.parse(line) as DbtLine);
  }

  test("have dbt's data: of what was skipped, of tests, of what failed", () => {
    const lines = told(runEvents());
    const dataOf = (name: string): unknown => lines.find(({ info }) => info.name === name)?.data;
    expect(dataOf('SkippingDetails')).toMatchObject({ node_name: 'fct', resource_type: 'model' });
    expect(dataOf('LogTestResult')).toMatchObject({ attached_node: expect.any(String) });
    expect(dataOf('RunResultFailure')).toMatchObject({ node_name: expect.any(String), path: expect.any(String) });
    expect(dataOf('SQLCompiledPath')).toMatchObject({ path: expect.stringContaining('.sql') });
  });

  test("tell a listing line by line, and warnings under dbt's names", () => {
    const lines: DbtLine[] = [];
    const write = (line: string): void => void lines.push(JSON.parse(line) as DbtLine);
    const options = { width: 60, readSource: () => undefined, rerun: () => '', level: 'info', quiet: false } as const;
    const telling = new JsonReporter({ ...options, write, print: true, now: () => new Date(0), pid: 1 });
    telling.list(['shop.a', 'shop.b']);
    telling.diagnose([{ code: 'graph/nothing-selected', severity: 'warning', message: 'There is none' }]);
    expect(lines.slice(1).map(({ info }) => [info.name, info.msg])).toEqual([
      ['PrintEvent', 'shop.a'],
      ['PrintEvent', 'shop.b'],
      ['NoNodesForSelectionCriteria', 'warning[graph/nothing-selected]: There is none'],
    ]);
  });

  test("tell a run in dbt's events", () => {
    const lines = told(runEvents());
    expect(lines.map(({ info }) => [info.name, info.code, info.level])).toEqual([
      ['MainReportVersion', 'A001', 'info'],
      ['FoundStats', 'W006', 'info'],
      ['ConcurrencyLine', 'Q027', 'info'],
      ['LogStartLine', 'Q011', 'info'],
      ['LogSeedResult', 'Q016', 'info'],
      ['LogStartLine', 'Q011', 'info'],
      ['LogModelResult', 'Q012', 'info'],
      ['JinjaLogInfo', 'I062', 'info'],
      ['LogStartLine', 'Q011', 'info'],
      ['LogTestResult', 'Q007', 'error'],
      ['SkippingDetails', 'Q034', 'info'],
      ['FinishedRunningStats', 'E047', 'info'],
      ['EndOfRunSummary', 'Z030', 'info'],
      ['RunResultFailure', 'Z022', 'error'],
      ['RunResultError', 'Z024', 'error'],
      ['SQLCompiledPath', 'Z026', 'info'],
      ['StatsLine', 'Z023', 'info'],
      ['PrintEvent', 'Z052', 'info'],
    ]);
    expect(lines[4]).toEqual({
      data: {
        description: 'seed file main.raw',
        execution_time: 0.009,
        index: 1,
        name: 'raw',
        node_info: expect.objectContaining({
          node_finished_at: '2023-11-14T22:13:20.010000',
          node_started_at: '2023-11-14T22:13:20.001000',
          node_status: 'success',
          resource_type: 'seed',
          unique_id: 'seed.shop.raw',
        }),
        num_failures: 0,
        num_models: 4,
        relation: 'raw',
        result_message: 'INSERT 2',
        schema: 'main',
        status: 'success',
        total: 4,
      },
      info: {
        category: '',
        code: 'Q016',
        extra: {},
        invocation_id: 'run-1',
        level: 'info',
        msg: '1 of 4 OK loaded seed file main.raw ........................ [INSERT 2 in 0.01s]',
        name: 'LogSeedResult',
        pid: 1,
        thread: 'Thread-1 (worker)',
        ts: '2023-11-14T22:13:20.010000Z',
      },
    });
    expect(lines[9]?.data).toMatchObject({ num_failures: 3, node_info: { node_status: 'fail' } });
    expect(lines.at(-2)?.data).toEqual({ stats: { pass: 2, warn: 0, error: 1, skip: 1, noop: 0, total: 4 } });
    expect(lines.at(-1)).toMatchObject({ info: { msg: 'listed' }, data: { msg: 'listed' } });
  });

  test('tell statements and the whole result of each node where everything is wanted', () => {
    const lines = told(runEvents(), { level: 'debug' });
    const named = (name: string): DbtLine[] => lines.filter(({ info }) => info.name === name);
    expect(named('SQLQuery')[0]?.data).toMatchObject({ sql: 'create table raw', conn_name: 'seed.shop.raw' });
    expect(named('NodeFinished')[0]?.data.run_result).toEqual({
      adapter_response: { _message: 'INSERT 2', code: 'INSERT', rows_affected: 2 },
      execution_time: 0.009,
      message: 'INSERT 2',
      num_failures: 0,
      status: 'success',
      thread: 'Thread-1 (worker)',
      timing_info: [
        expect.objectContaining({ name: 'compile' }),
        { name: 'execute', started_at: '2023-11-14T22:13:20.001000Z', completed_at: '2023-11-14T22:13:20.010000Z' },
      ],
    });
    expect(named('CommandCompleted')[0]?.data).toMatchObject({ command: 'ingot build', success: false });
  });

  test('make one result of all partitions of a node', () => {
    const nodeId = 'model.shop.stg';
    const steps = ['2024-01-01', '2024-01-02'].map((partition) => ({ nodeId, resourceType: 'model', partition }));
    const [started] = runEvents();
    const lines = told([
      { ...started, steps } as Event,
      ...steps.map(({ partition }) => ({ ...finished(nodeId, { at: 1_700_000_000_020 }), partition })),
    ]);
    const results = lines.filter(({ info }) => /^Log(Model|Batch)Result$/.test(info.name));
    expect(results.map(({ info }) => info.name)).toEqual(['LogBatchResult', 'LogBatchResult', 'LogModelResult']);
  });
});

interface DbtLine {
  readonly info: { readonly name: string; readonly code: string; readonly level: string; readonly msg: string };
  readonly data: Readonly<Record<string, unknown>>;
}

describe('the log file', () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
  });

  test('is begun anew when it is full, and only a few old ones are kept', () => {
    const file = new LogFile({ folder, maxBytes: 1000 });
    for (let i = 0; i < 30; i += 1) {
      file.write(`${String(i).padStart(399, '.')}\n`);
      file.flush();
    }
    file.close();
    const names = readdirSync(folder).sort();
    expect(names).toEqual(['ingot.log', ...[1, 2, 3, 4, 5].map((number) => `ingot.log.${number}`)]);
    for (const name of names) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(1000);
    expect(readFileSync(join(folder, 'ingot.log'), 'utf8')).toContain('.29\n');
    expect(readFileSync(join(folder, 'ingot.log.1'), 'utf8')).toContain('.27\n');
  });

  test('is done without where it cannot be written', () => {
    writeFileSync(join(folder, 'taken'), '');
    const file = new LogFile({ folder: join(folder, 'taken'), maxBytes: 0 });
    file.write('x');
    file.flush();
    file.close();
    expect(readdirSync(folder)).toEqual(['taken']);
  });
});

describe('colours', () => {
  test.each([
    [undefined, {}, true, true],
    [undefined, {}, false, false],
    [undefined, { NO_COLOR: '1' }, true, false],
    [undefined, { NO_COLOR: '' }, true, true],
    [undefined, { FORCE_COLOR: '1' }, false, true],
    [undefined, { FORCE_COLOR: '0' }, true, false],
    [undefined, { TERM: 'dumb' }, true, false],
    [true, { NO_COLOR: '1' }, false, true],
    [false, { FORCE_COLOR: '1' }, true, false],
  ])('--use-colors %s, environment %j, terminal %s: %s', (flag, env, isTerminal, wanted) => {
    expect(wantsColours(flag, env, isTerminal)).toBe(wanted);
  });

  test('take no width', () => {
    expect(displayWidth(colourStyle.error('abc'))).toBe(3);
  });
});

describe('cutting to a width', () => {
  test.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 4, 'abc…'],
    ['表表表', 5, '表表…'],
    ['表表表', 6, '表表表'],
    ['👩‍👩‍👧x👩‍👩‍👧', 4, '👩‍👩‍👧x…'],
    ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
    ['a\n  b', 10, 'a b'],
    ['abc', 0, ''],
  ])('%s to %i columns gives %s', (text, columns, cut) => {
    expect(truncate(text, columns)).toBe(cut);
    expect(displayWidth(cut)).toBeLessThanOrEqual(columns);
  });
});
