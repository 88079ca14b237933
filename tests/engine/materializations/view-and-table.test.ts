import { describe, expect, test } from 'vitest';
import type { Json } from '../../../src/core/index.ts';
import ephemeral from '../../../src/materializations/ephemeral.ts';
import table from '../../../src/materializations/table.ts';
import view from '../../../src/materializations/view.ts';
import { build, relation, useBench } from './harness.ts';

const bench = useBench();
const m = '"memory"."main"."m"';
const temporary = '"memory"."main"."m__dbt_tmp"';

async function nothingThere() {
  for (const name of ['m', 'm__dbt_tmp', 'm__dbt_backup']) {
    const found = await bench.existing(name);
    if (found) await bench.given(`drop ${found.type} "${name}"`);
  }
}

describe.each([
  ['view', view, 'table'],
  ['table', table, 'view'],
] as const)('%s', (kind, materialization, other) => {
  const create = (name: string, sql: string) => `create or replace ${kind} ${name} as (\n${sql}\n)`;

  test('first run: one statement', async () => {
    await nothingThere();
    const { result, statements } = await build(materialization, bench, { sql: 'select 1 as a -- end' });
    expect(statements).toEqual([create(m, 'select 1 as a -- end')]);
    expect(await bench.rows('from m')).toEqual([[1]]);
    expect(result).toEqual({
      relations: [{ ...relation('m'), type: kind }],
      rowsAffected: kind === 'table' ? 1 : null,
      message: 'OK',
    });
  });

  test('again: one statement', async () => {
    const { statements } = await build(materialization, bench, { sql: 'select 2 as a' });
    expect(statements).toEqual([create(m, 'select 2 as a')]);
    expect(await bench.rows('from m')).toEqual([[2]]);
    expect((await bench.existing('m'))?.type).toBe(kind);
  });

  test('full refresh is the same', async () => {
    const { statements } = await build(materialization, bench, { sql: 'select 3 as a', fullRefresh: true });
    expect(statements).toEqual([create(m, 'select 3 as a')]);
  });

  test(`a ${other} is in the way: built beside it, then swapped in one transaction`, async () => {
    await nothingThere();
    await bench.given(`create ${other} m as select 10 as a`);
    const { statements } = await build(materialization, bench, {
      sql: 'select a + 1 as a from (select 10 as a) as old',
    });
    expect(statements).toEqual([
      'begin',
      create(temporary, 'select a + 1 as a from (select 10 as a) as old'),
      `drop ${other} if exists ${m} cascade`,
      `alter ${kind} ${temporary} rename to "m"`,
      'commit',
    ]);
    expect(await bench.rows('from m')).toEqual([[11]]);
    expect((await bench.existing('m'))?.type).toBe(kind);
    expect(await bench.existing('m__dbt_tmp')).toBeUndefined();
  });

  test('left-overs of a broken run are dropped', async () => {
    await nothingThere();
    await bench.given('create table m__dbt_tmp as select 1 as a', 'create view m__dbt_backup as select 1 as a');
    const leftovers = [
      { ...relation('m__dbt_tmp'), type: 'table' as const },
      { ...relation('m__dbt_backup'), type: 'view' as const },
    ];
    const { statements } = await build(materialization, bench, { sql: 'select 4 as a', leftovers });
    expect(statements).toEqual([
      `drop table if exists ${temporary} cascade`,
      'drop view if exists "memory"."main"."m__dbt_backup" cascade',
      create(m, 'select 4 as a'),
    ]);
    expect(await bench.existing('m__dbt_tmp')).toBeUndefined();
  });

  test('hooks run in dbt’s order', async () => {
    await nothingThere();
    const { statements } = await build(materialization, bench, {
      sql: 'select 5 as a',
      preHooks: [
        ["select 'pre inside'", true],
        ["select 'pre outside'", false],
      ],
      postHooks: [
        ["select 'post outside'", false],
        ["select 'post inside'", true],
      ],
    });
    expect(statements).toEqual([
      "select 'pre outside'",
      'begin',
      "select 'pre inside'",
      create(m, 'select 5 as a'),
      "select 'post inside'",
      'commit',
      "select 'post outside'",
    ]);
  });

  test('hooks outside cost no transaction', async () => {
    const { statements } = await build(materialization, bench, {
      sql: 'select 5 as a',
      preHooks: [['select 1', false]],
    });
    expect(statements).toEqual(['select 1', create(m, 'select 5 as a')]);
  });

  test('a hook that fails takes everything back', async () => {
    await nothingThere();
    await bench.given(`create ${kind} m as select 'old' as a`);
    const failing = build(materialization, bench, {
      sql: 'select 6 as a',
      postHooks: [['select * from nowhere', true]],
    });
    await expect(failing).rejects.toMatchObject({
      vendorCode: 'Catalog',
      statements: ['begin', create(m, 'select 6 as a'), 'select * from nowhere', 'rollback'],
    });
    expect(await bench.rows('from m')).toEqual([['old']]);
    expect(await bench.rows('select 1 as usable')).toEqual([[1]]);
  });

  test('a query that fails leaves the old data, whatever was there', async () => {
    for (const old of ['table', 'view']) {
      await nothingThere();
      await bench.given(`create ${old} m as select 'old' as a`);
      const failing = build(materialization, bench, { sql: 'select lost from (select 1 as a) as t' });
      await expect(failing).rejects.toMatchObject({ vendorCode: 'Binder' });
      expect(await bench.rows('from m')).toEqual([['old']]);
    }
  });

  test('the offset of an error leads back to the query', async () => {
    const sql = 'select\n  lost\nfrom (select 1 as a) as t';
    const failure = await build(materialization, bench, { sql }).catch((thrown) => thrown);
    expect(failure.sql.slice(failure.offset)).toMatch(/^lost\n/);
    expect(failure.offset - failure.sql.indexOf(sql)).toBe(sql.indexOf('lost'));
  });

  test('sql_header is sent before the build', async () => {
    await nothingThere();
    const config = { sql_header: 'create or replace temporary macro twice(x) as x * 2;' };
    const { statements } = await build(materialization, bench, { sql: 'select twice(2) as a', config });
    expect(statements).toEqual([config.sql_header, create(m, 'select twice(2) as a')]);
  });

  test('persist_docs keeps descriptions, and warns about columns that are not there', async () => {
    await nothingThere();
    const column = (name: string, description: string) => ({
      name,
      description,
      meta: {},
      data_type: null,
      constraints: [],
      quote: null,
      config: {},
      tags: [],
      granularity: null,
      doc_blocks: [],
    });
    const { statements, warnings } = await build(materialization, bench, {
      sql: 'select 1 as a',
      config: { persist_docs: { relation: true, columns: true } },
      node: { description: "It's one", columns: { A: column('A', 'The one'), gone: column('gone', 'Not there') } },
    });
    expect(statements).toEqual([
      'begin',
      create(m, 'select 1 as a'),
      `comment on ${kind} ${m} is 'It''s one'`,
      `comment on column ${m}."a" is 'The one'`,
      'commit',
    ]);
    expect(warnings).toEqual([expect.stringMatching(/not present in the database: gone$/)]);
    expect(await bench.rows("select comment from duckdb_columns() where table_name = 'm'")).toEqual([['The one']]);
  });
});

