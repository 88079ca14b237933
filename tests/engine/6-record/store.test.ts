import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  backfillsNamed,
  beginBackfill,
  failedTests,
  finishBackfill,
  lastPasses,
  latestRuns,
  openStore,
  passedIn,
  runById,
  runningBackfills,
  type Store,
  startRecorder,
  statementsOf,
  testsThatFailed,
  unbuiltAttempts,
} from '../../../src/6-record/index.ts';
import { migrations } from '../../../src/6-record/store/migrations/index.ts';
import { schemaVersion } from '../../../src/6-record/store/schema-version.ts';
import type { Diagnostic, Event } from '../../../src/core/index.ts';
import { bundleScript } from '../bundle-script.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { runEvents } from './events.ts';

let folder: string;
let file: string;
let open: Store[] = [];

beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder, '.ingot', 'state.db');
  open = [];
});

afterEach(() => {
  for (const store of open) store.close();
});

async function reopened(): Promise<Store> {
  const { store, diagnostics } = await openStore(file);
  expect(diagnostics).toEqual([]);
  if (!store) throw new Error('no store');
  open.push(store);
  return store;
}

async function recorded(events: readonly Event[]): Promise<Diagnostic[]> {
  const problems: Diagnostic[] = [];
  const recorder = startRecorder({ file, onProblem: (problem) => problems.push(problem) });
  for (const event of events) recorder.record(event);
  await recorder.finish();
  return problems;
}

test('a backfill is found by the beginning of its id, and those that go on by their target', async () => {
  const store = await reopened();
  const row = { created_at: 1, target: 'dev', request: '{}', planned: '{}' };
  for (const id of ['abc', 'abd', 'b%c']) beginBackfill(store, { ...row, backfill_id: id }, `run-${id}`);
  finishBackfill(store, 'abd', 'success', 2);
  const named = async (id: string) => (await backfillsNamed(store, id)).map((found) => found.backfill_id);
  expect(await named('ab')).toEqual(['abc', 'abd']);
  expect(await named('b%')).toEqual(['b%c']);
  for (const nobody of ['%', '_b', 'abcd', 'AB']) expect(await named(nobody), nobody).toEqual([]);
  const running = async (target: string) => (await runningBackfills(store, target)).map((found) => found.backfill_id);
  expect(await running('dev')).toEqual(['abc', 'b%c']);
  expect(await running('prod')).toEqual([]);
});

