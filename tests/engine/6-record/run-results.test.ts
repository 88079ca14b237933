import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRunEvents, readRunResults, writeRunResults } from '../../../src/6-record/index.ts';
import type { Event, JsonObject } from '../../../src/core/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { finished, runEvents } from './events.ts';
import { environment, genericTest, graphOf, model, seed } from './graph.ts';

const { nodes } = graphOf(
  seed('raw'),
  model('stg', ['seed.shop.raw']),
  genericTest('unique_stg_id', 'model.shop.stg'),
  model('fct', ['model.shop.stg']),
);

const compiled = new Map([
  ['model.shop.stg', { sql: 'select 1' }],
  ['test.shop.unique_stg_id.1', { sql: 'select 2' }],
]);

function contentOf(events: readonly Event[], args: JsonObject = { which: 'build' }): JsonObject {
  const reader = readRunEvents();
  for (const event of events) reader.record(event);
  return reader.content({ environment, nodes, compiled, args });
}

function resultsOf(events: readonly Event[]): readonly JsonObject[] {
  return contentOf(events).results as readonly JsonObject[];
}

test('results stand in the order in which the steps ended, with their times', () => {
  const content = contentOf(runEvents());
  expect(content.elapsed_time).toBe(0.04);
  expect(content.metadata).toMatchObject({ dbt_schema_version: 'https://schemas.getdbt.com/dbt/run-results/v6.json' });
  const [loaded, built] = content.results as readonly JsonObject[];
  expect(loaded).toMatchObject({ unique_id: 'seed.shop.raw', status: 'success', compiled: null, relation_name: null });
  expect(built).toEqual({
    status: 'success',
    timing: [
      { name: 'compile', started_at: '2023-11-14T22:13:20.011000Z', completed_at: '2023-11-14T22:13:20.012000Z' },
      { name: 'execute', started_at: '2023-11-14T22:13:20.012000Z', completed_at: '2023-11-14T22:13:20.020000Z' },
    ],
    thread_id: 'Thread-1 (worker)',
    execution_time: 0.009,
    adapter_response: { _message: 'OK' },
    message: 'OK',
    failures: null,
    unique_id: 'model.shop.stg',
    compiled: true,
    compiled_code: 'select 1',
    relation_name: '"dev"."main"."stg"',
    batch_results: null,
  });
});

test('a skipped step has neither time nor SQL', () => {
  expect(resultsOf(runEvents()).at(-1)).toMatchObject({
    unique_id: 'model.shop.fct',
    status: 'skipped',
    timing: [],
    execution_time: 0,
    message: null,
    compiled: false,
    compiled_code: null,
    relation_name: '"dev"."main"."fct"',
  });
});

test('a failing test has its failures and no relation', () => {
  expect(resultsOf(runEvents())[2]).toMatchObject({ status: 'fail', failures: 3, relation_name: null });
});

test('rows that a statement changed are in the response', () => {
  expect(resultsOf(runEvents())[0]?.adapter_response).toEqual({
    _message: 'INSERT 2',
    code: 'INSERT',
    rows_affected: 2,
  });
});

test.each(['', 'No-op'])('nothing answered where no statement was sent: %j', (message) => {
  const [result] = resultsOf([finished('model.shop.stg', { message })]);
  expect(result?.adapter_response).toEqual({});
});

test('a run that was cut off still has a duration', () => {
  expect(contentOf(runEvents().slice(0, 7)).elapsed_time).toBe(0.02);
});

test('values of variables that are secrets are not written', () => {
  const args = { which: 'run', vars: { DBT_ENV_SECRET_KEY: 'hush', other: 'x' }, invocation_command: 'run hush' };
  expect(contentOf([], args).args).toEqual({
    which: 'run',
    vars: { DBT_ENV_SECRET_KEY: '*****', other: 'x' },
    invocation_command: 'run *****',
  });
});

test('what was written is read back, batches included', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'target', 'run_results.json');
  const batchResults = { successful: [['2025-01-01', '2025-01-02'] as const], failed: [] };
  const partial = finished('model.shop.fct', { status: 'partial success', batchResults });
  writeRunResults(path, contentOf([...runEvents(), partial], { which: 'build', select: ['stg+'] }));
  const read = readRunResults(path);
  expect(read).toMatchObject({ command: 'build', args: { select: ['stg+'] }, invocationId: environment.invocationId });
  expect(read?.results.map((result) => [result.nodeId, result.status])).toEqual([
    ['seed.shop.raw', 'success'],
    ['model.shop.stg', 'success'],
    ['test.shop.unique_stg_id.1', 'fail'],
    ['model.shop.fct', 'skipped'],
    ['model.shop.fct', 'partial success'],
  ]);
  expect(read?.results.at(-1)?.batchResults).toEqual(batchResults);
  expect(readRunResults(join(folder, 'other.json'))).toBeUndefined();
});
