import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import duckdb from '../../../src/adapters/duckdb/index.ts';
import { RelationCache, type Session, type Warehouse } from '../../../src/core/index.ts';
import { makeMacro, parseTemplate, type Value } from '../../../src/jinja/index.ts';
import { renderAsync, type Settings } from './rendering.ts';

let warehouse: Warehouse;
let session: Session;

beforeAll(async () => {
  const { output } = duckdb.resolveTarget({ type: 'duckdb', path: ':memory:' }, '/');
  warehouse = await duckdb.connect(output, { threads: 1 });
  session = await warehouse.openSession();
  await session.execute('create schema shop');
  await session.execute(
    "create table shop.orders as select 1 as id, 'a' as name, date '2024-03-31' as day, 1.50::decimal(9,2) as price",
  );
  await session.execute('create view shop.v as select * from shop.orders');
});

afterAll(async () => {
  await session.close();
  await warehouse.close();
});

const run = (source: string, settings: Settings = {}): Promise<string> =>
  renderAsync(source, { session, adapter: duckdb, ...settings });

describe('queries', () => {
  test.each([
    [
      "{% set r = run_query('select 1 as a, null as b union all select 2, 3') %}{{ r.rows | length }} {{ r.column_names }} {{ r.columns[0].values() }} {{ r.columns['b'].values() }}",
      "2 ('a', 'b') (1, 2) (None, 3)",
    ],
    [
      "{% for row in run_query('select 1 as a, 2 as b') %}{{ row[0] }}{{ row['b'] }}{{ row.a is defined }}{{ row.values() }}{% endfor %}",
      '12True(1, 2)',
    ],
    [
      "{{ run_query('select day, price, [1, 2] as l, 2.0::double as f from shop.orders').rows[0].values() | join(' ') }}",
      '2024-03-31 1.50 [1, 2] 2.0',
    ],
    ["{{ run_query('select day from shop.orders').columns[0].values()[0].strftime('%d.%m.') }}", '31.03.'],
    [
      "{% call statement('x', fetch_result=true) %}select {{ 40 + 2 }} as n{% endcall %}{% set r = load_result('x') %}{{ r.data }} {{ r['data'][0][0] }} {{ r.table.rows[0]['n'] }} {{ r.response }}",
      '[(42,)] 42 42 OK',
    ],
    ["{{ store_result('y', response='done') }}{{ load_result('y').response }}", 'done'],
    [
      "{% call noop_statement('main', message='INSERT 5', code='INSERT', rows_affected=5) %}no SQL at all{% endcall %}{{ load_result('main').response }} {{ load_result('x') is none }}",
      'INSERT 5 True',
    ],
    [
      "{% set t = run_query(\"select 3 as a, 2.5 as b, 2.0 as c, true as d, 'x' as e, date '2024-01-02' as f, timestamp '2024-01-02 03:04:05' as g, null as h\") %}{% for type in t.column_types %}{{ type.jsonify(t.rows[0][loop.index0]) }} {% endfor %}{{ t.columns.g.data_type.csvify(none) }}",
      '3 2.5 2.0 True x 2024-01-02 2024-01-02T03:04:05 None None',
    ],
    ["{{ adapter.execute('select 5 as a', fetch=true)[1].columns[0][0] }}", '5'],
    ["{{ run_query('select 1 as a, 2 as b').rename(column_names={'a': 'c'}).column_names }}", "('c', 'b')"],
    [
      "{% set t = run_query('select unnest([2, null, 10]) as a') %}{{ t.order_by('a').columns.a.values() }} {{ t.order_by('a', reverse=true).columns.a.values() }}",
      '(2, 10, None) (None, 10, 2)',
    ],
  ])('%s', async (source, printed) => {
    expect(await run(source)).toBe(printed);
  });

  test('print_table() prints, also what was made of a table', async () => {
    const said: string[] = [];
    const others = { log: (text: string, to: string) => void said.push(`${to}: ${text}`) };
    const source = "{{ run_query('select 1 as a, 2 as b').exclude(['b']).print_table() }}";
    expect(await run(source, { others })).toBe('None');
    expect(said).toEqual(['stdout: | a |\n| - |\n| 1 |']);
  });

  // Recorded from agate 1.9.1, of which dbt's tables are.
  describe('print as in dbt', () => {
    const some =
      "{% set r = run_query(\"select * from (values (1200, 'a text of more than 20 signs', 1234.5, date '2024-01-02'), (2, null, 0.12345, null), (3, 'c', null, null)) as t(id, words, amount, day)\") %}";
    const printed = async (source: string): Promise<string> => {
      const said: string[] = [];
      await run(some + source, { others: { log: (text) => void said.push(text) } });
      return said.join('\n');
    };

    test('rows', async () => {
      expect(await printed('{% do r.print_table(max_rows=2, max_columns=3) %}')).toBe(`\
|   id | words                |     amount | ... |
| ---- | -------------------- | ---------- | --- |
| 1200 | a text of more th... | 1,234.500… | ... |
|    2 |                      |     0.123… | ... |
|  ... | ...                  |        ... | ... |`);
      expect(await printed('{% do r.print_table(max_column_width=none, max_precision=none) %}')).toBe(`\
|   id | words                        |      amount |        day |
| ---- | ---------------------------- | ----------- | ---------- |
| 1200 | a text of more than 20 signs | 1,234.50000 | 2024-01-02 |
|    2 |                              |     0.12345 |            |
|    3 | c                            |             |            |`);
    });

    test('columns', async () => {
      const structure = `\
| column | data_type |
| ------ | --------- |
| id     | Integer   |
| words  | Text      |
| amount | Number    |
| day    | Date      |`;
      expect(await run(`${some}{{ r }}`)).toBe(`${structure}\n`);
      expect(await printed('{% do r.print_structure() %}')).toBe(structure);
    });

    test('parts', async () => {
      expect(await run(`${some}{{ r.columns.id }} {{ r.rows[2].items() }} {{ r.column_names.index('words') }}`)).toBe(
        "<agate.Column: (1200, 2, 3)> (('id', 3), ('words', 'c'), ('amount', None), ('day', None)) 1",
      );
      expect(await run(`${some}{{ r.columns.id.values_sorted() }} {{ r.columns.keys() }} {{ r.rows.keys() }}`)).toBe(
        "[2, 3, 1200] ('id', 'words', 'amount', 'day') None",
      );
    });
  });

  test('a result can be loaded once', async () => {
    const source = "{% call statement('x') %}select 1{% endcall %}{{ load_result('x') is none }}{{ load_result('x') }}";
    await expect(run(source)).rejects.toThrow("'x' was loaded before");
  });

  test('what the warehouse refuses names the statement', async () => {
    await expect(run("{{ run_query('select nothing_here') }}")).rejects.toThrow(
      /nothing_here[\s\S]*in the statement:\nselect/,
    );
  });

  test('without a connection the function says so', async () => {
    await expect(renderAsync("{{ run_query('select 1') }}")).rejects.toThrow('run_query() needs the warehouse');
  });
});

