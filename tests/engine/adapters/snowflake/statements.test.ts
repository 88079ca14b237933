import { describe, expect, test } from 'vitest';
import { withCatalog } from '../../../../src/adapters/snowflake/catalogs.ts';
import snowflake from '../../../../src/adapters/snowflake/index.ts';
import {
  type Catalogs,
  ColumnValue,
  type Json,
  type JsonObject,
  type NodeConfig,
  Problem,
  type Relation,
  RelationValue,
} from '../../../../src/core/index.ts';
import type { Dict, HostObject } from '../../../../src/jinja/index.ts';
import { parse } from '../../../../src/sql/index.ts';

const { statements } = snowflake;
const { expressions } = statements;

describe('names', () => {
  const relation: Relation = { database: 'shop', schema: 'gold', identifier: 'orders' };

  test.each([
    ['as they are', {}, 'shop.gold.orders'],
    ['quoted where that is asked for', { quote: { identifier: true } }, 'shop.gold."orders"'],
    ['without the parts that there are none of', { database: null }, 'gold.orders'],
  ])('are written %s', (_, change, sql) => {
    expect(statements.renderRelation({ ...relation, ...change })).toBe(sql);
  });

  test('of the information schema have the quotes of their relation', () => {
    const view = new RelationValue(relation, statements).getAttribute('information_schema') as HostObject;
    expect((view.call(['tables'], new Map(), undefined as never) as HostObject).str()).toBe(
      'shop.INFORMATION_SCHEMA.tables',
    );
  });
});

test('a text has its quotes doubled, and its backslashes', () => {
  expect(statements.literal("it's C:\\dir")).toBe("'it''s C:\\\\dir'");
});

const configured = (more: Record<string, Json>): NodeConfig => ({
  ...{ enabled: true, materialized: 'table', tags: [], meta: {} },
  ...more,
});

test('a table of a format that there is none of is refused, and not made of another', () => {
  const relation: Relation = { database: 'shop', schema: 'gold', identifier: 'orders' };
  const config = configured({ table_format: 'delta' });
  expect(() => statements.createTableAs(relation, 'select 1', { config })).toThrow(Problem);
});

