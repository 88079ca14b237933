import { beforeEach, describe, expect, test } from 'vitest';
import type { Json } from '../../../src/core/index.ts';
import incremental from '../../../src/materializations/incremental.ts';
import { type Build, build, useBench } from './harness.ts';

const bench = useBench();
const m = '"memory"."main"."m"';
const tmp = '"m__dbt_tmp"';

/** id, v: (1, a), (2, b), (null, n) */
beforeEach(async () => {
  const found = await bench.existing('m');
  if (found) await bench.given(`drop ${found.type} m`);
  await bench.given("create table m as select * from (values (1, 'a'), (2, 'b'), (null, 'n')) as t(id, v)");
});

const newRows = "select * from (values (2, 'B'), (3, 'C')) as t(id, v)";
const run = (config: Record<string, Json>, more: Partial<Build> = {}) =>
  build(incremental, bench, { sql: newRows, ...more, config: { materialized: 'incremental', ...config } });
const content = () => bench.rows('select * from m order by all');

const staged = (sql = newRows) => `create or replace temporary table ${tmp} as (\n${sql}\n)`;
const drop = `drop table if exists ${tmp} cascade`;
const insert = (columns = '"id", "v"') => `insert into ${m} (${columns})\nselect ${columns}\nfrom ${tmp}`;
const direct = `insert into ${m} ("id", "v")\nselect "id", "v"\nfrom (\n${newRows}\n) as DBT_INTERNAL_SOURCE`;
const whole = `create or replace table ${m} as (\n${newRows}\n)`;

describe('built whole', () => {
  test('on the first run', async () => {
    await bench.given('drop table m');
    const { statements, result } = await run({ unique_key: 'id' });
    expect(statements).toEqual([whole]);
    expect(result).toMatchObject({ rowsAffected: 2, message: 'OK' });
    expect(await content()).toEqual([
      [2, 'B'],
      [3, 'C'],
    ]);
  });

  test('on a full refresh', async () => {
    const { statements } = await run({ unique_key: 'id', incremental_strategy: 'merge' }, { fullRefresh: true });
    expect(statements).toEqual([whole]);
    expect(await content()).toHaveLength(2);
  });

  test('whatever the strategy of later runs is, of which is told', async () => {
    await bench.given('drop table m');
    const { statements, warnings } = await run({ incremental_strategy: 'merg' });
    expect(statements).toEqual([whole]);
    expect(warnings).toEqual(["The incremental strategy 'merg' is not valid for this adapter. Did you mean 'merge'?"]);
  });

  test('where a view is in the way', async () => {
    await bench.given('drop table m', "create view m as select 1 as id, 'a' as v");
    const { statements } = await run({ unique_key: 'id' });
    expect(statements).toEqual([
      'begin',
      `create or replace table "memory"."main"."m__dbt_tmp" as (\n${newRows}\n)`,
      `drop view if exists ${m} cascade`,
      'alter table "memory"."main"."m__dbt_tmp" rename to "m"',
      'commit',
    ]);
    expect((await bench.existing('m'))?.type).toBe('table');
  });
});

describe('append', () => {
  test('is one statement', async () => {
    const { statements, result } = await run({ incremental_strategy: 'append', unique_key: 'id' });
    expect(statements).toEqual([direct]);
    expect(result.rowsAffected).toBe(2);
    expect(await content()).toEqual([
      [1, 'a'],
      [2, 'B'],
      [2, 'b'],
      [3, 'C'],
      [null, 'n'],
    ]);
  });

  test('may read the table itself', async () => {
    const sql = `select id + 10 as id, v from ${m} where id is not null`;
    await run({ incremental_strategy: 'append' }, { sql });
    expect(await bench.rows('select count(*), max(id) from m')).toEqual([[5, 12]]);
  });
});

