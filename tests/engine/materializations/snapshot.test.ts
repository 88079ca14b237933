import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as pipeline from '../../../src/pipeline.ts';
import { TestWorld } from '../cli/outside.ts';
import { ProjectFolder } from '../pipeline/project-folder.ts';

let project: ProjectFolder;

beforeEach(async () => {
  project = new ProjectFolder();
  project.write('models/_sources.yml', 'sources: [{name: shop, schema: main, tables: [{name: items}]}]');
  project.write(
    'macros/time.sql',
    `{% macro snapshot_get_time() %}cast('{{ var('now') }}' as timestamp){% endmacro %}`,
  );
  await project.sql(
    "create table items as select * from (values (1, 'a', timestamp '2024-01-01'), (2, 'b', timestamp '2024-01-01')) as t(id, name, changed)",
  );
});

afterEach(() => project.remove());

/** A snapshot of `items` with the given settings. */
function snapshotted(settings: string, name = 'versions'): void {
  project.write(
    `snapshots/${name}.yml`,
    `snapshots:\n  - name: ${name}\n    relation: source('shop', 'items')\n    config: {${settings}}\n`,
  );
}

/** Takes the snapshot on a day of January 2024; gives what was said. */
async function take(day: number, exitCode = 0, ...words: string[]): Promise<string> {
  const vars = `now: "2024-01-${String(day).padStart(2, '0')}"`;
  const { exit, stdout, stderr } = await project.run('snapshot', '--vars', vars, ...words);
  expect(exit, stdout + stderr).toBe(exitCode);
  return stdout + stderr;
}

/** The versions as `id name from..to`, with days of January. */
async function versions(name = 'versions'): Promise<readonly unknown[]> {
  const rows = await project.sql(`
    select id || ' ' || coalesce(name, '-') || ' ' || day(dbt_valid_from) || '..' || coalesce(cast(day(dbt_valid_to) as varchar), '')
    from ${name} order by id, dbt_valid_from, dbt_valid_to nulls last`);
  return rows.flat();
}

const byColumns = 'unique_key: id, strategy: check, check_cols: [name]';
const byTime = 'unique_key: id, strategy: timestamp, updated_at: changed';

describe('versions', () => {
  test('begin with the first snapshot, end with a change, and stay as they are without one', async () => {
    snapshotted(byColumns);
    await take(5);
    await project.sql("update items set name = 'x' where id = 1");
    await take(6);
    await take(7);
    expect(await versions()).toEqual(['1 a 5..6', '1 x 6..', '2 b 5..']);
  });

  test('begin at updated_at where the strategy is timestamp', async () => {
    snapshotted(byTime);
    await take(5);
    await project.sql("update items set name = 'x', changed = timestamp '2024-01-03' where id = 1");
    await take(6);
    expect(await versions()).toEqual(['1 a 1..3', '1 x 3..', '2 b 1..']);
  });

  test('are called by a hash of the key and the time, as in dbt', async () => {
    snapshotted(byTime);
    await take(5);
    const ids = await project.sql("select dbt_scd_id, md5('1|2024-01-01 00:00:00') from versions where id = 1");
    expect(ids[0]?.[0]).toBe(ids[0]?.[1]);
  });

  test('are not made a second time for the same moment', async () => {
    snapshotted(`${byColumns}, hard_deletes: new_record`);
    await take(5);
    await project.sql("update items set name = 'x' where id = 1", 'delete from items where id = 2');
    await take(6);
    const after = await project.sql('select * from versions order by all');
    await take(6);
    expect(await project.sql('select * from versions order by all')).toEqual(after);
  });

  test('of a row whose key is null are versions like any other', async () => {
    await project.sql("insert into items values (null, 'n', timestamp '2024-01-01')");
    snapshotted(`${byColumns}, hard_deletes: invalidate`);
    await take(5);
    await take(6);
    expect(await project.sql('select count(*)::int, count(dbt_valid_to)::int from versions')).toEqual([[3, 0]]);
  });
});

