import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { compareData } from '../../../../src/5-execute/data-diff/compare.ts';
import type { DiffRequest } from '../../../../src/5-execute/data-diff/sides.ts';
import duckdb from '../../../../src/adapters/duckdb/index.ts';
import { type DataDifference, isSameData, type Session, type Warehouse } from '../../../../src/core/index.ts';

let warehouse: Warehouse;
let session: Session;

beforeAll(async () => {
  warehouse = await duckdb.connect({ path: ':memory:' }, { threads: 1 });
  session = await warehouse.openSession();
});
afterAll(() => warehouse.close());

beforeEach(async () => {
  await session.execute('drop table if exists before_rows');
  await session.execute('drop table if exists after_rows');
});

/** Two tables, made by these queries. */
async function given(before: string, after: string): Promise<void> {
  await session.execute(`create table before_rows as ${before}`);
  await session.execute(`create table after_rows as ${after}`);
}

async function compare(options: Partial<DiffRequest> = {}): Promise<DataDifference> {
  const side = async (from: string) => ({ from, columns: await session.describeQuery(`select * from ${from}`) });
  const request = { before: await side('before_rows'), after: await side('after_rows'), key: ['id'], ...options };
  return compareData(request, session, duckdb.statements);
}

const numbers = `select i as id, i % 7 as amount, 'name ' || i as name from range(10000) as t(i)`;
const countsOf = ({ added, removed, changed, repeated }: DataDifference) => ({
  added: added.keys,
  removed: removed.keys,
  changed: changed.keys,
  repeated: repeated.keys,
});