describe('adapter', () => {
  test.each([
    [
      "{{ adapter.get_relation('memory', 'shop', 'orders') }} {{ adapter.get_relation('memory', 'shop', 'V').is_view }} {{ adapter.get_relation('memory', 'shop', 'nothing') }}",
      '"memory"."shop"."orders" True None',
    ],
    [
      "{{ adapter.get_columns_in_relation(api.Relation.create('memory', 'shop', 'orders')) | map(attribute='name') | list }}",
      "['id', 'name', 'day', 'price']",
    ],
    [
      "{% for c in adapter.get_columns_in_relation(api.Relation.create('memory', 'shop', 'orders')) %}{{ c.quoted }}:{{ c.data_type }}:{{ c.is_string() }} {% endfor %}",
      '"id":INTEGER:False "name":character varying(256):True "day":DATE:False "price":DECIMAL(9,2):False ',
    ],
    ["{{ adapter.list_schemas('memory') | select('equalto', 'shop') | list }}", "['shop']"],
    ["{{ adapter.list_relations('memory', 'shop') | map(attribute='identifier') | sort }}", "['orders', 'v']"],
    [
      "{{ adapter.check_schema_exists('memory', 'shop') }} {{ adapter.check_schema_exists('memory', 'none') }}",
      'True False',
    ],
    [
      "{{ load_relation(api.Relation.create('memory', 'shop', 'orders')).type }} {{ load_cached_relation(api.Relation.create('memory', 'shop', 'x')) }}",
      'table None',
    ],
    [
      "{{ adapter.get_missing_columns(api.Relation.create('memory', 'shop', 'orders'), api.Relation.create('memory', 'shop', 'v')) }}",
      '[]',
    ],
    [
      "{{ adapter.get_columns_in_table('shop', 'v', 'memory') | map(attribute='name') | join(' ') }} {{ adapter.location_exists('none/*.csv') }} {{ adapter.is_motherduck() }}",
      'id name day price False False',
    ],
    [
      "{% set o = {'partition_by': 'a,b', 'delimiter': ';'} %}{{ adapter.external_write_options('x', o) }} {{ adapter.external_read_location('x', o) }}",
      "partition_by (a,b), delimiter ';', format csv, header 1 x/*/*/*.csv",
    ],
    [
      "{% set r = api.Relation.create('memory', 'shop', 'orders') %}{{ adapter.is_ducklake(r) }} {{ adapter.build_catalog_relation(model) }} {{ r.incorporate(path=adapter.get_temp_relation_path(r, 'b1')).schema }}",
      'False None dbt_temp',
    ],
    [
      "{{ adapter.batch_id_for_model({'batch': {'event_time_start': '2024-01-01 06:00:00+00:00'}}) }} {{ adapter.batch_id_for_model({}) | length }}",
      '20240101_0600000000 0',
    ],
  ])('%s', async (source, printed) => {
    expect(await run(source)).toBe(printed);
  });

  test('a schema without relations exists', async () => {
    const source =
      "{% do run_query('create schema empty') %}{{ adapter.check_schema_exists('memory', 'EMPTY') }} {{ adapter.check_schema_exists('other', 'empty') }}";
    expect(await run(source)).toBe('True False');
  });

  test('makes, renames and drops', async () => {
    const source = `
      {%- set s = api.Relation.create(database='memory', schema='made') -%}
      {%- do adapter.create_schema(s) -%}
      {%- do run_query('create table made.a as select 1 as x') -%}
      {%- set a = adapter.get_relation('memory', 'made', 'a') -%}
      {%- set b = a.incorporate(path={'identifier': 'b'}) -%}
      {%- do adapter.rename_relation(a, b) -%}
      {{ adapter.get_relation('memory', 'made', 'a') }} {{ adapter.get_relation('memory', 'made', 'b') }}
      {%- do adapter.drop_relation(b) %} {{ adapter.list_relations('memory', 'made') }}
      {%- do adapter.drop_schema(s) -%}`;
    expect(await run(source)).toBe('None "memory"."made"."b" []');
  });

  test('a relation cache follows what templates change', async () => {
    const relations = new RelationCache();
    const source = `
      {%- set a = api.Relation.create('memory', 'shop', 'extra', type='table') -%}
      {{ adapter.get_relation('memory', 'shop', 'extra') }}
      {%- do run_query('create table shop.extra as select 1 as x') -%}
      {%- do adapter.rename_relation(a, a.incorporate(path={'identifier': 'extra2'})) %} {{ adapter.get_relation('memory', 'shop', 'extra2').type }}
      {%- do adapter.drop_relation(a.incorporate(path={'identifier': 'extra2'})) %} {{ adapter.get_relation('memory', 'shop', 'extra2') }}`;
    expect(await run(source, { others: { relations } })).toBe('None table None');
  });
});