describe('delete+insert', () => {
  test('is what a model gets that says nothing; without a key it appends', async () => {
    expect((await run({})).statements).toEqual([direct]);
  });

  test('by one key', async () => {
    const { statements, result } = await run({ unique_key: 'id' });
    expect(statements).toEqual([
      'begin',
      staged(),
      `delete from ${m}\nwhere (id) in (\n  select (id)\n  from ${tmp}\n)`,
      insert(),
      drop,
      'commit',
    ]);
    expect(result.rowsAffected).toBe(2);
    expect(await content()).toEqual([
      [1, 'a'],
      [2, 'B'],
      [3, 'C'],
      [null, 'n'],
    ]);
  });

  test('by several keys, where null never matches', async () => {
    const sql = "select * from (values (2, 'b'), (null, 'n')) as t(id, v)";
    const { statements } = await run({ unique_key: ['id', 'v'], incremental_strategy: 'delete+insert' }, { sql });
    expect(statements).toEqual([
      'begin',
      staged(sql),
      [
        `delete from ${m} as DBT_INCREMENTAL_TARGET`,
        `using ${tmp}`,
        `where ${tmp}.id = DBT_INCREMENTAL_TARGET.id`,
        `and ${tmp}.v = DBT_INCREMENTAL_TARGET.v`,
      ].join('\n'),
      insert(),
      drop,
      'commit',
    ]);
    expect(await content()).toEqual([
      [1, 'a'],
      [2, 'b'],
      [null, 'n'],
      [null, 'n'],
    ]);
  });

  test('by an expression', async () => {
    await run({ unique_key: 'lower(v)' }, { sql: "select 9 as id, 'B' as v" });
    expect(await content()).toEqual([
      [1, 'a'],
      [9, 'B'],
      [null, 'n'],
    ]);
  });

  test('incremental_predicates restrict what is deleted', async () => {
    const { statements } = await run({ unique_key: 'id', incremental_predicates: ["v <> 'b'"] });
    expect(statements[2]).toBe(`delete from ${m}\nwhere (id) in (\n  select (id)\n  from ${tmp}\n)\nand v <> 'b'`);
    expect(await content()).toContainEqual([2, 'b']);
  });

  test('dbt’s spelling with an underscore is known too', async () => {
    expect((await run({ incremental_strategy: 'delete_insert', unique_key: 'id' })).statements).toHaveLength(6);
  });

  test('hooks and descriptions are part of the transaction', async () => {
    const { statements } = await run(
      { unique_key: 'id' },
      { preHooks: [['select 1', true]], postHooks: [['select 2', true]] },
    );
    expect(statements.map((sql) => sql.split(/\s/, 2).join(' '))).toEqual([
      'begin',
      'select 1',
      'create or',
      'delete from',
      'insert into',
      'drop table',
      'select 2',
      'commit',
    ]);
  });
});

