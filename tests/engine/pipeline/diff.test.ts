import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as pipeline from '../../../src/pipeline.ts';
import { TestWorld } from '../cli/outside.ts';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;

const target = (schema: string) => `{type: duckdb, path: shop.duckdb, schema: ${schema}, threads: 2}`;

beforeEach(() => {
  project = new ProjectFolder({
    'project.yml': `name: shop\ntargets:\n  default: dev\n  dev: ${target('dev')}\n  prod: ${target('prod')}\n`,
    'models/orders.sql':
      "{{ config(materialized='incremental', unique_key='id') }}\n" +
      "select i as id, i * 10 as amount, 'a' as code from range({{ var('orders', 5) }}) as t(i)\n" +
      '{% if is_incremental() %} where i > (select max(id) from {{ this }}) {% endif %}\n',
    'models/daily.sql':
      "{{ config(materialized='incremental', partitions={'time': 'day', 'start': '2024-01-01', 'end': '2024-01-04', 'column': 'day'}) }}\n" +
      "select * from (values (date '2024-01-01', 1), (date '2024-01-02', 2), (date '2024-01-03', 3)) as t(day, amount)\n" +
      "where {{ partition.filter('day') }}\n",
    'seeds/codes.csv': 'code,name\na,one\n',
  });
});

afterEach(() => project.remove());

async function ingot(
  ...words: string[]
): Promise<{ readonly exit: number; readonly out: string; readonly err: string }> {
  const world = new TestWorld(project.root, pipeline, { HOME: '/home/x' });
  const exit = await world.run(...words);
  return { exit, out: world.stdout.text, err: world.stderr.text };
}

/** What `diff` prints, without the line that names both sides. */
async function diff(...words: string[]): Promise<string[]> {
  const { out, exit, err } = await ingot('diff', ...words);
  expect(exit, err).toBe(0);
  return out
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.trim());
}

test('diff says that a table holds what its SQL gives', async () => {
  await ingot('build');
  const { out, exit } = await ingot('diff', 'orders');
  expect(exit).toBe(0);
  expect(out).toBe(
    'orders: shop.dev.orders → what its SQL gives now\n  5 → 5 rows; rows matched by id\n  No difference\n',
  );
});

test('diff compares an incremental model with what a full refresh would give', async () => {
  await ingot('build');
  writeFileSync(
    join(project.root, 'models/orders.sql'),
    "{{ config(materialized='incremental', unique_key='id') }}\n" +
      "select i as id, case when i = 3 then 31 else i * 10 end as amount, 'a' as code from range(7) as t(i)\n" +
      '{% if is_incremental() %} where i > (select max(id) from {{ this }}) {% endif %}\n',
  );
  expect(await diff('orders')).toEqual([
    '5 → 7 rows; rows matched by id',
    '+ 2 rows added, for example 5; 6',
    '~ 1 row of 5 (20.00 %) changed',
    '~ amount: 1 row (20.00 %)',
    '3: 30 → 31',
  ]);
});

test('diff compares with the relation of another target, or with one that is named', async () => {
  await ingot('build');
  await ingot('build', '--target', 'prod', '--vars', '{orders: 3}');
  const more = ['3 → 5 rows; rows matched by id', '+ 2 rows added, for example 3; 4'];
  expect(await diff('orders', '--against-target', 'prod')).toEqual(more);
  expect(await diff('orders', '--against', 'prod.orders')).toEqual(more);
  expect((await ingot('diff', 'orders', '--against', 'prod.orders', '--exit-code')).exit).toBe(1);
  expect((await ingot('diff', 'orders', '--against', 'dev.orders', '--exit-code')).exit).toBe(0);
});

test('diff compares with what an earlier state names', async () => {
  await ingot('build', '--target', 'prod', '--vars', '{orders: 4}', '--target-path', 'prod-artifacts');
  await ingot('build');
  expect(await diff('orders', '--state', 'prod-artifacts')).toEqual([
    '4 → 5 rows; rows matched by id',
    '+ 1 row added, for example 4',
  ]);
});

test('diff compares some partitions', async () => {
  await ingot('build');
  const file = join(project.root, 'models/daily.sql');
  writeFileSync(file, readFileSync(file, 'utf8').replace("'2024-01-02', 2", "'2024-01-02', 20"));
  expect(await diff('daily[2024-01-01]')).toEqual(['1 → 1 rows; no key: whole rows are compared', 'No difference']);
  expect(await diff('daily[2024-01-01..2024-01-02]', '--key', 'day')).toEqual([
    '2 → 2 rows; rows matched by day',
    '~ 1 row of 2 (50.00 %) changed',
    '~ amount: 1 row (50.00 %)',
    '2024-01-02: 2 → 20',
  ]);
});

test('diff prints JSON for scripts', async () => {
  await ingot('build');
  const { out } = await ingot('diff', 'orders', '--where', 'id < 2', '--output', 'json');
  expect(JSON.parse(out)).toMatchObject({ name: 'orders', same: true, rows: { before: 2, after: 2 }, key: ['id'] });
});

test.each([
  [['ordrs'], 'cli/unknown-node'],
  [['codes'], 'cli/diff-what'],
  [['daily'], 'cli/which-partition'],
  [['daily[2024-13-01]'], 'cli/which-partition'],
  [['orders[2024-01-01]'], 'cli/no-partitions'],
  [['orders', '--against', 'dev.nothing'], 'cli/diff-missing'],
  [['orders', '--against', 'a.b.c.d'], 'cli/diff-relation'],
  [['orders', '--key', 'nope'], 'cli/diff-key'],
  [['orders', '--where', 'nope > 1'], 'cli/diff-where'],
  [['orders', '--where', 'true; drop table orders'], 'cli/diff-where'],
  [['orders', '--state', 'nowhere'], 'cli/defer-without-state'],
  [['orders', '--from', '2024-03-01 12:00'], 'cli/diff-time'],
])('diff %j is refused as %s', async (words, code) => {
  await ingot('build');
  const { exit, err } = await ingot('diff', ...words);
  expect(err).toContain(`error[${code}]`);
  expect(exit).toBe(2);
});

test.each([
  [['--to', '2024-03-01 12:00'], 'cli/diff-time'],
  [['--from', '2024-03-01', '--against', 'prod.orders'], 'cli/diff-time'],
  [['--from', 'yesterday'], 'cli/bad-time'],
])('times that say nothing, %j, are refused as %s before anything is asked', async (words, code) => {
  const { exit, err } = await ingot('diff', 'orders', ...words);
  expect(err).toContain(`error[${code}]`);
  expect(exit).toBe(2);
});
