import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProjectFolder } from './project-folder.ts';

const sources = `
sources:
  - name: raw
    schema: main
    config:
      loaded_at_field: loaded_at
      freshness: {warn_after: {count: 12, period: hour}, error_after: {count: 2, period: day}}
    tables:
      - name: fresh
      - name: old
      - name: ancient
      - name: empty
`;

let project: ProjectFolder;

beforeEach(async () => {
  project = new ProjectFolder({
    'models/sources.yml': sources,
    'models/report.sql': "select * from {{ source('raw', 'old') }}",
    'models/other.sql': "select * from {{ source('raw', 'fresh') }}",
  });
  const table = (name: string, age: string): string =>
    `create table ${name} as select current_timestamp at time zone 'UTC' - interval ${age} as loaded_at`;
  await project.sql(
    table('fresh', '1 minute'),
    table('old', '1 day'),
    table('ancient', '9 days'),
    'create table empty (loaded_at timestamp)',
  );
});

afterEach(() => project.remove());

const statuses = (path = 'target/sources.json'): Record<string, string> =>
  Object.fromEntries(
    project
      .json(path)
      .results.map(({ unique_id: id, status }: Record<string, string>) => [id?.split('.').at(-1), status]),
  );

test('each source is as fresh as its rows, and what is too old fails the command', async () => {
  const { exit } = await project.run('source', 'freshness');
  expect(exit).toBe(1);
  expect(statuses()).toEqual({ fresh: 'pass', old: 'warn', ancient: 'error', empty: 'error' });
});

test('sources.json has what dbt writes', async () => {
  await project.run('source', 'freshness', '--select', 'source:raw.old');
  const { metadata, results, elapsed_time: elapsed } = project.json('target/sources.json');
  expect(metadata.dbt_schema_version).toBe('https://schemas.getdbt.com/dbt/sources/v3.json');
  expect(elapsed).toBeTypeOf('number');
  expect(results).toEqual([
    {
      unique_id: 'source.shop.raw.old',
      max_loaded_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.(?!000000)\d{6})?\+00:00$/),
      snapshotted_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.(?!000000)\d{6})?\+00:00$/),
      max_loaded_at_time_ago_in_s: expect.closeTo(86400, -2),
      status: 'warn',
      criteria: {
        warn_after: { count: 12, period: 'hour' },
        error_after: { count: 2, period: 'day' },
        filter: null,
      },
      adapter_response: expect.any(Object),
      timing: [expect.objectContaining({ name: 'compile' }), expect.objectContaining({ name: 'execute' })],
      thread_id: expect.any(String),
      execution_time: expect.any(Number),
    },
  ]);
});

test('--output names another file, relative to the project', async () => {
  await project.run('source', 'freshness', '--output', 'found.json', '--select', 'source:raw.fresh');
  expect(statuses('found.json')).toEqual({ fresh: 'pass' });
});

test('a source that cannot be asked fails the command, and the others are still checked', async () => {
  await project.sql('drop table ancient');
  const { exit, stderr, stdout } = await project.run('source', 'freshness', '--exclude', 'source:raw.empty');
  expect(exit).toBe(1);
  // As with dbt, there is nothing of it in the file.
  expect(statuses()).toEqual({ fresh: 'pass', old: 'warn' });
  expect(stdout + stderr).toContain('models/sources.yml');
});

test('source_status: selects what is below sources that became fresher', async () => {
  await project.run('source', 'freshness', '--target-path', 'before');
  await project.sql("update old set loaded_at = current_timestamp at time zone 'UTC'");
  await project.run('source', 'freshness');
  const { stdout } = await project.run('ls', '--select', 'source_status:fresher+', '--state', 'before', '--quiet');
  expect(stdout.trim().split('\n')).toEqual(['shop.report', 'source:shop.raw.old']);
});

test('a query of the project says when the data was loaded', async () => {
  project.write(
    'models/sources.yml',
    sources.replace('loaded_at_field: loaded_at', 'loaded_at_query: select max(loaded_at) from {{ this }} where true'),
  );
  await project.run('source', 'freshness', '--select', 'source:raw.fresh');
  expect(statuses()).toEqual({ fresh: 'pass' });
});

test('a macro of the project may stand around the one that measures', async () => {
  project.write(
    'macros/freshness.sql',
    `{% macro collect_freshness(source, loaded_at_field, filter) %}
  {{ return(dbt.collect_freshness(source, loaded_at_field ~ " - interval '20 days'", none)) }}
{% endmacro %}`,
  );
  await project.run('source', 'freshness', '--select', 'source:raw.fresh');
  expect(statuses()).toEqual({ fresh: 'error' });
});

test.each([
  [
    'an unknown period',
    '{warn_after: {count: 1, period: week}}',
    "'freshness.warn_after.period' of 'old' has to be one of minute, hour, day",
  ],
  [
    'a count that is none',
    "{warn_after: {count: '2', period: day}}",
    "'freshness.warn_after.count' of 'old' has to be a whole number",
  ],
  ['a misspelt key', '{error: {count: 1, period: day}}', "and not 'error'"],
])('%s in freshness: is told where it stands', async (_, freshness, message) => {
  project.write(
    'models/sources.yml',
    `sources: [{name: raw, schema: main, tables: [{name: old, freshness: ${freshness}}]}]`,
  );
  const { exit, stdout, stderr } = await project.run('parse');
  expect(exit).toBe(2);
  expect(stdout + stderr).toContain(message);
  expect(stdout + stderr).toContain('models/sources.yml:1:');
});
