import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import duckdb from '../../../../src/adapters/duckdb/index.ts';
import snowflake from '../../../../src/adapters/snowflake/index.ts';
import { type Adapter, dbtVersion, type Json } from '../../../../src/core/index.ts';
import { parse } from '../../../../src/sql/index.ts';
import { expectedText } from './golden.ts';
import { createProject, shop, type TestProject } from './project.ts';
import type { Fault } from './server/faults.ts';
import { startServer, type TestServer } from './server/index.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startServer({
    warehouses: ['COMPUTE_WH', 'BIG_WH'],
    databases: ['ANALYTICS', 'POLARIS_DB'],
    linked: ['POLARIS_DB'],
  });
}, 60_000);
afterAll(() => server.close());
beforeEach(() => {
  server.faults.clear();
  server.log.clear();
});

const changing = /^(create|insert|merge|delete|update|alter|drop|begin|commit|rollback|truncate|grant|revoke)\b/;

/** What was sent that changes something, in a line each. */
const changes = (about: RegExp = /./): string[] =>
  server.log
    .sql()
    .map((sql) => sql.replace(/\s+/g, ' ').replace(/(?<=__ingot_(staged|preview))_\d{12}_\w{8}/g, ''))
    .filter((sql) => changing.test(sql) && about.test(sql));

async function rowsOf(adapter: Adapter, output: Record<string, Json>, sql: string): Promise<string[]> {
  const warehouse = await adapter.connect(output, { threads: 1 });
  try {
    const { rows } = await (await warehouse.openSession()).query(sql);
    return rows
      .map((row) => JSON.stringify(row.map((cell) => (Number.isFinite(Number(cell)) ? Number(cell) : cell))))
      .sort();
  } finally {
    await warehouse.close();
  }
}

const login = (): Record<string, Json> => ({
  type: 'snowflake',
  account: 'acme',
  host: server.host,
  port: server.port,
  protocol: 'http',
  user: 'INGOT',
  password: 'secret',
  warehouse: 'COMPUTE_WH',
  database: 'analytics',
  schema: 'shop',
});

/** The rows of a table on the server, and of the same table in the database file. */
async function bothSides(project: TestProject, table: string): Promise<readonly [string[], string[]]> {
  const sql = `select * from shop.${table}`;
  return [
    await rowsOf(snowflake, login(), sql),
    await rowsOf(duckdb, { type: 'duckdb', path: `${project.folder}/warehouse.duckdb` }, sql),
  ];
}

describe('a project', () => {
  test('is built twice through the driver, and has the rows that it has in a database file', async () => {
    const project = createProject({ server, files: shop, threads: 2 });
    const first = await project.run('build');
    expect(first).toMatchObject({ exit: 0 });
    expect(changes(/ analytics\.shop\.orders /)).toEqual([
      'create or replace transient table analytics.shop.orders as ( select id, customer, amount, ordered_on from analytics.shop.stg_orders )',
    ]);
    server.log.clear();
    project.write({
      'seeds/raw_orders.csv': `${shop['seeds/raw_orders.csv']}4,Cy,7.00,2024-03-03\n3,Ada,6.00,2024-03-02\n`.replace(
        '3,Ada,5.25,2024-03-02\n',
        '',
      ),
    });
    expect(await project.run('build')).toMatchObject({ exit: 0 });
    expect(changes(/ analytics\.shop\.orders /).map((sql) => sql.split(' ').slice(0, 3).join(' '))).toEqual([
      'merge into analytics.shop.orders',
    ]);
    for (const words of [
      ['build', '--target', 'duck'],
      ['build', '--target', 'duck'],
    ]) {
      expect(await project.run(...words)).toMatchObject({ exit: 0 });
    }
    for (const table of ['raw_orders', 'stg_orders', 'customers', 'orders']) {
      const [onServer, inFile] = await bothSides(project, table);
      expect(onServer).toEqual(inFile);
      expect(onServer.length).toBeGreaterThan(1);
    }
    project.remove();
  }, 120_000);

  test('is parsed and listed without a connection', async () => {
    const nowhere = { host: '127.0.0.1', port: 1 };
    const project = createProject({ server: nowhere, files: shop });
    expect(await project.run('parse')).toMatchObject({ exit: 0 });
    expect((await project.run('ls')).output).toContain('shop.orders');
    project.remove();
  });

  test('that asks for a warehouse and a tag gets them for its statements, and for no others', async () => {
    const project = createProject({
      server,
      files: {
        'models/a.sql':
          "{{ config(materialized='table', snowflake_warehouse='BIG_WH', query_tag='nightly') }}\nselect 1 as id\n",
        'models/b.sql': "{{ config(materialized='table') }}\nselect id from {{ ref('a') }}\n",
      },
      target: ['query_tag: ingot'],
    });
    expect(await project.run('run')).toMatchObject({ exit: 0 });
    const made = server.log.statements.filter(({ sql }) => sql.startsWith('create or replace'));
    expect(made.map(({ warehouse, tag }) => [warehouse, tag])).toEqual([
      ['BIG_WH', 'nightly'],
      ['COMPUTE_WH', 'ingot'],
    ]);
    project.remove();
  }, 60_000);

  test('says where in a template Snowflake has found a mistake', async () => {
    const project = createProject({
      server,
      files: {
        'models/a.sql':
          "{{ config(materialized='table', static_analysis='off') }}\n\nselect 1 as id,\n  missing\nfrom (select 2 as b)\n",
      },
    });
    const { exit, output } = await project.run('run');
    expect(exit).toBe(1);
    expect(output).toMatch(/models\/a\.sql:4:3/);
    expect(output).toContain("invalid identifier 'MISSING'");
    project.remove();
  }, 60_000);
});

