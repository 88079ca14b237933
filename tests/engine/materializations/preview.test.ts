import { describe, expect, it } from 'vitest';
import type { BuildAside, Json, StagedData } from '../../../src/core/index.ts';
import incremental from '../../../src/materializations/incremental.ts';
import { type Build, contextOf, useBench } from './harness.ts';

const bench = useBench();
const aside = incremental.aside as BuildAside;

interface Case {
  readonly config: Record<string, Json>;
  /** Columns of the new rows, as SQL over `n` (the row) with the columns of the table. Default: as they are. */
  readonly columns?: string;
  /** Whether a key stands in the new rows once at most: otherwise it is anybody's guess which one a merge takes. */
  readonly oneRowPerKey?: boolean;
}

const merge = (config: Record<string, Json> = {}, columns?: string): Case => ({
  config: { incremental_strategy: 'merge', unique_key: 'id', ...config },
  oneRowPerKey: true,
  ...(columns === undefined ? {} : { columns }),
});
const deleteInsert = (config: Record<string, Json>, columns?: string): Case => ({
  config: { incremental_strategy: 'delete+insert', ...config },
  ...(columns === undefined ? {} : { columns }),
});
const overwrite = (config: Record<string, Json>): Case => ({
  config: { incremental_strategy: 'insert_overwrite', ...config },
});

const more = 'id, region, amount, note, amount * 2 as doubled';
const fewer = 'id, region, amount';
const other = "note, amount + 0.25 as amount, region, id, 'x' as extra";
const reordered = 'note, amount, region, id';
const wider = 'id, region, cast(amount as decimal(10, 2)) as amount, note';

const cases: Record<string, Case> = {
  append: { config: { incremental_strategy: 'append' } },
  'append, columns in another order': { config: { incremental_strategy: 'append' }, columns: reordered },
  'append, values that are cast': { config: { incremental_strategy: 'append' }, columns: wider },
  'append, more columns ignored': { config: { incremental_strategy: 'append' }, columns: more },
  'append, new columns': {
    config: { incremental_strategy: 'append', on_schema_change: 'append_new_columns' },
    columns: other,
  },
  'append, all columns': {
    config: { incremental_strategy: 'append', on_schema_change: 'sync_all_columns' },
    columns: other,
  },
  'delete+insert by no key': deleteInsert({}),
  'delete+insert by one key': deleteInsert({ unique_key: 'id' }),
  'delete+insert by an expression': deleteInsert({ unique_key: "coalesce(region, '?') || id" }),
  'delete+insert by two keys': deleteInsert({ unique_key: ['id', 'region'] }),
  'delete+insert, a condition': deleteInsert({ unique_key: 'id', incremental_predicates: ['amount > 3'] }),
  'delete+insert, a condition on the table by its name': deleteInsert({
    unique_key: 'id',
    incremental_predicates: ['m.amount > 3', '"memory"."main"."m".note is not null'],
  }),
  'delete+insert by two keys, a condition': deleteInsert({
    unique_key: ['id', 'region'],
    incremental_predicates: ['DBT_INCREMENTAL_TARGET.amount > 3'],
  }),
  'delete+insert, new columns': deleteInsert({ unique_key: 'id', on_schema_change: 'append_new_columns' }, more),
  'delete+insert, all columns': deleteInsert({ unique_key: 'id', on_schema_change: 'sync_all_columns' }, other),
  'delete+insert, fewer columns': deleteInsert({ unique_key: 'id', on_schema_change: 'append_new_columns' }, fewer),
  'delete+insert, no change of columns': deleteInsert({ unique_key: 'id', on_schema_change: 'fail' }),
  'insert_overwrite of everything': overwrite({}),
  'insert_overwrite of what fits a condition': overwrite({ incremental_predicates: ['amount > 3'] }),
  'insert_overwrite of partitions': overwrite({ partition_by: 'region' }),
  'insert_overwrite of partitions by an expression': overwrite({ partition_by: ['region', 'amount % 3'] }),
  'insert_overwrite of partitions, a condition': overwrite({
    partition_by: 'region',
    incremental_predicates: ['amount > 3'],
  }),
  merge: merge(),
  'merge by two keys': merge({ unique_key: ['id', 'region'] }),
  'merge without a key': { config: { incremental_strategy: 'merge' } },
  'merge of some columns': merge({ merge_update_columns: ['amount'] }),
  'merge of all but some columns': merge({ merge_exclude_columns: ['NOTE'] }),
  'merge with expressions': merge({
    merge_update_set_expressions: { amount: 'DBT_INTERNAL_DEST.amount + DBT_INTERNAL_SOURCE.amount * 1.5' },
  }),
  'merge with an expression among columns': merge({
    merge_update_columns: ['note'],
    merge_update_set_expressions: { amount: '42' },
  }),
  'merge where a condition holds': merge({
    merge_update_condition: 'DBT_INTERNAL_SOURCE.amount > DBT_INTERNAL_DEST.amount or DBT_INTERNAL_DEST.note is null',
    merge_insert_condition: 'DBT_INTERNAL_SOURCE.amount > 4',
  }),
  'merge, a condition on the match': merge({
    incremental_predicates: ['DBT_INTERNAL_DEST.amount > 3', "DBT_INTERNAL_SOURCE.region <> 'north'"],
  }),
  'merge, more columns ignored': merge({}, more),
  'merge, fewer columns': merge({}, fewer),
  'merge, new columns': merge({ on_schema_change: 'append_new_columns' }, more),
  'merge, all columns': merge({ on_schema_change: 'sync_all_columns' }, other),
};