describe('what is gone', () => {
  const expected = {
    ignore: ['1 a 5..', '2 b 5..'],
    invalidate: ['1 a 5..6', '1 a 8..', '2 b 5..'],
    new_record: ['1 a 5..6', '1 a 6..8', '1 a 8..', '2 b 5..'],
  };
  test.each(Object.entries(expected))('hard_deletes: %s', async (mode, wanted) => {
    snapshotted(`${byColumns}, hard_deletes: ${mode}`);
    await take(5);
    await project.sql('delete from items where id = 1');
    await take(6);
    await take(7);
    await project.sql("insert into items values (1, 'a', timestamp '2024-01-01')");
    await take(8);
    await take(9);
    expect(await versions()).toEqual(wanted);
    if (mode === 'new_record') {
      const marks = await project.sql('select dbt_is_deleted from versions where id = 1 order by dbt_valid_from');
      expect(marks.flat()).toEqual(['False', 'True', 'False']);
    }
  });
});

describe('a unique_key that is not unique', () => {
  test('is an error that names keys, and nothing is changed', async () => {
    snapshotted(byColumns);
    await take(5);
    const before = await project.sql('select * from versions order by all');
    await project.sql("insert into items values (2, 'b', timestamp '2024-01-01'), (2, 'c', timestamp '2024-01-01')");
    expect(await take(6, 1)).toContain('several rows with the same unique_key: id = 2 (3 rows)');
    expect(await project.sql('select * from versions order by all')).toEqual(before);
  });

  test('leaves no table where there was none', async () => {
    await project.sql(
      "insert into items values (2, 'c', timestamp '2024-01-01'), (null, 'd', null), (null, 'e', null)",
    );
    snapshotted('unique_key: [id, changed], strategy: check, check_cols: all');
    const said = await take(5, 1);
    expect(said).toContain('id = 2, changed = 2024-01-01 00:00:00 (2 rows)');
    expect(said).toContain('id = null, changed = null (2 rows)');
    expect(await project.sql("from duckdb_tables() where table_name = 'versions'")).toEqual([]);
  });
});

describe('columns', () => {
  test('that are new in the query are new in the table, and every row has a new version', async () => {
    snapshotted('unique_key: id, strategy: check, check_cols: all');
    await take(5);
    await project.sql('alter table items add column price integer', 'update items set price = 3 where id = 1');
    await take(6);
    expect(await project.sql('select id, price from versions where dbt_valid_to is null order by id')).toEqual([
      [1, 3],
      [2, null],
    ]);
    expect(await project.sql('select count(*)::int from versions where price is null')).toEqual([[3]]);
  });

  test('that are gone from the query stay in the table, null from then on', async () => {
    snapshotted(byColumns);
    await take(5);
    await project.sql('alter table items drop column changed', "update items set name = 'x' where id = 1");
    await take(6);
    expect(await project.sql('select name, changed is null from versions where id = 1 order by name')).toEqual([
      ['a', false],
      ['x', true],
    ]);
  });

  test('of the snapshot are called as snapshot_meta_column_names says', async () => {
    snapshotted(
      `${byColumns}, snapshot_meta_column_names: {dbt_valid_from: since, dbt_valid_to: until, dbt_scd_id: version}`,
    );
    await take(5);
    await project.sql("update items set name = 'x' where id = 1");
    await take(6);
    expect(
      await project.sql('select name, day(since)::int, day(until)::int from versions where id = 1 order by since'),
    ).toEqual([
      ['a', 5, 6],
      ['x', 6, null],
    ]);
  });

  test('that the table lacks are named', async () => {
    await project.sql('create table versions as select 1 as id');
    snapshotted(byColumns);
    expect(await take(5, 1)).toContain("lacks 'dbt_scd_id', 'dbt_valid_from', 'dbt_valid_to'");
  });

  test('a table without dbt_is_deleted is told how to get it', async () => {
    snapshotted(byColumns);
    await take(5);
    snapshotted(`${byColumns}, hard_deletes: new_record`);
    expect(await take(6, 1)).toContain('add column dbt_is_deleted varchar');
    await project.sql('alter table versions add column dbt_is_deleted varchar', 'delete from items where id = 1');
    await take(7);
    expect(await project.sql("select name from versions where dbt_is_deleted = 'True'")).toEqual([['a']]);
  });

  test('that settings name and the query has not are told with what was meant', async () => {
    snapshotted('unique_key: idd, strategy: check, check_cols: all');
    expect(await take(5, 1)).toMatch(/'unique_key' of snapshot 'versions' names 'idd'[\s\S]*Did you mean 'id'/);
  });

  test('of the query may not be called like those of the snapshot', async () => {
    await project.sql('alter table items add column dbt_valid_to timestamp');
    snapshotted(byColumns);
    expect(await take(5, 1)).toContain("returns a column 'dbt_valid_to'");
  });
});