describe('comparing two sets of rows', () => {
  test('finds nothing between tables with the same rows in another order', async () => {
    await given(numbers, `${numbers} order by name desc`);
    const found = await compare();
    expect(isSameData(found)).toBe(true);
    expect(found.rows).toEqual({ before: 10_000, after: 10_000 });
    expect(found.compared).toBe(10_000);
  });

  test('tells of very many columns as of few, by several statements', async () => {
    const wide = (value: (at: number) => string) =>
      `select i as id, ${Array.from({ length: 150 }, (_, at) => `${value(at)} as c${at}`).join(', ')} from range(10) as t(i)`;
    await given(
      wide(() => 'i'),
      `${wide((at) => (at === 7 ? 'i' : `case when i < ${at % 5} then -1 else i end`))} where i > 0`,
    );
    const found = await compare();
    expect(countsOf(found)).toEqual({ added: 0, removed: 1, changed: 3, repeated: 0 });
    expect(found.removed.examples).toEqual(['0']);
    expect(found.values.map(({ changed }) => changed)).toEqual(
      Array.from({ length: 150 }, (_, at) => (at === 7 ? 0 : Math.max(0, (at % 5) - 1))),
    );
    expect(found.values[148]).toEqual({
      name: 'c148',
      changed: 2,
      examples: [
        { key: '1', before: '1', after: '-1' },
        { key: '2', before: '2', after: '-1' },
      ],
    });
  });

  test('counts rows that were added, removed and changed, and names some of them', async () => {
    await given(
      numbers,
      `select id, case when id in (5, 6, 7, 8) then -1 else amount end as amount,
         case when id = 6 then 'other' else name end as name from (${numbers}) where id >= 3
       union all select 20000 + i, 0, 'new' from range(5) as t(i)`,
    );
    const found = await compare();
    expect(countsOf(found)).toEqual({ added: 5, removed: 3, changed: 4, repeated: 0 });
    expect(found.added.examples).toEqual(['20000', '20001', '20002']);
    expect(found.removed.examples).toEqual(['0', '1', '2']);
    expect(found.compared).toBe(9_997);
    expect(found.values).toEqual([
      {
        name: 'amount',
        changed: 4,
        examples: [
          { key: '5', before: '5', after: '-1' },
          { key: '6', before: '6', after: '-1' },
          { key: '7', before: '0', after: '-1' },
        ],
      },
      { name: 'name', changed: 1, examples: [{ key: '6', before: 'name 6', after: 'other' }] },
    ]);
  });

  test('takes a null that became a value, and a value that became null, for changes, and two nulls for equal', async () => {
    await given(
      `select * from (values (1, null), (2, 'a'), (3, null)) as t(id, name)`,
      `select * from (values (1, 'b'), (2, null), (3, null)) as t(id, name)`,
    );
    const found = await compare();
    expect(countsOf(found)).toEqual({ added: 0, removed: 0, changed: 2, repeated: 0 });
    expect(found.values[0]?.examples).toEqual([
      { key: '1', before: null, after: 'b' },
      { key: '2', before: 'a', after: null },
    ]);
  });

  test('matches rows whose key is null', async () => {
    await given(`select null::int as id, 1 as amount`, `select null::int as id, 2 as amount`);
    const found = await compare();
    expect(countsOf(found)).toEqual({ added: 0, removed: 0, changed: 1, repeated: 0 });
    expect(found.values[0]?.examples[0]?.key).toBe('null');
  });

  test('compares whole rows of a thousand columns, of which an example shows the first', async () => {
    const columns = Array.from({ length: 1_100 }, (_, at) => `i + ${at} as c${at}`).join(', ');
    await given(`select ${columns} from range(3) as t(i)`, `select ${columns} from range(1, 3) as t(i)`);
    const found = await compare({ key: [] });
    expect(countsOf(found)).toEqual({ added: 0, removed: 1, changed: 0, repeated: 0 });
    expect(found.removed.examples).toEqual([`${[...Array(20).keys()].join(', ')}, …`]);
  });

  test('matches by several columns', async () => {
    const rows = `select i % 10 as day, i // 10 as store, i as amount from range(100) as t(i)`;
    await given(
      rows,
      `select day, store, case when day = 3 and store = 4 then 0 else amount end as amount from (${rows})`,
    );
    const found = await compare({ key: ['day', 'STORE'] });
    expect(countsOf(found)).toEqual({ added: 0, removed: 0, changed: 1, repeated: 0 });
    expect(found.values[0]?.examples).toEqual([{ key: '3, 4', before: '43', after: '0' }]);
  });

  test('counts floating-point noise only where no tolerance allows it', async () => {
    await given(
      `select i as id, i / 3.0::double as share from range(1000) as t(i)`,
      `select i as id, i / 3.0::double + case when i = 9 then 1 when i % 2 = 0 then 1e-12 else 0 end as share from range(1000) as t(i)`,
    );
    // What is too small for a large number is lost in the table itself.
    const noisy = await session.query(
      'select count(*) from before_rows join after_rows using (id) where before_rows.share <> after_rows.share',
    );
    expect((await compare()).changed.keys).toBe(Number(noisy.rows[0]?.[0]));
    const found = await compare({ tolerance: 1e-9 });
    expect(found.changed.keys).toBe(1);
    expect(found.values[0]?.examples).toEqual([{ key: '9', before: '3.0', after: '4.0' }]);
  });

  test('takes what is infinite or no number for different with any tolerance, and compares lists of numbers as they are', async () => {
    await given(
      `select * from (values (1, 'inf'::double, [1.0::double]), (2, 'nan', [2]), (3, 'inf', [3]), (4, 'nan', [4]), (5, null, [5])) t(id, share, shares)`,
      `select * from (values (1, '-inf'::double, [1.0::double]), (2, 1, [2]), (3, 1e300, [0]), (4, 'nan', [4]), (5, null, [5])) t(id, share, shares)`,
    );
    const found = await compare({ tolerance: 1e-9 });
    expect(found.values.map(({ name, changed }) => [name, changed])).toEqual([
      ['share', 3],
      ['shares', 1],
    ]);
  });

  test('takes an interval for no number', async () => {
    await given(`select 1 as id, interval 1 day as lasts`, `select 1 as id, 1 as lasts`);
    expect((await compare()).columns.retyped).toEqual([{ name: 'lasts', before: 'INTERVAL', after: 'INTEGER' }]);
  });

  test('says that a column has another type, and compares its values all the same', async () => {
    await given(
      `select i as id, i::int as amount, i::varchar as code from range(100) as t(i)`,
      `select i as id, (i + case when i = 50 then 1 else 0 end)::decimal(10, 2) as amount, i as code from range(100) as t(i)`,
    );
    const found = await compare();
    expect(found.columns.retyped).toEqual([
      { name: 'amount', before: 'INTEGER', after: 'DECIMAL(10,2)' },
      { name: 'code', before: 'VARCHAR', after: 'BIGINT' },
    ]);
    expect(found.values.map(({ name, changed }) => [name, changed])).toEqual([
      ['amount', 1],
      ['code', 0],
    ]);
  });

  test('names columns that came and went', async () => {
    await given('select 1 as id, 2 as old_one', 'select 1 as id, 3 as new_one');
    const found = await compare();
    expect(found.columns.added).toEqual([{ name: 'new_one', type: 'INTEGER' }]);
    expect(found.columns.removed).toEqual([{ name: 'old_one', type: 'INTEGER' }]);
    expect(isSameData(found)).toBe(false);
    expect(countsOf(found)).toEqual({ added: 0, removed: 0, changed: 0, repeated: 0 });
  });

  test('counts keys that stand in several rows apart', async () => {
    await given(
      numbers,
      `${numbers} union all select id, amount, name from (${numbers}) where id in (10, 11)
       union all select 12, -5, 'twice'`,
    );
    const found = await compare();
    expect(countsOf(found)).toEqual({ added: 0, removed: 0, changed: 0, repeated: 3 });
    expect(found.repeated).toEqual({ keys: 3, before: 3, after: 6, examples: ['10', '11', '12'] });
    expect(found.compared).toBe(9_997);
  });

  test('finds nothing where a key stands in the same several rows on both sides', async () => {
    const twice = `${numbers} union all ${numbers}`;
    await given(twice, `select * from (${twice}) order by amount`);
    expect(isSameData(await compare())).toBe(true);
  });

  test('compares whole rows where there is no key', async () => {
    await given(
      `select * from (values (1, 'a'), (1, 'a'), (2, 'b'), (3, null)) as t(id, name)`,
      `select * from (values (1, 'a'), (2, 'b'), (2, 'c'), (3, null), (3, null)) as t(id, name)`,
    );
    const found = await compare({ key: [] });
    expect(countsOf(found)).toEqual({ added: 2, removed: 1, changed: 0, repeated: 0 });
    expect(found.added.after - found.added.before).toBe(2);
    expect(found.removed.before - found.removed.after).toBe(1);
    expect(found.added.examples).toEqual(['2, c', '3, null']);
  });

  test('looks at the rows of a condition only', async () => {
    await given(numbers, `select id, amount + 1 as amount, name from (${numbers})`);
    const found = await compare({ where: 'id between 10 and 19' });
    expect(found.rows).toEqual({ before: 10, after: 10 });
    expect(found.changed.keys).toBe(10);
  });

  test('looks at a sample where more rows differ than it may compare, and says so', async () => {
    const many = `select i as id, 1 as amount from range(200000) as t(i)`;
    await given(many, `select id, 2 as amount from (${many})`);
    const found = await compare({ rowLimit: 10_000 });
    expect(found.sample?.of).toBe(200_000);
    expect(found.sample?.rows).toBeGreaterThan(9_000);
    expect(found.sample?.rows).toBeLessThanOrEqual(10_000);
    expect(found.changed.keys).toBe(found.sample?.rows);
    expect(found.rows).toEqual({ before: 200_000, after: 200_000 });
  });

  test('compares nested values', async () => {
    await given(
      `select i as id, {'a': i, 'b': [i, null]} as nested from range(10) as t(i)`,
      `select i as id, {'a': i, 'b': [i, case when i = 4 then 4 end]} as nested from range(10) as t(i)`,
    );
    const found = await compare();
    expect(found.values).toEqual([
      {
        name: 'nested',
        changed: 1,
        examples: [{ key: '4', before: "{'a': 4, 'b': [4, NULL]}", after: "{'a': 4, 'b': [4, 4]}" }],
      },
    ]);
  });

  test('refuses a key that a side does not have', async () => {
    await given('select 1 as id', 'select 1 as number');
    await expect(compare()).rejects.toMatchObject({
      diagnostics: [
        { code: 'cli/diff-key', message: "The key column 'id' is missing after, so rows cannot be matched by it" },
      ],
    });
  });
});