describe('a run that was recorded', () => {
  test('is found with its steps in the order of the plan', async () => {
    expect(await recorded(runEvents())).toEqual([]);
    const detail = await runById(await reopened(), 'run-1');
    expect(detail?.run).toMatchObject({ command: 'build', outcome: 'failure', elapsed_ms: 40, steps_planned: 4 });
    expect(detail?.steps.map((step) => [step.node_id, step.status])).toEqual([
      ['seed.shop.raw', 'success'],
      ['model.shop.stg', 'success'],
      ['test.shop.unique_stg_id.1', 'fail'],
      ['model.shop.fct', 'skipped'],
    ]);
    expect(detail?.steps[3]?.skipped_because).toBe('test.shop.unique_stg_id.1');
  });

  test('is asked about more nodes than SQLite takes values', async () => {
    expect(await recorded(runEvents())).toEqual([]);
    const store = await reopened();
    const ids = ['test.shop.unique_stg_id.1', 'model.shop.fct', ...Array.from({ length: 40_000 }, (_, at) => `n${at}`)];
    const target = String((await runById(store, 'run-1'))?.run.target);
    const attempts = unbuiltAttempts(store, { target, leasesOf: '', nodes: ids });
    expect(attempts.map(({ nodeId, status }) => [nodeId, status])).toEqual([['model.shop.fct', 'skipped']]);
    expect(lastPasses(store, { target, tests: ids })).toEqual(new Map());
    expect(passedIn(store, { runs: ['run-1'], tests: ids })).toEqual(new Map([['run-1', new Set()]]));
    expect(testsThatFailed(store, { runId: 'run-1', partition: '', tests: ids })).toEqual([
      'test.shop.unique_stg_id.1',
    ]);
  });

  test('is asked of a partition what tests found in it, and what else they found only if they did not look at it', async () => {
    const ended = (nodeId: string, status: 'fail' | 'pass', partition?: string): Event => ({
      ...(runEvents().find(({ kind }) => kind === 'step-finished') as Extract<Event, { kind: 'step-finished' }>),
      nodeId,
      status,
      partition,
    });
    const [known, other] = ['test.shop.known.1', 'test.shop.other.1'];
    const tests = [ended(known, 'fail'), ended(known, 'pass', 'a'), ended(known, 'fail', 'b'), ended(other, 'fail')];
    const [started, ...rest] = runEvents() as [Event, ...Event[]];
    expect(await recorded([started, ...tests, ...rest.filter(({ kind }) => kind === 'run-finished')])).toEqual([]);
    const store = await reopened();
    const found = async (partition: string) => [
      testsThatFailed(store, { runId: 'run-1', partition, tests: [known, other] }),
      failedTests(store, 'run-1', { asset: 'model.shop.stg', partition }),
    ];
    expect(await found('')).toEqual([
      [known, other],
      [known, other],
    ]);
    expect(await found('a')).toEqual([[other], [other]]);
    expect(await found('b')).toEqual([
      [known, other],
      [known, other],
    ]);
  });

  test.each([1, 15, 16, 17, 40])('keeps all of %i statements that end together, in their order', async (count) => {
    const [started, ...rest] = runEvents() as [Event, ...Event[]];
    const sent = Array.from({ length: count }, (_, number) => `select ${number}`);
    const statements = sent.map((sql): Event => {
      const [at, startedAt] = [1_700_000_000_001, 1_700_000_000_000];
      return { kind: 'statement-finished', at, nodeId: 'model.shop.many', sql, startedAt, rowsAffected: null };
    });
    expect(await recorded([started, ...statements, ...rest])).toEqual([]);
    const found = await statementsOf(await reopened(), 'run-1', 'model.shop.many');
    expect(found.map(({ sql }) => sql)).toEqual(sent);
  });

  test('keeps diagnostics with their place in the file', async () => {
    await recorded(runEvents());
    const detail = await runById(await reopened(), 'run-1');
    expect(detail?.diagnostics).toEqual([
      expect.objectContaining({
        node_id: 'test.shop.unique_stg_id.1',
        code: 'execute/test-failed',
        file: 'models/schema.yml',
        start_offset: 4,
        end_offset: 10,
      }),
    ]);
  });

  test('keeps its statements, and the text of equal ones once', async () => {
    await recorded(runEvents('run-1'));
    await recorded(runEvents('run-2', 1_700_000_100_000));
    const store = await reopened();
    expect((await statementsOf(store, 'run-2', 'model.shop.stg')).map((statement) => statement.sql)).toEqual([
      'create view stg',
    ]);
    const db = await store.query();
    expect(await db.selectFrom('sql_texts').selectAll().execute()).toHaveLength(2);
  });

  test('answers test results over all runs', async () => {
    await recorded(runEvents('run-1'));
    await recorded(runEvents('run-2', 1_700_000_100_000));
    const store = await reopened();
    const db = await store.query();
    const tests = await db.selectFrom('test_results').selectAll().orderBy('run_id').execute();
    expect(tests.map((result) => [result.run_id, result.failures])).toEqual([
      ['run-1', 3],
      ['run-2', 3],
    ]);
  });

  test('comes before the runs that were earlier', async () => {
    await recorded(runEvents('run-1'));
    await recorded(runEvents('run-2', 1_700_000_100_000));
    const store = await reopened();
    expect((await latestRuns(store)).map((run) => run.run_id)).toEqual(['run-2', 'run-1']);
  });

  test('records ten thousand steps in little time per step', async () => {
    const [start] = runEvents();
    const recorder = startRecorder({ file, onProblem: () => undefined });
    const began = performance.now();
    if (start) recorder.record(start);
    for (const event of manySteps(10_000)) recorder.record(event);
    await recorder.finish();
    expect((performance.now() - began) / 10_000).toBeLessThan(0.5);
    expect((await runById(await reopened(), 'run-1'))?.steps).toHaveLength(10_000);
  });
});

function* manySteps(count: number): Iterable<Event> {
  const [, , , seed] = runEvents();
  if (seed?.kind !== 'step-finished') throw new Error('the fourth event is a step');
  for (let i = 0; i < count; i += 1) yield { ...seed, nodeId: `model.shop.m${i}` };
}