describe('a project that quotes all names', () => {
  const day = "{'time': 'day', 'column': 'at', 'start': '2024-03-01', 'end': '2024-03-02'}";
  const files = {
    'dbt_project.yml': [
      'name: shop',
      'profile: shop',
      'quoting: {database: true, schema: true, identifier: true}',
      'models: {+schema: Own, +store_failures: true}',
      'data_tests: {+store_failures: true, +schema: Own}',
      '',
    ].join('\n'),
    'seeds/raw_rows.csv': 'Id,at\n1,2024-03-01\n',
    'seeds/seeds.yml': 'seeds: [{name: raw_rows, config: {quote_columns: true}}]\n',
    'models/mixed.sql':
      "{{ config(materialized='table', alias='Mixed Case', publish='after_tests') }} select \"Id\" from {{ ref('raw_rows') }}\n",
    'models/grown.sql': `{{ config(materialized='incremental', unique_key='"Id"') }} select "Id" from {{ ref('mixed') }}\n`,
    'models/days.sql': `{{ config(materialized='incremental', partitions=${day}) }} select 1 as id, to_timestamp_ntz('2024-03-01 00:00:00') as at\n`,
    'models/models.yml': 'models: [{name: mixed, columns: [{name: \'"Id"\', data_tests: [not_null]}]}]\n',
    'snapshots/versions.yml':
      'snapshots: [{name: versions, relation: "ref(\'raw_rows\')", config: {unique_key: \'"Id"\', strategy: check, check_cols: all}}]\n',
  };

  test('finds under these names what it has built', async () => {
    const output = { ...login(), database: 'ANALYTICS', schema: 'Quoted' };
    const project = createProject({ server, files, output });
    for (const _ of ['first', 'again']) {
      const { exit, output: told } = await project.run('build');
      expect({ exit, told: exit === 0 ? '' : told }).toEqual({ exit: 0, told: '' });
    }
    const merged = changes(/^merge into "ANALYTICS"."Quoted_Own"."grown"/);
    expect(merged).toHaveLength(1);
    expect(changes(/quoted/i).filter((sql) => !sql.includes('"Quoted'))).toEqual([]);
    const names = await rowsOf(
      snowflake,
      login(),
      "select table_schema, table_name from analytics.information_schema.tables where table_schema ilike 'quoted%'",
    );
    expect(names).toEqual(
      [
        ['Quoted', 'raw_rows'],
        ['Quoted', 'versions'],
        ['Quoted_Own', '__INGOT_CODE_VERSIONS'],
        ['Quoted_Own', '__INGOT_PUBLICATIONS'],
        ['Quoted_Own', 'Mixed Case'],
        ['Quoted_Own', 'days'],
        ['Quoted_Own', 'grown'],
        ['Quoted_Own', 'not_null_mixed__Id_'],
      ]
        .map((row) => JSON.stringify(row))
        .sort(),
    );
    project.remove();
  }, 60_000);
});

describe('partitions', () => {
  const files = {
    'dbt_project.yml': 'name: shop\nversion: "1.0"\nprofile: shop\n',
    'seeds/raw_sales.csv':
      'id,amount,sold_at\n1,10,2024-03-01 10:00:00\n2,20,2024-03-01 12:00:00\n3,5,2024-03-02 00:00:00\n',
    'models/sales.sql': [
      "{{ config(materialized='incremental',",
      "     partitions={'time': 'day', 'column': 'sold_at', 'start': '2024-03-01', 'end': '2024-03-03'}) }}",
      "select id, amount, sold_at from {{ ref('raw_sales') }}",
      "where {{ partition.filter('sold_at') }}",
      '',
    ].join('\n'),
  };

  test('are staged, and published with their note in one transaction of one session', async () => {
    const project = createProject({ server, files });
    expect(await project.run('build')).toMatchObject({ exit: 0 });
    const session = server.log.statements.find(({ sql }) => /^delete from analytics.shop.sales/.test(sql))?.session;
    const inOrder = server.log
      .sql(session)
      .map((sql) => sql.replace(/\s+/g, ' '))
      .filter((sql) => changing.test(sql) && /sales|begin|commit|publications/.test(sql) && !/raw_sales__/.test(sql))
      .map((sql) =>
        sql
          .replace(/_staged_\w+/, '_staged')
          .split(' ')
          .slice(0, 6)
          .join(' '),
      );
    expect(inOrder.slice(-7)).toEqual(
      [
        'create or replace transient table analytics.shop.sales__ingot_staged',
        'begin',
        'delete from analytics.shop.sales where sold_at',
        'insert into analytics.shop.sales ("ID", "AMOUNT",',
        'insert into analytics.shop.__ingot_publications (event, asset,',
        'commit',
        'drop table if exists analytics.shop.sales__ingot_staged cascade',
      ].map((line) => expect.stringContaining(line.split(' ').slice(0, 5).join(' '))),
    );
    expect(await rowsOf(snowflake, login(), 'select id, amount from shop.sales')).toEqual([
      '[1,10]',
      '[2,20]',
      '[3,5]',
    ]);
    project.remove();
  }, 60_000);

  test.each([
    ['the insert', { kind: 'session-gone' }, /^insert into analytics\.shop\.sales/],
    ['the note', { kind: 'session-gone' }, /^insert into analytics\.shop\.__ingot_publications/],
    ['the commit, before it is done', { kind: 'session-gone' }, /^commit/],
  ] as const)(
    'are published in another session when the first one dies at %s',
    async (_, fault, sql) => {
      const project = createProject({ server, files: { ...files, 'models/sales.sql': files['models/sales.sql'] } });
      expect(await project.run('build')).toMatchObject({ exit: 0 });
      server.faults.order(fault, { sql });
      expect(await project.run('build', '--partition', '2024-03-01', '--select', 'sales')).toMatchObject({ exit: 0 });
      expect(await rowsOf(snowflake, login(), 'select id, amount from shop.sales')).toEqual([
        '[1,10]',
        '[2,20]',
        '[3,5]',
      ]);
      project.remove();
    },
    60_000,
  );

  test('are published once when the answer to the commit is lost', async () => {
    const project = createProject({ server, files });
    expect(await project.run('build')).toMatchObject({ exit: 0 });
    server.faults.order({ kind: 'drop-after' }, { sql: /^commit/ });
    expect(await project.run('build', '--partition', '2024-03-01', '--select', 'sales')).toMatchObject({ exit: 0 });
    expect(await rowsOf(snowflake, login(), 'select id, amount from shop.sales')).toEqual([
      '[1,10]',
      '[2,20]',
      '[3,5]',
    ]);
    project.remove();
  }, 60_000);
});