describe('merge', () => {
  const merged = (on: string, updates: string[]) =>
    [
      `merge into ${m} as DBT_INTERNAL_DEST`,
      `using ${tmp} as DBT_INTERNAL_SOURCE`,
      `on (${on})`,
      ...(updates.length > 0 ? ['when matched then update set', updates.map((line) => `  ${line}`).join(',\n')] : []),
      'when not matched then insert',
      '  ("id", "v")',
      'values',
      '  (DBT_INTERNAL_SOURCE."id", DBT_INTERNAL_SOURCE."v")',
    ].join('\n');
  const onId = 'DBT_INTERNAL_SOURCE.id = DBT_INTERNAL_DEST.id';
  const setId = '"id" = DBT_INTERNAL_SOURCE."id"';
  const setV = '"v" = DBT_INTERNAL_SOURCE."v"';

  test('by one key', async () => {
    const { statements, result } = await run({ incremental_strategy: 'merge', unique_key: 'id' });
    expect(statements).toEqual(['begin', staged(), merged(onId, [setId, setV]), drop, 'commit']);
    expect(result.rowsAffected).toBe(2);
    expect(await content()).toEqual([
      [1, 'a'],
      [2, 'B'],
      [3, 'C'],
      [null, 'n'],
    ]);
  });

  test('by several keys and with predicates', async () => {
    const { statements } = await run({
      incremental_strategy: 'merge',
      unique_key: ['id', 'v'],
      incremental_predicates: 'DBT_INTERNAL_DEST.id > 0',
    });
    expect(statements[2]).toBe(
      merged(`${onId})\nand (DBT_INTERNAL_SOURCE.v = DBT_INTERNAL_DEST.v)\nand (DBT_INTERNAL_DEST.id > 0`, [
        setId,
        setV,
      ]),
    );
    expect(await content()).toHaveLength(5);
  });

  test('without a key inserts everything', async () => {
    const { statements } = await run({ incremental_strategy: 'merge' });
    expect(statements[2]).toBe(merged('false', []));
    expect(await content()).toHaveLength(5);
  });

  test('merge_update_columns, in any letter case', async () => {
    const sql = "select 2 as id, 'B' as v";
    const { statements } = await run(
      { incremental_strategy: 'merge', unique_key: 'id', merge_update_columns: ['V'] },
      { sql },
    );
    expect(statements[2]).toBe(merged(onId, [setV]));
  });

  test('merge_exclude_columns', async () => {
    const { statements } = await run({ incremental_strategy: 'merge', unique_key: 'id', merge_exclude_columns: ['v'] });
    expect(statements[2]).toBe(merged(onId, [setId]));
    expect(await content()).toContainEqual([2, 'b']);
  });

  test('conditions and expressions', async () => {
    const { statements } = await run({
      incremental_strategy: 'merge',
      unique_key: 'id',
      merge_update_condition: "DBT_INTERNAL_DEST.v = 'b'",
      merge_insert_condition: 'DBT_INTERNAL_SOURCE.id < 3',
      merge_update_set_expressions: { v: 'DBT_INTERNAL_DEST.v || DBT_INTERNAL_SOURCE.v' },
    });
    expect(statements[2]).toContain("when matched and DBT_INTERNAL_DEST.v = 'b' then update set");
    expect(await content()).toEqual([
      [1, 'a'],
      [2, 'bB'],
      [null, 'n'],
    ]);
  });

  describe('merge_clauses', () => {
    const clauses = (merge_clauses: Json) => ({ incremental_strategy: 'merge', unique_key: 'id', merge_clauses });

    test('take the place of updating and inserting', async () => {
      const { statements } = await run(
        clauses({
          when_matched: [
            { action: 'delete', condition: "DBT_INTERNAL_SOURCE.v = 'B'" },
            { action: 'update', mode: 'explicit', update: { exclude: ['ID'], set_expressions: { v: "'new'" } } },
          ],
          when_not_matched: [
            { action: 'insert', mode: 'explicit', insert: { columns: ['id'], values: ['DBT_INTERNAL_SOURCE.id'] } },
            { action: 'delete', by: 'source', condition: ['DBT_INTERNAL_DEST.id is null', 'true'] },
          ],
        }),
        { sql: "select 2 as id, 'B' as v union all select 1, 'A' union all select 3, 'C'" },
      );
      expect(statements[2]).toContain("when matched and (DBT_INTERNAL_SOURCE.v = 'B') then delete");
      expect(statements[2]).toContain(
        'when not matched by source and (DBT_INTERNAL_DEST.id is null) and (true) then delete',
      );
      expect(await content()).toEqual([
        [1, 'new'],
        [3, null],
      ]);
    });

    test('that are left out are as usual', async () => {
      await run(clauses({ when_matched: [{ action: 'do_nothing' }] }), {
        sql: "select 2 as id, 'B' as v union all select 3, 'C'",
      });
      expect(await content()).toEqual([
        [1, 'a'],
        [2, 'b'],
        [3, 'C'],
        [null, 'n'],
      ]);
    });

    test('may end the run', async () => {
      const stop = clauses({ when_matched: [{ action: 'error', error_message: "it's there" }] });
      await expect(run(stop)).rejects.toThrow("it's there");
    });

    test.each<[Json, string]>([
      [{}, "merge_clauses: must have 'when_matched' or 'when_not_matched'"],
      [{ when_matched: [{ action: 'drop' }] }, 'merge_clauses.when_matched.0.action: Invalid'],
      [{ when_not_matched: 'insert' }, 'merge_clauses.when_not_matched: Invalid input: expected array'],
    ])('%j is refused', async (given, message) => {
      await expect(run(clauses(given))).rejects.toThrow(message);
    });

    test('do not go together with what they replace', async () => {
      const both = { ...clauses({ when_matched: [{ action: 'delete' }] }), merge_update_columns: ['v'] };
      await expect(run(both)).rejects.toThrow("'merge_clauses' take the place of 'merge_update_columns'");
    });
  });

  test('settings of a merge that exclude each other do not matter to other strategies', async () => {
    const both = { merge_update_columns: ['v'], merge_exclude_columns: ['id'], unique_key: 'id' };
    await run({ incremental_strategy: 'delete+insert', ...both });
    expect(await content()).toContainEqual([2, 'B']);
    await expect(run({ incremental_strategy: 'merge', ...both })).rejects.toThrow('only one config');
  });

  test('merge_on_using_columns go before the key', async () => {
    const { statements } = await run({
      incremental_strategy: 'merge',
      unique_key: 'v',
      merge_on_using_columns: ['id'],
    });
    expect(statements[2]).toContain('on (DBT_INTERNAL_SOURCE.id = DBT_INTERNAL_DEST.id)');
  });

  test('merge_exclude_columns may name columns that the model has not', async () => {
    await run({ incremental_strategy: 'merge', unique_key: 'id', merge_exclude_columns: ['loaded_at', 'ID'] });
    expect(await content()).toContainEqual([2, 'B']);
  });

  test('a column that the query no longer has stays as it is', async () => {
    await run({ incremental_strategy: 'merge', unique_key: 'id' }, { sql: 'select 2 as id union all select 7' });
    expect(await content()).toEqual([
      [1, 'a'],
      [2, 'b'],
      [7, null],
      [null, 'n'],
    ]);
  });

  test.each<[Record<string, Json>, RegExp, string | undefined]>([
    [{ merge_update_columns: ['w'] }, /Column 'w' of a merge setting is not a column of m/, "Did you mean 'v'?"],
    [
      { merge_update_columns: ['v'], merge_exclude_columns: ['id'] },
      /Please update model to use only one config/,
      undefined,
    ],
  ])('refuses %j', async (settings, message, hint) => {
    const failure = await run({ incremental_strategy: 'merge', unique_key: 'id', ...settings }).catch(
      (thrown) => thrown,
    );
    expect(failure.message).toMatch(message);
    expect(failure.diagnostics[0]).toMatchObject({ hint, span: { file: 'models/m.sql' } });
    expect(await content()).toHaveLength(3);
  });
});