describe('a catalog', () => {
  const catalog = (type: string, properties: JsonObject = {}): Catalogs =>
    new Map([['LAKE', { name: 'lake', type, tableFormat: null, externalVolume: 's3', fileFormat: null, properties }]]);
  const rest = catalog('iceberg_rest', { catalog_linked_database: 'polaris', target_file_size: '16MB' });

  test('says what a model does not say itself', () => {
    expect(withCatalog(configured({ catalog_name: 'Lake' }), catalog('built_in'))).toMatchObject({
      table_format: 'iceberg',
      external_volume: 's3',
    });
    const own = configured({ catalog_name: 'lake', external_volume: 'own' });
    expect(withCatalog(own, catalog('built_in'))).toMatchObject({ external_volume: 'own' });
    expect(withCatalog(configured({ catalog_name: 'snowflake' }), new Map())).toMatchObject({
      table_format: 'iceberg',
    });
    expect(withCatalog(configured({ catalog_name: 'lake' }), rest)).toMatchObject({
      catalog_linked_database: 'polaris',
      target_file_size: '16MB',
    });
  });

  test.each([
    ['that there is none of', new Map(), {}, "There is no catalog 'lake' in catalogs.yml"],
    ['of a type that there is none of', catalog('hive'), {}, "is of the type 'hive'"],
    [
      'without a linked database',
      catalog('iceberg_rest'),
      {},
      "needs 'adapter_properties: {catalog_linked_database: …}'",
    ],
    ['with a setting that means nothing there', rest, { cluster_by: 'id' }, "'cluster_by' means nothing"],
    ['with a view', rest, { materialized: 'view' }, "What is 'view' cannot be made"],
    ['with a held-back table', rest, { publish: 'after_tests' }, 'cannot be made'],
    [
      'with a strategy that needs a second table',
      rest,
      { materialized: 'incremental', incremental_strategy: 'delete+insert' },
      "strategy 'delete+insert' cannot be made",
    ],
  ] as const)('%s is refused', (_, catalogs, more, message) => {
    const failure = (() => {
      try {
        return withCatalog(configured({ catalog_name: 'lake', ...more }), catalogs);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(failure).toBeInstanceOf(Problem);
    expect((failure as Problem).diagnostics[0]?.message).toContain(message);
  });
});

test('a relation says in templates that nothing is quoted, unless somebody says so', () => {
  const policyOf = (relation: Relation): unknown[] => {
    const policy = new RelationValue(relation, statements).getAttribute('quote_policy') as Dict;
    return ['database', 'schema', 'identifier'].map((part) => policy.get(part));
  };
  const relation: Relation = { database: 'shop', schema: 'gold', identifier: 'orders' };
  expect(policyOf(relation)).toEqual([false, false, false]);
  expect(policyOf({ ...relation, quote: { schema: true } })).toEqual([false, true, false]);
});

test('a table is read as it was at a moment, whatever the zone of the session', () => {
  const at = new Date('2025-01-31T06:00:00+02:00');
  const sql = `select * from ${statements.relationAt?.({ database: null, schema: 'gold', identifier: 'orders' }, at)} as o`;
  expect(sql).toBe("select * from gold.orders at (timestamp => to_timestamp_tz('2025-01-31 04:00:00+00:00')) as o");
  expect(parse(sql, { dialect: 'snowflake' }).diagnostics).toEqual([]);
});

describe("dbt's cross-database macros", () => {
  test.each([
    [statements.dateAdd('day', '1', 'at'), 'dateadd(day, 1, at)'],
    [expressions.dateDiff('day', 'a', 'b'), 'datediff(day, a, b)'],
    [expressions.lastDay('month', 'at'), "cast(dateadd(day, -1, dateadd(month, 1, date_trunc('month', at))) as date)"],
    [expressions.date('2024', '3', '1'), "to_date('2024-03-01', 'YYYY-MM-DD')"],
    [expressions.hash('a'), 'md5(cast(a as TEXT))'],
    [expressions.boolOr('a'), 'boolor_agg(a)'],
    [expressions.arrayConstruct(['1', '2'], 'int'), 'array_construct(1, 2)'],
    [
      expressions.listAgg({ measure: 'a', delimiter: "','", orderBy: 'order by a' }),
      "listagg(a, ',') within group (order by a)",
    ],
    [expressions.right('a', '2'), "case when 2 = 0 then '' else right(a, 2) end"],
    [expressions.safeCast('a', 'integer'), 'try_cast(a as integer)'],
    [expressions.safeCast('12.5', 'integer'), "try_cast('12.5' as integer)"],
    [expressions.safeCast('a', 'variant'), 'cast(a as variant)'],
    [expressions.safeCast('a', 'GEOGRAPHY'), 'try_to_geography(a)'],
    [expressions.cast('a', 'geometry'), 'to_geometry(a)'],
    [expressions.escapeSingleQuotes("it's"), "it\\'s"],
    [statements.currentTimestamp(), "convert_timezone('UTC', current_timestamp())"],
    [statements.instant(new Date('2024-03-01T00:00:00Z')), "to_timestamp_tz('2024-03-01 00:00:00+00:00')"],
  ])('%s', (written, sql) => {
    expect(written).toBe(sql);
  });
});

describe('columns, as templates see them', () => {
  const column = (type: string) => new ColumnValue({ name: 'A', type }, statements);
  const ask = (type: string, question: string) =>
    (column(type).getAttribute(question) as HostObject).call([], new Map(), undefined as never);

  test.each([
    ['VARCHAR(16777216)', 'character varying(16777216)'],
    ['VARCHAR(8)', 'character varying(8)'],
    ['NUMBER(38,0)', 'NUMBER(38,0)'],
    ['FLOAT', 'FLOAT'],
    ['TIMESTAMP_NTZ(9)', 'TIMESTAMP_NTZ'],
    ['VECTOR(FLOAT, 3)', 'VECTOR(FLOAT, 3)'],
  ])('%s is written %s', (type, written) => {
    expect(column(type).dataType).toBe(written);
  });

  test.each([
    ['VARCHAR(8)', { is_string: true, is_number: false }],
    ['NUMBER(38,0)', { is_numeric: true, is_integer: false, is_number: true, is_string: false }],
    ['FLOAT', { is_float: true, is_number: true, is_numeric: false }],
  ])('%s is what dbt-snowflake takes it for', (type, answers) => {
    for (const [question, answer] of Object.entries(answers))
      expect([question, ask(type, question)]).toEqual([question, answer]);
  });
});

test.each([
  ['VARCHAR(16777216)', 'text', true],
  ['NUMBER(38,0)', 'integer', true],
  ['NUMBER(38,0)', 'FLOAT', false],
  ['TIMESTAMP_NTZ(9)', 'timestamp', true],
  ['TIMESTAMP_TZ(9)', 'timestamp', false],
])('to a contract, %s and %s are one: %s', (left, right, same) => {
  expect(snowflake.sameType?.(left, right)).toBe(same);
});