describe('a process that dies', () => {
  const script = (body: string): string => `
    import { existsSync } from 'node:fs';
    import { latestRuns, openStore, startRecorder } from ${JSON.stringify(join(import.meta.dirname, '../../../src/6-record/index.ts'))};
    import { runEvents } from ${JSON.stringify(join(import.meta.dirname, 'events.ts'))};
    const recorder = startRecorder({ file: ${JSON.stringify(file)}, onProblem: () => process.exit(9) });
    // How long opening takes depends on what else the machine does. What waited for it is written in one go.
    const written = async () => {
      const { store } = existsSync(${JSON.stringify(file)}) ? await openStore(${JSON.stringify(file)}) : {};
      const runs = store ? await latestRuns(store) : [];
      store?.close();
      if (runs.length > 0) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
      await written();
    };
    ${body}`;

  async function child(body: string): Promise<number | null> {
    const source = join(folder, 'child.test-script.ts');
    writeFileSync(source, script(body));
    const program = await bundleScript(source);
    return spawnSync(process.execPath, [program]).status;
  }

  test('loses at most the last batch, and its run shows as interrupted', async () => {
    const status = await child(`
      for (const event of runEvents().slice(0, 7)) recorder.record(event);
      await written();
      process.kill(process.pid, 'SIGKILL');`);
    expect(status).toBeNull();
    const store = await reopened();
    const detail = await runById(store, 'run-1');
    expect(detail?.run.outcome).toBe('interrupted');
    expect(detail?.steps.map((step) => step.status)).toEqual(['success', 'success']);
  });

  test('writes what waits when it exits in an orderly way', async () => {
    const status = await child(`
      const [started, ...later] = runEvents();
      recorder.record(started);
      await written();
      for (const event of later) recorder.record(event);
      process.exit(7);`);
    expect(status).toBe(7);
    const detail = await runById(await reopened(), 'run-1');
    expect(detail?.run.outcome).toBe('failure');
    expect(detail?.steps).toHaveLength(4);
  });

  test('is not taken for dead while it runs', async () => {
    const recorder = startRecorder({ file, onProblem: () => undefined });
    for (const event of runEvents().slice(0, 3)) recorder.record(event);
    await new Promise((resolve) => setTimeout(resolve, 200));
    recorder.flush();
    expect((await runById(await reopened(), 'run-1'))?.run.outcome).toBe('running');
    await recorder.finish();
  });
});

describe('a file that two processes share', () => {
  test('takes the runs of both', async () => {
    const events = [runEvents('run-1'), runEvents('run-2')];
    const recorders = events.map(() =>
      startRecorder({ file, onProblem: (problem) => expect(problem).toBeUndefined() }),
    );
    for (let i = 0; i < 12; i += 1) {
      for (const [which, recorder] of recorders.entries()) {
        const event = events[which]?.[i];
        if (event) recorder.record(event);
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await Promise.all(recorders.map((recorder) => recorder.finish()));
    const store = await reopened();
    for (const id of ['run-1', 'run-2']) expect((await runById(store, id))?.steps).toHaveLength(4);
  });

  test('waits for another writer instead of losing events', async () => {
    const other = await reopened();
    const recorder = startRecorder({ file, onProblem: (problem) => expect(problem).toBeUndefined() });
    await new Promise((resolve) => setTimeout(resolve, 100));
    other.database.exec('begin immediate');
    for (const event of runEvents()) recorder.record(event);
    await new Promise((resolve) => setTimeout(resolve, 200));
    other.database.exec('commit');
    await recorder.finish();
    expect((await runById(other, 'run-1'))?.steps).toHaveLength(4);
  });
});

describe('a store that cannot be used', () => {
  test('is a warning when the file is no database', async () => {
    file = join(folder, 'state.db');
    writeFileSync(file, 'this is not a database, however long one looks at it'.repeat(100));
    const problems = await recorded(runEvents());
    expect(problems).toEqual([
      expect.objectContaining({ code: 'record/store', severity: 'warning', hint: expect.stringContaining('damaged') }),
    ]);
  });

  test('is a warning when its folder cannot be made', async () => {
    writeFileSync(join(folder, 'taken'), '');
    file = join(folder, 'taken', 'state.db');
    expect(await recorded(runEvents())).toEqual([
      expect.objectContaining({ code: 'record/store', severity: 'warning', message: expect.stringContaining(file) }),
    ]);
  });

  test('says what stands in the way: SQLite tells a number', async () => {
    file = join(folder, 'state.db');
    mkdirSync(file);
    const message = `The state store ${file} cannot be used, so this run leaves no history: it is a folder, not a file`;
    expect(await recorded(runEvents())).toEqual([expect.objectContaining({ code: 'record/store', message })]);
  });

  test('is a warning when a newer Ingot has changed its schema', async () => {
    const store = await reopened();
    store.database.exec('pragma user_version = 99');
    expect(await recorded(runEvents())).toEqual([expect.objectContaining({ code: 'record/newer-store' })]);
  });

  test('is told once when it breaks during the run', async () => {
    const problems: Diagnostic[] = [];
    const recorder = startRecorder({ file, onProblem: (problem) => problems.push(problem) });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const other = new Libsql(file);
    other.exec('drop view test_results; drop table steps');
    other.close();
    for (const event of runEvents()) recorder.record(event);
    recorder.flush();
    for (const event of runEvents()) recorder.record(event);
    await recorder.finish();
    expect(problems).toEqual([expect.objectContaining({ code: 'record/store' })]);
  });
});

describe('the schema', () => {
  test('has a version for every migration', () => {
    expect(Object.keys(migrations)).toHaveLength(schemaVersion);
  });

  test('is made once when two processes start on a new file', async () => {
    const opened = await Promise.all([openStore(file), openStore(file), openStore(file)]);
    for (const { store, diagnostics } of opened) {
      expect(diagnostics).toEqual([]);
      store?.close();
    }
  });
});