describe('insert_overwrite', () => {
  test('replaces every row', async () => {
    const { statements } = await run({ incremental_strategy: 'insert_overwrite' });
    expect(statements).toEqual(['begin', staged(), `delete from ${m}`, insert(), drop, 'commit']);
    expect(await content()).toEqual([
      [2, 'B'],
      [3, 'C'],
    ]);
  });

  test('with partition_by replaces the partitions that come in, null among them', async () => {
    const sql = "select * from (values (2, 'B'), (2, 'BB'), (null, 'N')) as t(id, v)";
    const { statements } = await run({ incremental_strategy: 'insert_overwrite', partition_by: 'id' }, { sql });
    expect(statements[2]).toBe(
      [
        `delete from ${m} as DBT_INTERNAL_DEST`,
        'where exists (',
        '  select 1',
        `  from (select distinct id as partition_key_1 from ${tmp}) as DBT_INTERNAL_SOURCE`,
        '  where DBT_INTERNAL_SOURCE.partition_key_1 is not distinct from id',
        ')',
      ].join('\n'),
    );
    expect(await content()).toEqual([
      [1, 'a'],
      [2, 'B'],
      [2, 'BB'],
      [null, 'N'],
    ]);
  });

  test('partitions can be expressions and several', async () => {
    const config = { incremental_strategy: 'insert_overwrite', partition_by: ['id % 2', "v < 'b'"] };
    await run(config, { sql: "select 5 as id, 'aa' as v" });
    expect(await content()).toEqual([
      [2, 'b'],
      [5, 'aa'],
      [null, 'n'],
    ]);
  });
});

