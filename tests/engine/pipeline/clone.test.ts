import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;

beforeEach(async () => {
  project = new ProjectFolder({
    'project.yml': `name: shop
targets:
  default: dev
  dev: {type: duckdb, path: shop.duckdb, schema: dev, threads: 1}
  prod: {type: duckdb, path: shop.duckdb, schema: prod, threads: 1}
`,
    'models/orders.sql': "{{ config(materialized='table') }} select 1 as id",
    'models/report.sql': "select id from {{ ref('orders') }}",
    'models/part.sql': "{{ config(materialized='ephemeral') }} select 1 as id",
    'seeds/names.csv': 'id\n1\n',
  });
  await project.run('build', '--target', 'prod', '--target-path', 'state');
});

afterEach(() => project.remove());

const relations = (schema: string): Promise<unknown[][]> =>
  project.sql(
    `select table_name, table_type from information_schema.tables where table_schema = '${schema}' order by 1`,
  );

test('a clone of what was built elsewhere is a view of it', async () => {
  expect((await project.run('clone', '--state', 'state')).exit).toBe(0);
  expect(await relations('dev')).toEqual([
    ['names', 'VIEW'],
    ['orders', 'VIEW'],
    ['report', 'VIEW'],
  ]);
  expect(await project.sql('insert into prod.orders values (2)', 'select id from dev.orders order by 1')).toEqual([
    [1],
    [2],
  ]);
});

test('what is there already stays, but for --full-refresh', async () => {
  await project.run('run', '--select', 'orders');
  await project.run('clone', '--state', 'state', '--select', 'orders');
  expect(project.json('target/run_results.json').results).toMatchObject([
    { unique_id: 'model.shop.orders', status: 'success', message: 'No-op' },
  ]);
  expect(await relations('dev')).toEqual([['orders', 'BASE TABLE']]);
  await project.run('clone', '--state', 'state', '--select', 'orders', '--full-refresh');
  expect(await relations('dev')).toEqual([['orders', 'VIEW']]);
});

test('a node that the state does not have is left alone', async () => {
  project.write('models/new_one.sql', 'select 1 as id');
  const { exit } = await project.run('clone', '--state', 'state', '--select', 'new_one');
  expect(exit).toBe(0);
  expect(await relations('dev')).toEqual([]);
});

test('without the manifest of a state, clone is a wrong call', async () => {
  expect(await project.run('clone')).toMatchObject({ exit: 2 });
  expect(await project.run('clone', '--state', 'not_there')).toMatchObject({ exit: 2 });
});