describe('the current version', () => {
  test('ends at dbt_valid_to_current', async () => {
    snapshotted(`${byColumns}, dbt_valid_to_current: "cast('9999-12-31' as timestamp)"`);
    await take(5);
    await project.sql("update items set name = 'x' where id = 1");
    await take(6);
    expect(await project.sql('select name, year(dbt_valid_to)::int from versions order by id, dbt_valid_from')).toEqual(
      [
        ['a', 2024],
        ['x', 9999],
        ['b', 9999],
      ],
    );
  });

  test('also ends if it was open when dbt_valid_to_current was set', async () => {
    snapshotted(byColumns);
    await take(5);
    snapshotted(`${byColumns}, dbt_valid_to_current: "cast('9999-12-31' as timestamp)"`);
    await project.sql("update items set name = 'x' where id = 1");
    await take(6);
    expect(await versions()).toEqual(['1 a 5..6', '1 x 6..31', '2 b 5..']);
  });
});

describe('macros of the project', () => {
  test('snapshot_hash_arguments names the versions', async () => {
    project.write(
      'macros/hash.sql',
      `{% macro snapshot_hash_arguments(args) %}'v' || {{ args | join(" || '@' || ") }}{% endmacro %}`,
    );
    snapshotted(byTime);
    await take(5);
    expect((await project.sql('select dbt_scd_id from versions order by id')).flat()).toEqual([
      'v1@2024-01-01 00:00:00',
      'v2@2024-01-01 00:00:00',
    ]);
  });

  test('a strategy of its own, also of a package and with dispatched parts', async () => {
    project.write(
      'macros/strategy.sql',
      `{% macro snapshot_longer_strategy(node, snapshotted_rel, current_rel, config, target_exists) %}
        {% do return({
          'unique_key': node.config.unique_key, 'updated_at': snapshot_get_time(),
          'row_changed': 'length(' ~ current_rel ~ '.name) > length(' ~ snapshotted_rel ~ '.name)',
          'scd_id': snapshot_hash_arguments(api.Relation.scd_args(node.config.unique_key, snapshot_get_time())),
          'hard_deletes': adapter.get_hard_deletes_behavior(config)}) %}
      {% endmacro %}
      {% macro default__get_true_sql() %}1 = 1{% endmacro %}`,
    );
    snapshotted('unique_key: id, strategy: longer, hard_deletes: invalidate');
    await take(5);
    await project.sql("update items set name = 'zz' where id = 1", "update items set name = 'c' where id = 2");
    await take(6);
    expect(await versions()).toEqual(['1 a 5..6', '1 zz 6..', '2 b 5..']);
  });

  test('snapshot_staging_table, snapshot_merge_sql and build_snapshot_table write the SQL', async () => {
    project.write(
      'macros/own.sql',
      `{% macro build_snapshot_table(strategy, sql) %}select b.*, 'first' as how from ({{ dbt.build_snapshot_table(strategy, sql) }}) b{% endmacro %}
       {% macro snapshot_staging_table(strategy, source_sql, target_relation) %}
         select s.*, 'later' as how from ({{ dbt.snapshot_staging_table(strategy, source_sql, target_relation) }}) s
       {% endmacro %}
       {% macro snapshot_merge_sql(target, source, insert_cols) %}
         {{ dbt.snapshot_merge_sql(target, source, insert_cols) }};
         insert into merges values ('{{ config.get('snapshot_table_column_names').dbt_valid_to }}');
       {% endmacro %}`,
    );
    await project.sql('create table merges (name varchar)');
    snapshotted(byColumns);
    await take(5);
    await project.sql("update items set name = 'x' where id = 1");
    await take(6);
    expect((await project.sql('select how from versions order by id, dbt_valid_from')).flat()).toEqual([
      'first',
      'later',
      'first',
    ]);
    expect(await project.sql('select name from merges')).toEqual([['dbt_valid_to']]);
  });

  test('a strategy that nobody has written is told with what was meant', async () => {
    snapshotted('unique_key: id, strategy: timestmp, updated_at: changed');
    expect(await take(5, 1)).toMatch(/no macro 'snapshot_timestmp_strategy'[\s\S]*Did you mean 'timestamp'/);
  });
});

