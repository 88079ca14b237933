import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;

/** The time stands still, unless a command says otherwise. */
const snapshot = (settings = '') => `snapshots:
  - name: prices
    relation: source('shop', 'products')
    config: {unique_key: id, strategy: check, check_cols: all, publish: after_tests${settings}}
    columns: [{name: price, data_tests: [not_null]}]
    data_tests: [{no_key_twice: {column: id}}]
`;

beforeEach(async () => {
  project = new ProjectFolder({
    'models/_sources.yml': 'sources: [{name: shop, schema: main, tables: [{name: products}]}]',
    'models/current.sql': "select id, price from {{ ref('prices') }} where dbt_valid_to is null",
    'macros/time.sql': `{% macro snapshot_get_time() %}cast('{{ var('now', '2024-05-01') }}' as timestamp){% endmacro %}
{% test no_key_twice(model, column) %} select {{ column }} from {{ model }} where dbt_valid_to is null group by 1 having count(*) > 1 {% endtest %}`,
    'snapshots/_snapshots.yml': snapshot(),
  });
  await project.sql('create table products as select * from (values (1, 10), (2, 20)) as t(id, price)');
});

afterEach(() => project.remove());

const build = (now = '2024-05-01') => project.run('build', '--vars', `now: "${now}"`);
const versions = (): Promise<unknown[][]> =>
  project.sql('select id, price, dbt_valid_from::date::varchar, dbt_valid_to::date::varchar from prices order by all');
const ledger = (): Promise<unknown[][]> =>
  project.sql(
    "select event, rows_affected::int from __ingot_publications where asset = 'snapshot.shop.prices' order by event",
  );
const leftovers = (): Promise<unknown[][]> =>
  project.sql(
    "select table_name from information_schema.tables where table_name like 'prices\\_\\_%' escape '\\' order by 1",
  );

test('first versions are published after their tests, with a row in the ledger', async () => {
  const { exit, stdout } = await build();
  expect(exit, stdout).toBe(0);
  expect(await versions()).toEqual([
    [1, 10, '2024-05-01', null],
    [2, 20, '2024-05-01', null],
  ]);
  expect(await ledger()).toEqual([['published', 2]]);
  expect(await leftovers()).toEqual([]);
});

test('first versions that a test stands against are in quarantine, and there is no table', async () => {
  await project.sql('insert into products values (3, null)');
  const { exit, stdout } = await build();
  expect(exit).toBe(1);
  expect(stdout).toContain('Held back by the test not_null_prices_price: nothing is published');
  expect(await project.sql("select count(*)::int from duckdb_tables() where table_name = 'prices'")).toEqual([[0]]);
  expect((await project.run('quarantine', 'ls', '--output', 'json')).stdout).toContain('snapshot.shop.prices');
});

test('new versions that a test stands against change nothing, and can be released', async () => {
  await build();
  await project.sql('update products set price = null where id = 1', 'insert into products values (3, 30)');
  const before = await versions();
  const { exit, stdout } = await build('2024-05-02');
  expect(exit).toBe(1);
  expect(stdout).toContain('readers still see the data from before');
  expect(await versions()).toEqual(before);
  expect(await project.sql('select price from current order by id')).toEqual([[10], [20]]);
  const shown = await project.run('quarantine', 'show', 'prices', '--test', 'not_null_prices_price');
  expect(shown.exit, shown.stderr).toBe(0);
  const { exit: released, stdout: said, stderr } = await project.run('quarantine', 'release', 'prices');
  expect(released, said + stderr).toBe(0);
  expect(await versions()).toEqual([
    [1, 10, '2024-05-01', '2024-05-02'],
    [1, null, '2024-05-02', null],
    [2, 20, '2024-05-01', null],
    [3, 30, '2024-05-02', null],
  ]);
  expect((await ledger()).map(([event]) => event)).toEqual(['published', 'published', 'quarantined', 'released']);
  expect(await leftovers()).toEqual([]);
});

test('good versions are published in one go, and taken again for the same instant there is no second', async () => {
  await build();
  await project.sql('update products set price = 11 where id = 1');
  const { exit, stdout } = await build('2024-05-02');
  expect(exit, stdout).toBe(0);
  const published = await versions();
  expect(published).toEqual([
    [1, 10, '2024-05-01', '2024-05-02'],
    [1, 11, '2024-05-02', null],
    [2, 20, '2024-05-01', null],
  ]);
  expect((await build('2024-05-02')).exit).toBe(0);
  expect(await versions()).toEqual(published);
  expect(await leftovers()).toEqual([]);
});

test('columns that are new are there for the tests, and then in the table', async () => {
  await build();
  await project.sql('alter table products add column name text', "update products set name = 'one' where id = 1");
  project.write(
    'tests/named.sql',
    "select 1 from {{ ref('prices') }} where id = 1 and dbt_valid_to is null and name is null",
  );
  const { exit, stdout } = await build('2024-05-02');
  expect(exit, stdout).toBe(0);
  expect(await project.sql('select name from prices where id = 1 order by dbt_valid_from')).toEqual([[null], ['one']]);
});

test.each([
  [
    'invalidate',
    [
      [1, 10, '2024-05-01', null],
      [2, 20, '2024-05-01', '2024-05-02'],
    ],
  ],
  [
    'new_record',
    [
      [1, 10, '2024-05-01', null],
      [2, 20, '2024-05-01', '2024-05-02'],
      [2, 20, '2024-05-02', null],
    ],
  ],
])('tests see the table as it will be, also where rows are gone: hard_deletes %s', async (mode, wanted) => {
  project.write('snapshots/_snapshots.yml', snapshot(`, hard_deletes: ${mode}`));
  await build();
  await project.sql('delete from products where id = 2');
  const { exit, stdout } = await build('2024-05-02');
  expect(exit, stdout).toBe(0);
  expect(await versions()).toEqual(wanted);
});

test('a snapshot is published before its tests where nobody says otherwise', async () => {
  project.write('snapshots/_snapshots.yml', snapshot().replace(', publish: after_tests', ''));
  await project.sql('insert into products values (3, null)');
  expect((await build()).exit).toBe(1);
  expect(await versions()).toHaveLength(3);
});