/** Numbers that are the same for the same seed. */
function random(seed: number): (limit: number) => number {
  let state = seed * 7919 + 17;
  return (limit) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >> 8) % limit;
  };
}

/** Rows with keys that often meet, and nulls everywhere, as a query. */
function rowsOf(seed: number, count: number, oneRowPerKey: boolean): string {
  const next = random(seed);
  const orNull = (text: string): string => (next(5) === 0 ? 'null' : text);
  const keys = new Set<number>();
  const rows = Array.from({ length: count }, () => {
    const id = oneRowPerKey ? next(1000) % 9 : next(6);
    if (oneRowPerKey && keys.has(id)) return undefined;
    keys.add(id);
    const region = orNull(["'north'", "'south'", "'east'"][next(3)] ?? 'null');
    return `(${oneRowPerKey && id === 0 ? 'null' : orNull(String(id))}, ${region}, ${orNull(String(next(9)))}, ${orNull(`'n${next(100)}'`)})`;
  });
  const values = rows.filter((row) => row !== undefined);
  const empty = "(null::int, ''::varchar, null::int, ''::varchar)";
  return `select * from (values ${[empty, ...values].join(', ')}) as n(id, region, amount, note) where region is distinct from ''`;
}

async function contents(relation: string): Promise<unknown> {
  const columns = await bench.session.describeQuery(`select * from ${relation}`);
  return { columns, rows: await bench.rows(`select * from ${relation} order by all`) };
}

describe('what tests read before rows are published is what the table holds afterwards', () => {
  it.each(Object.entries(cases))('%s', async (_name, { config, columns = '*', oneRowPerKey = false }) => {
    for (let seed = 1; seed <= 5; seed += 1) {
      const before = rowsOf(seed, seed === 4 ? 0 : 8, false);
      const incoming = rowsOf(seed + 500, seed === 5 ? 0 : 7, oneRowPerKey);
      await bench.given(`create or replace table m as (${before})`);
      const old = await contents('m');
      const request: Build = {
        sql: `select ${columns} from (${incoming}) as n`,
        config: { materialized: 'incremental', ...config },
      };
      const staged: StagedData = await aside.stage(await contextOf(bench, request));
      expect(staged.content).toBe('rows');
      const expected = await contents(staged.preview.identifier as string);
      expect(await contents('m'), `seed ${seed}: nobody sees anything yet`).toEqual(old);
      await aside.publish(await contextOf(bench, request), staged);
      expect(await contents('m'), `seed ${seed}`).toEqual(expected);
      expect(await bench.rows("select table_name from duckdb_tables() where table_name <> 'm'")).toEqual([]);
      expect(await bench.existing(staged.preview.identifier as string)).toBeUndefined();
    }
  });
});

describe('what cannot be published is refused before it is tested', () => {
  const stage = async (config: Record<string, Json>, sql: string): Promise<unknown> => {
    await bench.given('create or replace table m as (select 1 as id, 2 as amount)');
    return aside.stage(await contextOf(bench, { sql, config: { materialized: 'incremental', ...config } }));
  };

  it('a key that is no column', async () => {
    await expect(stage({ unique_key: 'idd' }, 'select 1 as id, 2 as amount')).rejects.toThrow("'idd' is not a column");
  });

  it('a change of columns, with `on_schema_change: fail`', async () => {
    await expect(stage({ on_schema_change: 'fail' }, 'select 1 as id')).rejects.toThrow('out of sync');
  });

  it('a column that the table needs', async () => {
    await expect(stage({ incremental_strategy: 'append' }, 'select 1 as id')).rejects.toThrow('amount');
  });
});