describe('a snapshot', () => {
  test('written as a block and one written in YAML keep the same versions', async () => {
    snapshotted(byColumns);
    project.write(
      'snapshots/block.sql',
      `{% snapshot block %}{{ config(unique_key='id', strategy='check', check_cols=['name']) }}
select * from {{ source('shop', 'items') }} -- all of them
{% endsnapshot %}`,
    );
    await take(5);
    await project.sql("update items set name = 'x' where id = 1");
    await take(6);
    expect(await versions('block')).toEqual(await versions());
  });

  test('is not made anew by --full-refresh of a build', async () => {
    snapshotted(byColumns);
    await take(5);
    await project.sql("update items set name = 'x' where id = 1");
    const world = new TestWorld(project.root, pipeline);
    expect(await world.run('build', '--full-refresh', '--vars', 'now: "2024-01-06"'), world.stdout.text).toBe(0);
    expect(await versions()).toEqual(['1 a 5..6', '1 x 6..', '2 b 5..']);
  });

  test('does not take the place of a view', async () => {
    await project.sql('create view versions as select 1 as id');
    snapshotted(byColumns);
    expect(await take(5, 1)).toContain('is a view');
  });

  test('is built in its place in the graph, with tests, hooks, documentation and indexes', async () => {
    project.write(
      'models/stock.sql',
      "{{ config(materialized='table') }} select *, 1 as pieces from {{ source('shop', 'items') }}",
    );
    project.write(
      'models/history.sql',
      "select id, dbt_valid_from from {{ ref('stock_versions') }} where dbt_valid_to is null",
    );
    project.write(
      'snapshots/stock.yml',
      `snapshots:
  - name: stock_versions
    relation: ref('stock')
    description: What was in stock.
    config: {unique_key: id, strategy: check, check_cols: [name], alias: stock_history, post-hook: "insert into hooked values ('{{ this.identifier }}')", persist_docs: {relation: true, columns: true}, indexes: [{columns: [id]}]}
    columns: [{name: dbt_scd_id, description: The version., data_tests: [unique, not_null]}]
`,
    );
    await project.sql('create table hooked (name varchar)');
    const world = new TestWorld(project.root, pipeline);
    expect(await world.run('build', '--vars', 'now: "2024-01-06"'), world.stdout.text).toBe(0);
    expect(await project.sql('select count(*)::int from history')).toEqual([[2]]);
    expect(await project.sql('select name from hooked')).toEqual([['stock_history']]);
    expect(await project.sql("select comment from duckdb_tables() where table_name = 'stock_history'")).toEqual([
      ['What was in stock.'],
    ]);
    expect(await project.sql("select comment from duckdb_columns() where column_name = 'dbt_scd_id'")).toEqual([
      ['The version.'],
    ]);
    expect(await project.sql("select count(*)::int from duckdb_indexes() where table_name = 'stock_history'")).toEqual([
      [1],
    ]);
    const { results } = project.json('target/run_results.json') as {
      results: { unique_id: string; status: string }[];
    };
    expect(results.find(({ unique_id }) => unique_id === 'snapshot.shop.stock_versions')?.status).toBe('success');
  });

  test('says when its times are of two types', async () => {
    await project.sql('alter table items alter column changed set data type date');
    snapshotted(byTime);
    expect(await take(5)).toContain("'updated_at' of snapshot 'versions' is DATE");
  });
});