describe('an enforced contract', () => {
  const columns = (
    types: Record<string, string>,
    constraints: Record<string, { type: string; expression?: string }[]> = {},
  ) =>
    Object.fromEntries(
      Object.entries(types).map(([name, data_type]) => [
        name,
        {
          name,
          description: '',
          meta: {},
          data_type,
          constraints: constraints[name] ?? [],
          quote: null,
          config: {},
          tags: [],
          granularity: null,
          doc_blocks: [],
        },
      ]),
    );
  const contract = { enforced: true, alias_types: true, checksum: null };

  test('makes the table with types and constraints, then fills it', async () => {
    await nothingThere();
    const node = {
      contract,
      columns: columns(
        { id: 'int', name: 'varchar' },
        { id: [{ type: 'not_null' }, { type: 'check', expression: 'id > 0' }] },
      ),
      constraints: [{ type: 'primary_key', columns: ['id'] }],
    };
    const { statements } = await build(table, bench, { sql: "select 'x' as name, 1 as id", node });
    expect(statements).toEqual([
      'begin',
      `create or replace table ${m} (\n  "id" int not null check (id > 0),\n  "name" varchar,\n  primary key (id)\n)`,
      `insert into ${m} ("id", "name")\nselect "id", "name"\nfrom (\nselect 'x' as name, 1 as id\n) as DBT_INTERNAL_SOURCE`,
      'commit',
    ]);
    expect(await bench.rows('from m')).toEqual([[1, 'x']]);
    const broken = build(table, bench, { sql: "select 'x' as name, 0 as id", node });
    await expect(broken).rejects.toMatchObject({ vendorCode: 'Constraint' });
    expect(await bench.rows('from m')).toEqual([[1, 'x']]);
  });

  test.each([table, view])('says what differs: $name', async (materialization) => {
    const node = { contract, columns: columns({ id: 'varchar', gone: 'int' }) };
    const failing = build(materialization, bench, { sql: 'select 1 as id, 2 as more', node });
    await expect(failing).rejects.toThrow(
      [
        'This model has an enforced contract that failed.',
        "Please ensure the name, data_type, and number of columns in your contract match the columns in your model's definition.",
        '',
        '| column_name | definition_type | contract_type | mismatch_reason       |',
        '| ----------- | --------------- | ------------- | --------------------- |',
        '| gone        |                 | INTEGER       | missing in definition |',
        '| id          | INTEGER         | VARCHAR       | data type mismatch    |',
        '| more        | INTEGER         |               | missing in contract   |',
      ].join('\n'),
    );
  });

  test('without columns is refused', async () => {
    await expect(build(table, bench, { sql: 'select 1 as id', node: { contract } })).rejects.toThrow(
      /'columns' specification is missing/,
    );
  });
});

test('indexes are made with the table', async () => {
  await nothingThere();
  const config: Record<string, Json> = { indexes: [{ columns: ['a', 'b'], unique: true }, { columns: ['b'] }] };
  const request = { sql: 'select 1 as a, 2 as b', config };
  const { statements } = await build(table, bench, request);
  expect(statements).toEqual([
    'begin',
    `create or replace table ${m} as (\nselect 1 as a, 2 as b\n)`,
    `create unique index "m_a_b_index" on ${m} (a, b)`,
    `create index "m_b_index" on ${m} (b)`,
    'commit',
  ]);
  await build(table, bench, request);
  expect(await bench.rows('select count(*) from duckdb_indexes()')).toEqual([[2]]);
  await expect(build(table, bench, { ...request, config: { indexes: [{ column: 'a' }] } })).rejects.toThrow(
    /needs 'columns'/,
  );
});

test('grants that have no effect are told', async () => {
  const { warnings } = await build(table, bench, { sql: 'select 1 as a', config: { grants: { select: ['x'] } } });
  expect(warnings).toEqual(['Grants for relations are not supported by duckdb']);
});

test('ephemeral leaves nothing', async () => {
  const { result, statements } = await build(ephemeral, bench, { sql: 'select 1' });
  expect(statements).toEqual([]);
  expect(result.relations).toEqual([]);
});