test('32 partitions come into one table from 16 sessions: all wait for each other, and no row is lost or doubled', async () => {
  const days = Array.from({ length: 32 }, (_, day) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10));
  const project = createProject({
    server,
    threads: 16,
    files: {
      'seeds/raw_many.csv': `id,at\n${days.flatMap((day, index) => [`${2 * index},${day} 01:00:00`, `${2 * index + 1},${day} 02:00:00`]).join('\n')}\n`,
      'models/many.sql': [
        "{{ config(materialized='incremental',",
        "     partitions={'time': 'day', 'column': 'at', 'start': '2024-01-01', 'end': '2024-02-02'}) }}",
        "select id, at from {{ ref('raw_many') }} where {{ partition.filter('at') }}",
        '',
      ].join('\n'),
    },
  });
  expect(await project.run('build')).toMatchObject({ exit: 0 });
  const again = ['build', '--select', 'many', '--from', '2024-01-01', '--to', '2024-02-01', '--batch-size', '1'];
  server.log.clear();
  expect(await project.run(...again)).toMatchObject({ exit: 0 });
  expect(changes(/^delete from analytics\.shop\.many /)).toHaveLength(32);
  expect(
    new Set(server.log.statements.filter(({ sql }) => sql === 'commit').map(({ session }) => session)).size,
  ).toBeGreaterThan(8);
  expect(server.log.statements.filter(({ outcome }) => outcome.kind === 'error')).toEqual([]);
  const counted = await rowsOf(snowflake, login(), 'select count(*), count(distinct id), sum(id) from shop.many');
  expect(counted).toEqual(['[64,64,2016]']);
  project.remove();
}, 120_000);