describe("macros behind dbt's materializations", () => {
  const t = "api.Relation.create(database='memory', schema='shop', identifier='orders', type='table')";
  const v = "api.Relation.create(database='memory', schema='shop', identifier='v', type='view')";
  const quoted = '"memory"."shop"."orders"';
  test.each([
    ["{{ information_schema_name('memory') }}", 'memory.information_schema'],
    ["{{ list_schemas('memory').columns['schema_name'].values() | select('equalto', 'shop') | list | length }}", '1'],
    [`{{ check_schema_exists(${t}.information_schema(), 'shop').rows[0][0] }}`, '1'],
    [
      `{{ get_create_sql(${v}, 'select 1') is defined }} {{ get_drop_backup_sql(${t}) }}`,
      `True drop table if exists ${quoted.replace('orders', 'orders__dbt_backup')} cascade`,
    ],
    [
      `{{ get_rename_intermediate_sql(${t}) }}`,
      `alter table ${quoted.replace('orders', 'orders__dbt_tmp')} rename to "orders"`,
    ],
    [
      `{{ get_merge_update_columns(none, ['NAME'], adapter.get_columns_in_relation(${t})) }}`,
      `['"id"', '"day"', '"price"']`,
    ],
    [`{{ get_merge_update_columns(['a'], none, []) }}`, "['a']"],
    ["{{ get_test_sql('select 1', 'count(*)', '!= 0', '> 5', none) is string }}", 'True'],
    ["{{ get_limit_sql('select 1', none) }}{{ get_batch_size() }}", 'select 110000'],
    ["{{ dates_in_range('20240228', '20240301', out_fmt='%Y-%m-%d') }}", "['2024-02-28', '2024-02-29', '2024-03-01']"],
    [
      "{{ partition_range('20240131, 20240201') }} {{ convert_datetime('20240131', '%Y%m%d') }}",
      '["\'20240131\'", "\'20240201\'"] 2024-01-31 00:00:00',
    ],
    ["{{ adapter.get_incremental_strategy_macro(context, 'delete+insert') is not none }}", 'True'],
    [
      "{{ adapter.convert_type(run_query('select 1::smallint as a'), 0) }} {{ adapter.escape_sql_string(\"it's\") }}",
      "SMALLINT it''s",
    ],
    [
      "{{ adapter.render_raw_columns_constraints(raw_columns={'id': {'name': 'id', 'data_type': 'int', 'constraints': [{'type': 'not_null'}, {'type': 'primary_key'}]}, 'n': {'name': 'n', 'data_type': 'text'}}) }}",
      `['"id" int not null primary key', '"n" text']`,
    ],
    [
      "{{ adapter.render_raw_model_constraints([{'type': 'check', 'name': 'pos', 'expression': 'id > 0'}, {'type': 'unique', 'columns': ['id', 'n']}]) }}",
      "['constraint pos check (id > 0)', 'unique (id, n)']",
    ],
    [
      "{{ adapter.standardize_grants_dict(run_query(\"select 'me' as grantee, 'select' as privilege_type\")) }}",
      "{'select': ['me']}",
    ],
    [`{{ get_grant_sql(${t}, 'select', ['me']) }}`, ''],
  ])('%s', async (source, printed) => {
    expect(await run(source)).toBe(printed);
  });

  test('a built-in materialization is for materializations alone', async () => {
    await expect(run('{{ materialization_table_default() }}')).rejects.toThrow('from materializations alone');
  });

  test('a strategy that nobody knows is an error', async () => {
    const source = "{{ adapter.get_incremental_strategy_macro(context, 'x') }}";
    await expect(run(source)).rejects.toThrow('get_incremental_x_sql');
  });
});

