import { expect, test } from 'vitest';
import tableFunction from '../../../src/materializations/table_function.ts';
import { ProjectFolder } from '../pipeline/project-folder.ts';
import { build, useBench } from './harness.ts';

const bench = useBench();

test('a view that takes arguments sees what its table becomes', async () => {
  const folder = new ProjectFolder({
    'project.yml': 'name: shop\ntargets: {dev: {type: duckdb, path: shop.duckdb, schema: main}}\n',
    'models/orders.sql': "{{ config(materialized='table') }} select 1 as id, 2024 as year union all select 2, 2025",
    'models/orders_of.sql': `{{ config(materialized='table_function', parameters=['wanted', 'most := 9'],
  pre_hook='create table if not exists made (what text)', post_hook="insert into made values ('{{ this.name }}')") }}
select * from {{ ref('orders') }} where year = wanted limit most`,
    'models/all_orders.sql': "{{ config(materialized='table_function') }} select * from {{ ref('orders') }}",
    'models/new_orders.sql': `select id from {{ ref('orders_of') }}(2025)
union all select count(*) from {{ ref('all_orders') }}()`,
  });
  try {
    for (const _ of ['first', 'again']) expect((await folder.run('build')).exit).toBe(0);
    expect(await folder.sql('select * from new_orders')).toEqual([['2'], ['2']]);
    expect(await folder.sql('select * from made')).toEqual([['orders_of'], ['orders_of']]);
    folder.write('models/orders.sql', "{{ config(materialized='table') }} select 7 as id, 2025 as year, 'x' as mark");
    expect((await folder.run('run', '--select', 'orders')).exit).toBe(0);
    expect(await folder.sql('select mark from orders_of(2025)')).toEqual([['x']]);
  } finally {
    await folder.remove();
  }
});

test.each([
  ['a, b := 2', 'a, b := 2'],
  [['a', 'b'], 'a, b'],
  [null, ''],
])('parameters %j', async (parameters, written) => {
  const { statements } = await build(tableFunction, bench, { sql: 'select 1 as id', config: { parameters } });
  expect(statements).toEqual([`create or replace macro "memory"."main"."m"(${written}) as table (\nselect 1 as id\n)`]);
});

test('a warehouse without such views is told', async () => {
  const adapter = { ...(await import('../../../src/adapters/snowflake/index.ts')).default };
  await expect(build(tableFunction, bench, { sql: 'select 1', context: { adapter } })).rejects.toThrow(
    'snowflake has no views that take arguments',
  );
});