describe('a table that is published after its tests', () => {
  const files = {
    'models/held.sql': "{{ config(materialized='table', publish='after_tests') }}\nselect {{ var('id', 1) }} as id\n",
    'models/held.yml': 'models: [{name: held, columns: [{name: id, data_tests: [not_null]}]}]\n',
  };

  test('changes places with the one before it', async () => {
    const project = createProject({ server, files });
    expect(await project.run('build')).toMatchObject({ exit: 0 });
    server.log.clear();
    expect(await project.run('build', '--vars', '{id: 2}')).toMatchObject({ exit: 0 });
    expect(
      changes(/^(?!.*code_versions).*(analytics\.shop\.held|publications)/).map((sql) =>
        sql.replace(/ (as|\(event).*/, ''),
      ),
    ).toEqual([
      'create or replace transient table analytics.shop.held__ingot_staged',
      'alter table analytics.shop.held swap with analytics.shop.held__ingot_staged',
      'insert into analytics.shop.__ingot_publications',
      'drop table if exists analytics.shop.held__ingot_staged cascade',
    ]);
    expect(await rowsOf(snowflake, login(), 'select id from shop.held')).toEqual(['[2]']);
    project.remove();
  }, 60_000);

  test('stays as it was when a test finds fault with the new one', async () => {
    const project = createProject({ server, files });
    expect(await project.run('build')).toMatchObject({ exit: 0 });
    expect(await project.run('build', '--vars', '{id: "null"}')).toMatchObject({ exit: 1 });
    expect(await rowsOf(snowflake, login(), 'select id from shop.held')).toEqual(['[1]']);
    project.remove();
  }, 60_000);
});

test('a dynamic table is made, left alone, and altered when its settings change', async () => {
  const project = createProject({
    server,
    files: {
      'models/base.sql': "{{ config(materialized='table') }}\nselect 1 as id\n",
      'models/fresh.sql': [
        "{{ config(materialized='dynamic_table', snowflake_warehouse='COMPUTE_WH', target_lag=var('lag', '5 minutes')) }}",
        "select id from {{ ref('base') }}",
        '',
      ].join('\n'),
    },
  });
  for (const words of [['run'], ['run', '-s', 'fresh'], ['run', '-s', 'fresh', '--vars', '{lag: 1 hour}']]) {
    expect(await project.run(...words)).toMatchObject({ exit: 0 });
  }
  expect(changes(/fresh/)).toEqual([
    "create dynamic table analytics.shop.fresh target_lag = '5 minutes' warehouse = COMPUTE_WH as ( select id from analytics.shop.base )",
    "alter dynamic table analytics.shop.fresh set target_lag = '1 hour'",
  ]);
  project.remove();
}, 60_000);

test('macros of the project make views as a whole, and write the statements of dynamic tables', async () => {
  const project = createProject({
    server,
    files: {
      'macros/own.sql': [
        '{% macro snowflake__create_or_replace_view() %}',
        '  {% set target_relation = api.Relation.create(database=database, schema=schema, identifier=model.alias, type="view") %}',
        '  {% set old_relation = adapter.get_relation(database=database, schema=schema, identifier=model.alias) %}',
        '  {{ run_hooks(pre_hooks) }}',
        '  {% if old_relation is not none and not old_relation.is_view %}{{ handle_existing_table(should_full_refresh(), old_relation) }}{% endif %}',
        "  {% call statement('main') %}{{ get_create_view_as_sql(target_relation, sql) | replace('replace view', 'replace secure view') }}{% endcall %}",
        '  {% do apply_grants(target_relation, config.get("grants"), should_revoke=should_revoke(false, full_refresh_mode=True)) %}',
        '  {{ return({"relations": [target_relation]}) }}',
        '{% endmacro %}',
        '{% macro snowflake__get_create_dynamic_table_as_sql(relation, sql) %}',
        "  create dynamic table {{ relation }} target_lag = '1 day' warehouse = BIG_WH as ({{ sql }})",
        '{% endmacro %}',
        '',
      ].join('\n'),
      'models/few.sql': "{{ config(materialized=var('base', 'table')) }}\nselect 1 as id\n",
      'models/daily.sql': [
        "{{ config(materialized='dynamic_table', snowflake_warehouse='COMPUTE_WH', target_lag='5 minutes') }}",
        "select id from {{ ref('few') }}",
        '',
      ].join('\n'),
    },
  });
  expect(await project.run('run')).toMatchObject({ exit: 0 });
  expect(changes(/daily/)).toEqual([
    "create dynamic table analytics.shop.daily target_lag = '1 day' warehouse = BIG_WH as ( select id from analytics.shop.few)",
  ]);
  server.log.clear();
  expect(await project.run('run', '-s', 'few', '--vars', '{base: view}')).toMatchObject({ exit: 0 });
  expect(changes(/few/i)).toEqual([
    'drop table if exists ANALYTICS.SHOP.FEW cascade',
    'create or replace secure view analytics.shop.few as ( select 1 as id )',
  ]);
  project.remove();
}, 60_000);

test('a materialized view is made, left alone, altered, and made anew once its table was', async () => {
  const model = (query: string) =>
    `{{ config(materialized='materialized_view', cluster_by=var('by', 'id'), grants={'select': ['REPORTER']}) }}\n${query}\n`;
  const project = createProject({
    server,
    files: {
      'models/base.sql': "{{ config(materialized='incremental', unique_key='id') }}\nselect 1 as id\n",
      'models/mirror.sql': model("select id, id * 2 as twice from {{ ref('base') }}"),
    },
  });
  const runs = [[], [], ['--vars', '{by: twice}', '-s', 'mirror'], ['--full-refresh', '-s', 'base'], ['-s', 'mirror']];
  for (const words of runs) expect(await project.run('run', ...words)).toMatchObject({ exit: 0 });
  const made =
    'materialized view analytics.shop.mirror cluster by (id) as ( select id, id * 2 as twice from analytics.shop.base )';
  expect(changes(/mirror/)).toEqual([
    `create ${made}`,
    'grant select on materialized view analytics.shop.mirror to role REPORTER',
    'alter materialized view analytics.shop.mirror cluster by (twice)',
    `create or replace ${made}`,
    'grant select on materialized view analytics.shop.mirror to role REPORTER',
  ]);
  expect(await rowsOf(snowflake, login(), 'select * from shop.mirror')).toEqual(['[1,2]']);

  const changed = ['--vars', '{by: twice}', '-s', 'mirror'];
  const mode = (name: string) => ({
    'models/models.yml': `models: [{name: mirror, config: {on_configuration_change: ${name}}}]\n`,
  });
  project.write(mode('fail'));
  expect(await project.run('run', ...changed)).toMatchObject({ exit: 1 });
  project.write(mode('continue'));
  expect(await project.run('run', ...changed)).toMatchObject({ exit: 0 });
  project.write({
    'models/mirror.sql': model("select b.id from {{ ref('base') }} as b join {{ ref('base2') }} using (id)"),
  });
  project.write({ 'models/base2.sql': "{{ config(materialized='table') }}\nselect 1 as id\n" });
  const refused = await project.run('run', '--full-refresh');
  expect(refused.output).toContain('Invalid materialized view definition. More than one table');
  project.remove();
}, 60_000);

test('a materialized view takes the place of a table and of a view, and they its; DuckDB has none', async () => {
  const project = createProject({
    server,
    files: { 'models/base.sql': "{{ config(materialized='table') }}\nselect 1 as id\n" },
  });
  const of = (kind: string) => ({
    'models/mirror.sql': `{{ config(materialized='${kind}') }}\nselect id from {{ ref('base') }}\n`,
  });
  for (const kind of ['table', 'materialized_view', 'view', 'materialized_view', 'table']) {
    project.write(of(kind));
    expect(await project.run('run')).toMatchObject({ exit: 0 });
    expect(await rowsOf(snowflake, login(), 'select * from shop.mirror')).toEqual(['[1]']);
  }
  project.write(of('materialized_view'));
  const refused = await project.run('run', '--target', 'duck');
  expect(refused).toMatchObject({ exit: 1 });
  expect(refused.output).toContain('duckdb has no materialized views');
  project.remove();
}, 60_000);

test('a dynamic table of Iceberg is made, and a table that is held back is tested through a view', async () => {
  const project = createProject({
    server,
    files: {
      'models/base.sql': "{{ config(materialized='table') }}\nselect 1 as id\n",
      'models/frozen.sql': [
        "{{ config(materialized='dynamic_table', snowflake_warehouse='COMPUTE_WH', target_lag='1 hour',",
        "   table_format='iceberg', external_volume='lake', publish='after_tests') }}",
        "select id from {{ ref('base') }}",
        '',
      ].join('\n'),
      'models/models.yml': 'models: [{name: frozen, columns: [{name: id, tests: [not_null]}]}]\n',
    },
  });
  expect(await project.run('build')).toMatchObject({ exit: 0 });
  expect(changes(/ (analytics\.)?shop\.frozen/)).toEqual([
    'create or replace view analytics.shop.frozen__ingot_staged as ( select id from analytics.shop.base )',
    "create dynamic iceberg table analytics.shop.frozen target_lag = '1 hour' warehouse = COMPUTE_WH external_volume = 'lake' catalog = 'SNOWFLAKE' base_location = '_dbt/shop/frozen' as ( select id from analytics.shop.base )",
    'drop view if exists analytics.shop.frozen__ingot_staged',
  ]);
  project.remove();
}, 60_000);

test('macros of the project decide what new rows are staged in, and where', async () => {
  const project = createProject({
    server,
    files: {
      'models/grown.sql': "{{ config(materialized='incremental', unique_key='id') }}\nselect 1 as id\n",
      'macros/staging.sql': [
        '{% macro dbt_snowflake_get_tmp_relation_type(strategy, unique_key, language) %}',
        "{{ return('transient' if strategy == 'default' and unique_key == 'id' and language == 'sql') }}{% endmacro %}",
        '{% macro snowflake__resolve_incremental_tmp_relation(tmp_relation) %}',
        "{{ return(tmp_relation.incorporate(path={'schema': 'scratch', 'identifier': tmp_relation.identifier ~ '_1'})) }}",
        '{% endmacro %}',
        '',
      ].join('\n'),
    },
  });
  expect(await project.run('run')).toMatchObject({ exit: 0 });
  await rowsOf(snowflake, login(), 'create schema if not exists scratch');
  server.log.clear();
  expect(await project.run('run')).toMatchObject({ exit: 0 });
  expect(changes(/scratch/).map((sql) => sql.replace(/ on \(.*/, ''))).toEqual([
    'create or replace transient table analytics.scratch.grown__dbt_tmp_1 as ( select 1 as id )',
    'merge into analytics.shop.grown as DBT_INTERNAL_DEST using analytics.scratch.grown__dbt_tmp_1 as DBT_INTERNAL_SOURCE',
    'drop table if exists analytics.scratch.grown__dbt_tmp_1 cascade',
  ]);
  project.remove();
}, 60_000);

test('an overwritten table has the columns that are named, and the others are empty', async () => {
  const model = (columns: string) => ({
    'models/some.sql': `{{ config(materialized='incremental', incremental_strategy='insert_overwrite', overwrite_columns=${columns}) }}\nselect 1 as id, 'new' as note\n`,
  });
  const project = createProject({ server, files: model("['ID']") });
  for (const rows of ['[1,"new"]', '[1,0]']) {
    expect(await project.run('run')).toMatchObject({ exit: 0 });
    expect(await rowsOf(snowflake, login(), 'select * from shop.some')).toEqual([rows]);
  }
  project.write(model("['idd']"));
  const refused = await project.run('run');
  expect(refused).toMatchObject({ exit: 1 });
  expect(refused.output).toContain("Column 'idd' of 'overwrite_columns' is not a column of some");
  project.remove();
}, 60_000);

describe('tables in a catalog', () => {
  const files = {
    'catalogs.yml': [
      'catalogs:',
      '  - name: polaris',
      '    active_write_integration: rest',
      '    write_integrations:',
      '      - {name: rest, catalog_type: iceberg_rest, table_format: iceberg,',
      '         adapter_properties: {catalog_linked_database: polaris_db, target_file_size: 32MB}}',
      '      - {name: other, catalog_type: built_in}',
      '  - name: glue',
      '    write_integrations:',
      '      - {name: aws, catalog_type: iceberg_rest, adapter_properties: {catalog_linked_database: polaris_db, catalog_linked_database_type: glue}}',
      '  - name: lake',
      '    write_integrations: [{name: own, catalog_type: built_in, external_volume: s3}]',
      '',
    ].join('\n'),
    'models/own.sql':
      "{{ config(materialized='table', catalog_name='lake', base_location_root='gold') }}\nselect 1 as id\n",
    'models/theirs.sql':
      "{{ config(materialized='table', catalog_name='Polaris') }}\nselect id from {{ ref('own') }}\n",
    'models/glued.sql':
      "{{ config(materialized='table', catalog_name='glue') }}\nselect id, 'a' as \"Name\" from {{ ref('own') }}\n",
    'models/grown.sql': [
      "{{ config(materialized='incremental', unique_key='id', catalog_name='polaris') }}",
      "select id from {{ ref('theirs') }}",
      '',
    ].join('\n'),
  };

  test('are made in the database that the catalog is linked to, of Iceberg, and never replaced there', async () => {
    const project = createProject({ server, files });
    expect(await project.run('build')).toMatchObject({ exit: 0 });
    server.log.clear();
    expect(await project.run('build')).toMatchObject({ exit: 0 });
    const made = (of: RegExp) => changes(of).map((sql) => sql.split(' using ')[0]);
    expect(made(/gold|drop.*theirs|theirs target|into.*grown/i)).toEqual([
      "create or replace iceberg table analytics.shop.own external_volume = 's3' catalog = 'SNOWFLAKE' base_location = 'gold/shop/own' as ( select 1 as id )",
      'drop table if exists POLARIS_DB.SHOP.THEIRS cascade',
      "create iceberg table polaris_db.shop.theirs target_file_size = '32MB' as ( select id from analytics.shop.own )",
      'merge into polaris_db.shop.grown as DBT_INTERNAL_DEST',
    ]);
    // A catalog of AWS Glue makes no table of a query.
    expect(made(/glued/i)).toEqual([
      'drop table if exists POLARIS_DB.SHOP.GLUED cascade',
      'create iceberg table polaris_db.shop.glued ( "id" NUMBER(38,0), "name" string )',
      `insert into polaris_db.shop.glued ("id", "name") select "ID", "Name" from ( select id, 'a' as "Name" from analytics.shop.own ) as DBT_INTERNAL_SOURCE`,
    ]);
    expect(await rowsOf(snowflake, login(), 'select * from polaris_db.shop.glued')).toEqual(['[1,"a"]']);
    expect(await rowsOf(snowflake, login(), 'select * from polaris_db.shop.grown')).toEqual(['[1]']);
    project.remove();
  }, 60_000);

  test('are refused where the catalog cannot hold them, before anything is built', async () => {
    const project = createProject({
      server,
      files: {
        ...files,
        'models/theirs.sql': "{{ config(materialized='view', catalog_name='polaris') }}\nselect 1 as id\n",
      },
    });
    const refused = await project.run('build');
    expect(refused).toMatchObject({ exit: 2 });
    expect(refused.output).toContain("What is 'view' cannot be made in the catalog-linked database of 'polaris'");
    expect(changes()).toEqual([]);
    project.remove();
  }, 60_000);
});

test('clones tables without their rows being copied, and makes views of what is none', async () => {
  const project = createProject({ server, files: shop });
  expect(await project.run('build')).toMatchObject({ exit: 0 });
  project.write({ 'state/manifest.json': project.read('target/manifest.json') });
  project.write({ 'profiles.yml': project.read('profiles.yml').replace('schema: shop', 'schema: dev') });
  server.log.clear();
  expect(await project.run('clone', '--state', 'state')).toMatchObject({ exit: 0 });
  expect(changes(/create or replace/).sort()).toEqual([
    'create or replace transient table analytics.dev.customers clone analytics.shop.customers',
    'create or replace transient table analytics.dev.orders clone analytics.shop.orders',
    'create or replace transient table analytics.dev.raw_orders clone analytics.shop.raw_orders',
    'create or replace view analytics.dev.stg_orders as ( select * from analytics.shop.stg_orders )',
  ]);
  project.remove();
}, 60_000);

const refusal: Fault = { kind: 'error', code: '003001', sqlState: '42501', message: 'Insufficient privileges' };

describe('the clone of a table that is kept by partitions', () => {
  const daily = (
    end: string,
  ) => `{{ config(materialized='incremental', partitions={'time': 'day', 'start': '2024-01-01',
    'end': '${end}', 'column': 'day'}) }}
select day, 1 as n from (values (date '2024-01-01'), (date '2024-01-02'), (date '2024-01-03')) as days (day)
where {{ partition.filter('day') }}
`;
  const intoDev = (project: TestProject) =>
    project.write({
      'state/manifest.json': project.read('target/manifest.json'),
      'profiles.yml': project.read('profiles.yml').replace('schema: shop', 'schema: dev_days'),
    });
  const statusOf = async (project: TestProject): Promise<Record<string, string>> => {
    const { output } = await project.run('partitions', 'daily', '--output', 'json', '--quiet');
    const [asset] = JSON.parse(output.slice(output.indexOf('[')));
    const found = Object.entries<{ count: number; partitions: string }>(asset.status);
    return Object.fromEntries(
      found.flatMap(([name, { count, partitions }]) => (count > 0 ? [[name, partitions]] : [])),
    );
  };

  test('has the partitions that the table has, and no others', async () => {
    const project = createProject({ server, files: { 'models/daily.sql': daily('2024-01-04') } });
    expect(await project.run('build', '--select', 'daily', '--partition', '2024-01-01..2024-01-02')).toMatchObject({
      exit: 0,
    });
    intoDev(project);
    expect(await project.run('clone', '--state', 'state')).toMatchObject({ exit: 0 });
    expect(await statusOf(project)).toEqual({ filled: '2024-01-01..2024-01-02', missing: '2024-01-03' });
    server.log.clear();
    const { output } = await project.run('build');
    expect(output).toContain('daily[2024-01-03]');
    expect(output).not.toContain('daily[2024-01-0[12]]');
    expect(await rowsOf(snowflake, login(), 'select n from dev_days.daily')).toEqual(['[1]', '[1]', '[1]']);
    expect(await project.run('clone', '--state', 'state', '--full-refresh')).toMatchObject({ exit: 0 });
    expect(await statusOf(project)).toEqual({ filled: '2024-01-01..2024-01-02', missing: '2024-01-03' });
    project.remove();
  }, 60_000);

  test.each<[string, Fault, RegExp]>([
    ['the ledger beside it cannot be read', refusal, /^select count\(\*\)/],
    ['it is written to meanwhile', { kind: 'slow-statement', milliseconds: 2000 }, /clone/],
    ['the clone fails', refusal, /clone/],
  ])(
    'has none for certain where %s',
    async (_, fault, sql) => {
      const project = createProject({ server, files: { 'models/daily.sql': daily('2024-01-03') } });
      expect(await project.run('build')).toMatchObject({ exit: 0 });
      intoDev(project);
      expect(await project.run('build')).toMatchObject({ exit: 0 });
      expect(await statusOf(project)).toEqual({ filled: '2024-01-01..2024-01-02' });
      server.log.clear();
      server.faults.order(fault, { sql });
      const cloning = project.run('clone', '--state', 'state', '--full-refresh');
      if (fault.kind === 'slow-statement') {
        while (!server.log.sql().some((sent) => sql.test(sent)))
          await new Promise((resolve) => setTimeout(resolve, 10));
        await rowsOf(
          snowflake,
          login(),
          'insert into shop.__ingot_publications select * from shop.__ingot_publications',
        );
      }
      await cloning;
      expect(await statusOf(project)).toEqual({ missing: '2024-01-01..2024-01-02' });
      project.remove();
    },
    60_000,
  );
});

test('a transaction that others are in the way of is run again', async () => {
  const project = createProject({
    server,
    files: {
      'models/waiting.sql':
        "{{ config(materialized='incremental', incremental_strategy='delete+insert', unique_key='id') }}\nselect 1 as id, 2 as n\n",
    },
  });
  expect(await project.run('run')).toMatchObject({ exit: 0 });
  server.log.clear();
  server.faults.order({ kind: 'lock-timeout' }, { sql: /^delete from/ });
  expect(await project.run('run')).toMatchObject({ exit: 0 });
  expect(changes(/^(begin|delete|insert|commit|rollback)/).map((sql) => sql.split(' ')[0])).toEqual([
    ...['begin', 'delete', 'rollback'],
    ...['begin', 'delete', 'insert', 'commit'],
  ]);
  expect(await rowsOf(snowflake, login(), 'select * from shop.waiting')).toEqual(['[1,2]']);
  project.remove();
}, 60_000);

test('a batch that others are in the way of is built again', async () => {
  const config =
    "materialized='incremental', incremental_strategy='microbatch', event_time='day', batch_size='day', begin='2024-01-01'";
  const project = createProject({
    server,
    files: { 'models/daily.sql': `{{ config(${config}) }}\nselect date '2024-01-02' as day, 2 as n\n` },
  });
  const days = ['--event-time-start', '2024-01-01', '--event-time-end', '2024-01-03'];
  server.faults.order({ kind: 'lock-timeout' }, { sql: /^delete from/ });
  expect(await project.run('run', ...days)).toMatchObject({ exit: 0 });
  expect(await rowsOf(snowflake, login(), 'select n from shop.daily')).toContain('[2]');
  project.remove();
}, 60_000);

test('debug says what the target is, and whether the role may build there', async () => {
  const project = createProject({ server, files: {} });
  const { exit, output } = await project.run('debug');
  expect(exit).toBe(0);
  expect(output).toContain('warehouse: COMPUTE_WH');
  expect(output).toContain('connection test: [OK connection ok]');
  expect(output).not.toContain('secret');
  project.remove();
}, 60_000);

test('debug says that there is no such database', async () => {
  const project = createProject({ server, files: {}, target: [] });
  project.write({ 'profiles.yml': project.read('profiles.yml').replace('database: analytics', 'database: nowhere') });
  const { exit, output } = await project.run('debug');
  expect(exit).toBe(1);
  expect(output).toContain('snowflake/no-database');
  project.remove();
}, 60_000);

describe('comments of statements', () => {
  const files = {
    'models/a.sql': "{{ config(materialized='table') }}\nselect 1 as id\n",
    'macros/said.sql':
      '{% macro said(node) %}{{ node.name if node else connection_name }} by {{ target.user }}{% endmacro %}\n',
  };
  const commentsOf = async (setting: string): Promise<{ readonly output: string; readonly comments: unknown[] }> => {
    const project = createProject({ server, files });
    project.write({ 'dbt_project.yml': `${project.read('dbt_project.yml')}${setting}` });
    server.log.clear();
    const { output } = await project.run('run');
    project.remove();
    const made = server.log.statements.filter(({ sql }) => /^(show objects|create or replace)/.test(sql));
    return { output, comments: made.map(({ comment }) => comment) };
  };

  test('say whose they are, as dbt says it', async () => {
    const facts = { app: 'dbt', dbt_version: dbtVersion, profile_name: 'shop', target_name: 'snow' };
    const { comments } = await commentsOf('');
    expect(comments.map((comment) => JSON.parse(String(comment)))).toEqual([
      { ...facts, connection_name: 'master' },
      { ...facts, node_id: 'model.shop.a' },
    ]);
  }, 60_000);

  test('say what the project wants, or nothing', async () => {
    const { comments } = await commentsOf('query-comment: "{{ said(node) }}"\n');
    expect(comments).toEqual(['master by INGOT', 'a by INGOT']);
    expect((await commentsOf('query-comment:\n')).comments).toEqual([undefined, undefined]);
    const wrong = await commentsOf('query-comment: {comment: "x */ y"}\n');
    expect(wrong.output).toContain('execute/query-comment');
    expect(wrong.comments).toEqual([undefined, undefined]);
  }, 60_000);
});

describe('snapshots', () => {
  const settings = {
    timestamp: 'strategy: timestamp, updated_at: changed_at',
    check: 'strategy: check, check_cols: [name]',
    invalidate: 'strategy: timestamp, updated_at: changed_at, hard_deletes: invalidate',
    new_record: 'strategy: timestamp, updated_at: changed_at, hard_deletes: new_record',
  };
  const items = (rows: string): string => `id,name,changed_at\n${rows}`;

  test('send the statements of their files, the first time and again', async () => {
    const entries = Object.entries(settings).map(
      ([name, config]) => `  - {name: ${name}_versions, relation: "ref('items')", config: {unique_key: id, ${config}}}`,
    );
    const project = createProject({
      server,
      files: {
        'seeds/items.csv': items('1,a,2024-01-01 00:00:00\n2,b,2024-01-01 00:00:00\n'),
        'snapshots/all.yml': ['snapshots:', ...entries, ''].join('\n'),
      },
    });
    expect(await project.run('seed')).toMatchObject({ exit: 0 });
    const runs: string[][] = [];
    for (const rows of ['1,a,2024-01-01 00:00:00\n2,b,2024-01-01 00:00:00\n', '1,x,2024-01-02 00:00:00\n']) {
      project.write({ 'seeds/items.csv': items(rows) });
      expect(await project.run('seed')).toMatchObject({ exit: 0 });
      server.log.clear();
      expect(await project.run('snapshot')).toMatchObject({ exit: 0 });
      runs.push(server.log.sql());
    }
    for (const name of Object.keys(settings)) {
      const [first = '', again = ''] = runs.map((sent) =>
        ofSnapshot(sent, `${name}_versions`)
          .map((sql) => `${sql};\n`)
          .join('\n'),
      );
      expect(first).toBe(expectedText(`snapshot/${name}/first-run`, first));
      expect(again).toBe(expectedText(`snapshot/${name}/again`, again));
      const read = [first, again]
        .join('')
        .split(/;\n/)
        .filter((sql) => sql.trim() !== '');
      for (const sql of read)
        expect({ sql, problems: parse(sql, { dialect: 'snowflake' }).diagnostics }).toEqual({ sql, problems: [] });
    }
    expect(
      await rowsOf(snowflake, login(), 'select name, count(*) from shop.new_record_versions group by name'),
    ).toEqual(['["a",1]', '["b",2]', '["x",1]']);
    project.remove();
  }, 60_000);

  /** What was sent for one of them, with the transaction that it is in. */
  function ofSnapshot(sent: readonly string[], name: string): readonly string[] {
    const about = sent.map((sql) => sql.includes(name));
    return sent.filter((sql, index) => {
      if (/^(begin|commit)$/.test(sql)) return about[index + (sql === 'begin' ? 1 : -1)];
      return about[index];
    });
  }
});

test('a model whose session dies with a temporary table is begun again', async () => {
  const project = createProject({
    server,
    files: {
      'models/kept.sql': [
        "{{ config(materialized='incremental', incremental_strategy='delete+insert', unique_key='id') }}",
        'select 1 as id, 2 as n',
        '',
      ].join('\n'),
    },
  });
  expect(await project.run('run')).toMatchObject({ exit: 0 });
  server.log.clear();
  server.faults.order({ kind: 'session-gone' }, { sql: /^delete from/ });
  expect(await project.run('run')).toMatchObject({ exit: 0 });
  expect(changes(/^(create|begin|delete|insert|commit)/).map((sql) => sql.split(' ', 3).join(' '))).toEqual([
    ...['create or replace', 'begin', 'create or replace', 'begin'],
    ...['delete from analytics.shop.kept', 'insert into analytics.shop.kept', 'commit'],
  ]);
  expect(await rowsOf(snowflake, login(), 'select * from shop.kept')).toEqual(['[1,2]']);
  project.remove();
}, 60_000);