describe('is_incremental', () => {
  const config = { enabled: true, materialized: 'incremental', tags: [], meta: {} };
  const settings: Settings = {
    node: { config } as never,
    thisRelation: { database: 'memory', schema: 'shop', identifier: 'orders' },
  };
  test.each<[string, Settings, string]>([
    ['the table is there', {}, 'True'],
    ['with --full-refresh', { fullRefresh: true }, 'False'],
    ['full_refresh: false wins over the option', { fullRefresh: true, config: { full_refresh: false } }, 'True'],
    ['full_refresh: true in the model', { config: { full_refresh: true } }, 'False'],
    ['on the first run', { thisRelation: { database: 'memory', schema: 'shop', identifier: 'new' } }, 'False'],
    ['a view is there', { thisRelation: { database: 'memory', schema: 'shop', identifier: 'v' } }, 'False'],
    ['the model is no incremental one', { node: { config: { ...config, materialized: 'table' } } as never }, 'False'],
  ])('%s', async (_, more, printed) => {
    expect(await run('{{ is_incremental() }}', { ...settings, ...more })).toBe(printed);
  });
});

describe('macros of the project in place of what the adapter does', () => {
  const columns =
    "{% for column in adapter.get_columns_in_relation(api.Relation.create(schema='shop', identifier='v')) %}{{ column }}{% endfor %}";
  test.each(['get_columns_in_relation', 'duckdb__get_columns_in_relation', 'default__get_columns_in_relation'])(
    '%s',
    async (name) => {
      const [block] = parseTemplate(`{% macro ${name}(relation) %}{{ return(['own']) }}{% endmacro %}`).blocks;
      if (block === undefined) throw new Error('no macro');
      const own = makeMacro(block);
      const others = { findMacro: (_: string | null, asked: string) => (asked === name ? own : undefined) };
      expect(await run(columns, { others })).toBe('own');
    },
  );
  test('a relation is a mapping, and a text is none', async () => {
    expect(await run("{{ api.Relation.create(identifier='a') is mapping }} {{ 'a' is mapping }}")).toBe('True False');
  });
});

describe('dispatch', () => {
  const macro = (name: string, text: string): Value => {
    const [block] = parseTemplate(`{% macro ${name}(x='') %}${text}{{ x }}{% endmacro %}`).blocks;
    if (block === undefined) throw new Error('no macro');
    return makeMacro(block);
  };
  test('prefers the adapter to the default, and a package to the next', async () => {
    const found = new Map<string, Value>([
      ['shop.default__a', macro('default__a', 'root default ')],
      ['tools.duckdb__a', macro('duckdb__a', 'tools duckdb ')],
      ['tools.duckdb__b', macro('duckdb__b', 'b ')],
    ]);
    const others = {
      findMacro: (packageName: string | null, name: string) => found.get(`${packageName}.${name}`),
      macroSearchOrder: () => ['shop', 'tools'],
    };
    expect(
      await run("{{ adapter.dispatch('a', 'tools')(1) }}{{ adapter.dispatch('b', 'tools')(x=2) }}", { others }),
    ).toBe('root default 1b 2');
  });
  test('finds macros by their plain names where nothing else is known', async () => {
    const names = { default__c: macro('default__c', 'plain') };
    expect(await run("{{ adapter.dispatch('c')() }}", { names })).toBe('plain');
  });
  test('falls back to what Ingot has under that name', async () => {
    expect(await run("{{ adapter.dispatch('should_full_refresh', 'dbt')() }}")).toBe('False');
  });
});
