import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import duckdb from '../../../src/adapters/duckdb/index.ts';
import {
  type DataTest,
  type DataTestRequest,
  type Json,
  type JsonObject,
  judgeTest,
  type NodeConfig,
  type Session,
  testStatement,
  type Warehouse,
} from '../../../src/core/index.ts';
import recorded from './cases.json' with { type: 'json' };

const folder = new URL('../../../src/data-tests/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
const shelf = new Map<string, DataTest>();
for (const file of files) {
  const { default: dataTest } = (await import(new URL(file, folder).href)) as { default: DataTest };
  shelf.set(file.replace('.ts', ''), dataTest);
}

let warehouse: Warehouse;
let session: Session;
beforeAll(async () => {
  warehouse = await duckdb.connect({ type: 'duckdb', path: ':memory:' }, { threads: 1 });
  session = await warehouse.openSession();
  for (const [name, sql] of Object.entries(recorded.models)) await session.execute(`create table ${name} as ${sql}`);
});
afterAll(() => warehouse.close());

interface Case {
  readonly test: string;
  readonly model: string;
  readonly column?: string;
  readonly arguments?: JsonObject;
  readonly config?: JsonObject;
  readonly status: string;
  readonly failures: number;
}

async function requestOf(one: Omit<Case, 'status' | 'failures'>, dataTest: DataTest): Promise<DataTestRequest> {
  const where = one.config?.where;
  const relation = (name: Json) => `"memory"."main"."${name}"`;
  const known = Object.entries(one.arguments ?? {}).map(([name, value]) => [
    name,
    name === 'to' || name === 'compare_model' ? relation(value) : value,
  ]);
  const request: DataTestRequest = {
    model: where ? `(select * from ${relation(one.model)} where ${where}) dbt_subquery` : relation(one.model),
    columnName: one.column,
    arguments: Object.fromEntries(known),
    statements: duckdb.statements,
  };
  const columns = new Map();
  for (const sql of dataTest.relationsToDescribe?.(request) ?? []) {
    columns.set(sql, await session.describeQuery(`select * from ${sql}`));
  }
  return { ...request, columns };
}

async function verdictOf(one: Omit<Case, 'status' | 'failures'>) {
  const dataTest = shelf.get(one.test.replace('dbt_utils.', ''));
  if (!dataTest) throw new Error(`no test ${one.test}`);
  const config = { fail_calc: dataTest.failCalc } as unknown as NodeConfig;
  const sql = testStatement(config, dataTest.sql(await requestOf(one, dataTest)), duckdb.statements);
  return judgeTest(config, await session.query(sql), false);
}

describe('the same failures as with dbt and dbt_utils', () => {
  test.each(
    (recorded.cases as unknown as Case[]).map((one) => {
      const { test: name, model, column, arguments: given, config } = one;
      return [`${name} ${JSON.stringify({ model, column, ...given, ...config })}`, one] as const;
    }),
  )('%s', async (_title, one) => {
    expect(await verdictOf(one)).toMatchObject({ status: one.status, failures: one.failures });
  });

  test('every test of the shelf has a case that fails and one that passes', () => {
    const ended = (name: string, status: string) =>
      recorded.cases.some((one) => one.test.endsWith(name) && one.status === status);
    for (const name of shelf.keys()) {
      expect([name, ended(name, 'fail'), ended(name, 'pass')]).toEqual([name, true, true]);
    }
  });
});

test('a file is called as its test, and its namespace is dbt_utils or none', () => {
  expect(shelf.size).toBe(20);
  for (const [file, { name, namespace }] of shelf) {
    expect(name).toBe(file);
    expect(namespace).toBe(
      ['not_null', 'unique', 'accepted_values', 'relationships'].includes(name) ? null : 'dbt_utils',
    );
  }
});

describe('what the recorded cases do not show', () => {
  const sqlOf = (name: string, more: Partial<DataTestRequest>): string => {
    const dataTest = shelf.get(name) as DataTest;
    const model = '"memory"."main"."people"';
    return dataTest.sql({ model, columnName: undefined, arguments: {}, statements: duckdb.statements, ...more });
  };

  test('whole rows where failures are stored', async () => {
    expect(sqlOf('not_null', { columnName: 'id', storeFailures: true })).toBe(
      'select *\nfrom "memory"."main"."people"\nwhere id is null',
    );
    expect(sqlOf('expression_is_true', { arguments: { expression: 'id > 0' }, storeFailures: true })).toMatch(
      /^select \*\n/,
    );
  });

  test('quotes in values are doubled, unless somebody did it already', async () => {
    const sql = sqlOf('accepted_values', {
      columnName: 'name',
      arguments: { values: ["it's", "it''s", true, null] },
    });
    expect(sql).toContain("where value_field not in ('it''s', 'it''s', 'True', 'None')");
  });

  test('--empty does not make recency fail', async () => {
    const given = { arguments: { field: 'day', datepart: 'day', interval: 1 } };
    expect(sqlOf('recency', given)).toContain('or most_recent is null');
    expect(sqlOf('recency', { ...given, empty: true })).not.toContain('or most_recent is null');
  });

  test('an interval backwards looks into the future', async () => {
    expect(sqlOf('recency', { arguments: { field: 'day', datepart: 'day', interval: -2 } })).toContain(
      'now() + cast(2 as bigint) * interval 1 day',
    );
  });

  test('precision rounds decimals as well as floating numbers', async () => {
    const model = '"memory"."main"."people"';
    const columns = new Map([
      [
        model,
        [
          { name: 'a', type: 'DECIMAL(10,3)' },
          { name: 'b', type: 'VARCHAR' },
        ],
      ],
    ]);
    const given = { compare_model: 'other', precision: 2 };
    expect(sqlOf('equality', { arguments: given, columns })).toContain(
      'select round(cast("a" as numeric(28,6)), 2) as "a", "b" from other',
    );
  });

  test('equality compares by position where nobody knows the columns', async () => {
    expect(sqlOf('equality', { arguments: { compare_model: 'other' }, columns: undefined })).toContain(
      'select * from other',
    );
  });

  test.each<[string, JsonObject, RegExp]>([
    [
      'mutually_exclusive_ranges',
      { lower_bound_column: 'a', upper_bound_column: 'b', gaps: 'alowed' },
      /one of not_allowed, allowed, required, not 'alowed'/,
    ],
    ['equality', { compare_model: 'o', compare_columns: ['id'], exclude_columns: ['id'] }, /Only one is allowed/],
    ['equality', { compare_model: '"memory"."main"."orders"' }, /has less columns than/],
    ['relationships', { field: 'id' }, /Argument 'to' of the test is missing/],
  ])('%s refuses %j', async (name, given, message) => {
    const orders = await session.describeQuery('select * from orders');
    const people = await session.describeQuery('select * from people');
    const columns = new Map([
      ['"memory"."main"."orders"', orders],
      ['"memory"."main"."people"', people],
    ]);
    expect(() => sqlOf(name, { columnName: 'id', arguments: given, columns })).toThrow(message);
  });
});
