import { afterEach, beforeEach, expect, test } from 'vitest';
import { LaterWorld } from './later-world.ts';
import { ProjectFolder } from './project-folder.ts';
import { statusesIn } from './statuses-in.ts';

// Two targets share a schema, and with it a ledger, and have tables of their own in it.

let project: ProjectFolder;
let runs = 0;

beforeEach(() => {
  runs = 0;
  project = new ProjectFolder({
    'project.yml': `name: shop
targets:
  default: dev
  dev: {type: duckdb, path: shop.duckdb, schema: main, threads: 2}
  prod: {type: duckdb, path: shop.duckdb, schema: main, threads: 2}
partitions:
  daily: {time: day, start: 2024-01-01, end: 2024-01-05}
`,
    'macros/names.sql': `{% macro generate_alias_name(custom_alias_name=none, node=none) %}
{{- 'dev_' if target.name == 'dev' }}{{ node.name -}}
{% endmacro %}`,
    'models/daily.sql': `{{ config(materialized='incremental', publish='after_tests', partitions={'use': 'daily', 'column': 'day'}) }}
select day::date as day, nullif(1, {{ var('bad', 0) }}) as amount
from range(date '2024-01-01', date '2024-01-05', interval 1 day) days(day)
where {{ partition.filter('day') }}`,
    'models/schema.yml': 'models: [{name: daily, columns: [{name: amount, data_tests: [not_null]}]}]\n',
  });
});

afterEach(() => project.remove());

async function ingot(
  ...words: string[]
): Promise<{ readonly exit: number; readonly out: string; readonly err: string }> {
  runs += 1;
  const world = new LaterWorld(project.root, runs);
  const exit = await world.run(...words);
  return { exit, out: world.stdout.text, err: world.stderr.text };
}

async function statuses(target: string, model = 'daily'): Promise<Readonly<Record<string, string>>> {
  const { out } = await ingot('partitions', model, '--output', 'json', '--target', target);
  return statusesIn(out);
}

const bad = ['--vars', '{bad: 1}'];

test('what is filled, held or made anew in the table of one is nothing to the other', async () => {
  expect((await ingot('build', '--target', 'dev')).exit).toBe(0);
  expect((await ingot('build', '--target', 'prod', '--partition', '2024-01-01')).exit).toBe(0);
  const [dev, prod] = [
    { filled: '2024-01-01..2024-01-04' },
    { filled: '2024-01-01', missing: '2024-01-02..2024-01-04' },
  ];
  expect(await statuses('dev')).toEqual(dev);
  expect(await statuses('prod')).toEqual(prod);
  expect((await ingot('build', '--target', 'dev', '--partition', '2024-01-02', ...bad)).exit).toBe(1);
  expect(await statuses('dev')).toMatchObject({ quarantined: '2024-01-02' });
  expect(await statuses('prod')).toEqual(prod);
  expect((await ingot('build', '--target', 'prod')).exit).toBe(0);
  expect(await statuses('prod')).toEqual({ filled: '2024-01-01..2024-01-04' });
  await project.sql('drop table daily');
  await ingot('build', '--target', 'prod', '--partition', '2024-01-03');
  expect(await statuses('prod')).toEqual({ filled: '2024-01-03', missing: '2024-01-01..2024-01-02,2024-01-04' });
  expect(await statuses('dev')).toMatchObject({ filled: '2024-01-01,2024-01-03..2024-01-04' });
});

test('data that the tests of one held back is neither shown to the other nor released into its table', async () => {
  await ingot('build', '--target', 'dev', ...bad);
  await ingot('build', '--target', 'prod');
  expect((await ingot('quarantine', 'ls', '--target', 'prod')).out).not.toContain('2024-01-02');
  const { exit, err } = await ingot('quarantine', 'release', 'daily', '--partition', '2024-01-02', '--target', 'prod');
  expect(exit).toBe(2);
  expect(err).toContain("Nothing of 'daily' is in quarantine");
  const own = await ingot('quarantine', 'release', 'daily', '--partition', '2024-01-02', '--target', 'dev');
  expect(own.exit, own.out + own.err).toBe(0);
  expect(await project.sql('select day::varchar, amount from dev_daily')).toEqual([['2024-01-02', null]]);
  expect(await project.sql('select count(amount)::int from daily')).toEqual([[4]]);
  expect(await statuses('dev')).toMatchObject({ stale: '2024-01-02' });
});

test('a backfill of one is not done by the other', async () => {
  await ingot('backfill', 'daily', '--target', 'prod', ...bad);
  const [{ id }] = JSON.parse((await ingot('backfill', 'ls', '--output', 'json')).out);
  await ingot('build', '--target', 'dev');
  expect((await ingot('backfill', 'show', id)).out).toContain('failed: daily 2024-01-01..2024-01-04');
  const other = await ingot('backfill', 'resume', id, '--target', 'dev');
  expect(other.out + other.err).toContain('is of the target prod');
  const resumed = await ingot('backfill', 'resume', id, '--vars', '{bad: 0}');
  expect(resumed.exit, resumed.out + resumed.err).toBe(0);
  expect(await statuses('prod')).toEqual({ filled: '2024-01-01..2024-01-04' });
});

test('batches of one are not those of the other', async () => {
  project.write(
    'models/batches.sql',
    `{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='day', batch_size='day', begin='2024-12-30') }}
select day::date as day from range(date '2024-12-30', date '2025-01-02', interval 1 day) days(day)`,
  );
  await ingot('build', '--select', 'batches', '--target', 'dev');
  expect(await statuses('prod', 'batches')).toMatchObject({ missing: expect.anything() });
  expect(await statuses('prod', 'batches')).not.toHaveProperty('filled');
  await project.sql("create table batches as select date '2024-12-31' as day");
  await ingot('build', '--select', 'batches', '--target', 'prod');
  expect((await statuses('prod', 'batches')).filled).toBe(
    (await statuses('dev', 'batches')).filled?.replace('2024-12-30', '2024-12-31'),
  );
});

test('what was noted without the name of a table counts for whichever there is', async () => {
  await ingot('build', '--target', 'prod');
  await project.sql('update __ingot_publications set relation = null');
  expect(await statuses('prod')).toEqual({ filled: '2024-01-01..2024-01-04' });
});