describe('on_schema_change', () => {
  const sql = 'select 2 as id, 1.5 as extra';

  test('ignore: only the table’s columns are filled, and a missing one is an error as in dbt', async () => {
    const wider = "select 2 as id, 'B' as v, 1.5 as extra";
    await run({ unique_key: 'id' }, { sql: wider });
    expect(await content()).toContainEqual([2, 'B']);
    await expect(run({ unique_key: 'id' }, { sql })).rejects.toMatchObject({ vendorCode: 'Binder' });
    expect(await content()).toHaveLength(3);
  });

  test('append_new_columns: new ones are added, missing ones stay null', async () => {
    const { statements } = await run({ unique_key: 'id', on_schema_change: 'append_new_columns' }, { sql });
    expect(statements).toEqual([
      'begin',
      staged(sql),
      `alter table ${m} add column "extra" DECIMAL(2,1)`,
      `delete from ${m}\nwhere (id) in (\n  select (id)\n  from ${tmp}\n)`,
      insert('"id", "extra"'),
      drop,
      'commit',
    ]);
    expect(await content()).toEqual([
      [1, 'a', null],
      [2, null, '1.5'],
      [null, 'n', null],
    ]);
  });

  test('sync_all_columns: added, removed and retyped', async () => {
    const retyped = 'select 2::bigint as ID, 1.5 as extra';
    const { statements } = await run({ unique_key: 'id', on_schema_change: 'sync_all_columns' }, { sql: retyped });
    expect(statements.slice(2, 5)).toEqual([
      `alter table ${m} add column "extra" DECIMAL(2,1)`,
      `alter table ${m} drop column "v"`,
      `alter table ${m} alter column "id" set data type BIGINT`,
    ]);
    expect(await content()).toEqual([
      [1, null],
      [2, '1.5'],
      [null, null],
    ]);
    expect((await bench.session.columnsOf({ database: null, schema: null, identifier: 'm' }))[0]).toEqual({
      name: 'id',
      type: 'BIGINT',
    });
  });

  test('fail: says what differs and changes nothing', async () => {
    const failing = run({ unique_key: 'id', on_schema_change: 'fail' }, { sql });
    await expect(failing).rejects.toThrow(
      /out of sync![\s\S]*Source columns not in target: \[extra DECIMAL\(2,1\)\]\n.*Target columns not in source: \[v VARCHAR\]\n.*New column types: \[\]/,
    );
    expect(await content()).toHaveLength(3);
  });

  test('fail: goes on where nothing changed', async () => {
    await run({ unique_key: 'id', on_schema_change: 'fail' });
    expect(await content()).toHaveLength(4);
  });

  test('appends too', async () => {
    const { statements } = await run(
      { incremental_strategy: 'append', on_schema_change: 'append_new_columns' },
      { sql },
    );
    expect(statements).toHaveLength(6);
    expect(await content()).toContainEqual([2, null, '1.5']);
  });

  test('all is taken back when the rows cannot be inserted', async () => {
    const broken = "select 2 as id, 1.5 as extra, 'x' as v where error('boom') is null";
    const config = { unique_key: 'id', on_schema_change: 'append_new_columns' };
    await expect(run(config, { sql: broken })).rejects.toMatchObject({ vendorCode: 'Invalid Input' });
    const late = run(config, {
      sql: "select 2 as id, 1.5 as extra, 'x' as v",
      postHooks: [["select error('late')", true]],
    });
    await expect(late).rejects.toThrow('late');
    expect(await content()).toEqual([
      [1, 'a'],
      [2, 'b'],
      [null, 'n'],
    ]);
  });

  test('an unknown value is taken for ignore, with a warning', async () => {
    const { warnings } = await run({ unique_key: 'id', on_schema_change: 'sync_all_column' });
    expect(warnings).toEqual([
      "Invalid value for on_schema_change (sync_all_column) specified. Setting default value of ignore. Did you mean 'sync_all_columns'?",
    ]);
  });
});

test('an unknown strategy is refused with a did-you-mean', async () => {
  const failure = await run({ incremental_strategy: 'merg' }).catch((thrown) => thrown);
  expect(failure.diagnostics).toMatchObject([
    {
      code: 'materialize/incremental-setting',
      message: "The incremental strategy 'merg' is not valid for this adapter",
      hint: "Did you mean 'merge'?",
      span: { file: 'models/m.sql' },
    },
  ]);
});

test('the temporary table of a run does not disturb a table of that name', async () => {
  await bench.given("create table m__dbt_tmp as select 'mine' as x");
  await run({ unique_key: 'id' });
  expect(await bench.rows('from memory.main.m__dbt_tmp')).toEqual([['mine']]);
  await bench.given('drop table m__dbt_tmp');
});
