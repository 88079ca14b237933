import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import duckdb from '../../../src/adapters/duckdb/index.ts';
import type { CodeNode, Session, Warehouse } from '../../../src/core/index.ts';
import { renderAsync, type Settings } from './rendering.ts';

let warehouse: Warehouse;
let session: Session;

beforeAll(async () => {
  const { output } = duckdb.resolveTarget({ type: 'duckdb', path: ':memory:' }, '/');
  warehouse = await duckdb.connect(output, { threads: 1 });
  session = await warehouse.openSession();
  await session.execute(
    "create table versions as select 1 as id, 'a' as dbt_scd_id, null as dbt_valid_from, null as dbt_valid_to",
  );
  await session.execute('create table plain as select 1 as id');
});

afterAll(async () => {
  await session.close();
  await warehouse.close();
});

const node = { name: 's', database: 'memory', schema: 'main', alias: 'versions' } as Partial<CodeNode>;
const run = async (source: string, settings: Settings = {}): Promise<string> =>
  (await renderAsync(source, { phase: 'run', session, adapter: duckdb, node, ...settings })).trim();

const strategy =
  "{'unique_key': 'id', 'updated_at': 'seen', 'row_changed': 'true', 'scd_id': 'id', 'hard_deletes': 'ignore'}";
const relation = (name: string): string => `api.Relation.create(schema='main', identifier='${name}', type='table')`;

describe('macros that a project may build its own snapshots from', () => {
  test.each([
    ["{{ snapshot_string_as_time('2024-01-01') }}", "cast('2024-01-01' as timestamp)"],
    ['{{ get_true_sql() }}', 'true'],
    ["{{ unique_key_fields('id') }}", 'id as dbt_unique_key'],
    ["{{ unique_key_fields(['a', 'b']) }}", 'a as dbt_unique_key_1, b as dbt_unique_key_2'],
    ["{{ unique_key_join_on('id', 'x', 'y') }}", 'x.dbt_unique_key is not distinct from y.dbt_unique_key'],
    ["{{ unique_key_is_null(['a', 'b'], 'x') }}", 'x.dbt_unique_key_1 is null'],
    ["{{ unique_key_is_not_null('a', 'x') }}", 'x.dbt_unique_key is not null'],
    ['{{ get_snapshot_table_column_names().dbt_valid_to }}', 'dbt_valid_to'],
    [`{{ get_dbt_valid_to_current(${strategy}, {'dbt_valid_to': 'until'}) }}`, 'nullif(seen, seen) as until'],
    ["{{ api.Relation.scd_args(['a', 'b'], 'at') }}", "['a', 'b', 'at']"],
    ["{{ adapter.get_hard_deletes_behavior({'invalidate_hard_deletes': true}) }}", 'invalidate'],
    ['{{ adapter.get_hard_deletes_behavior(config) }}', 'ignore'],
    [`{{ adapter.valid_snapshot_target(${relation('versions')}) }}`, 'None'],
  ])('%s', async (source, printed) => {
    expect(await run(source)).toBe(printed);
  });

  test('snapshot_hash_arguments tells nulls and borders apart', async () => {
    const hashes = await run(
      "{{ run_query('select ' ~ snapshot_hash_arguments(['1', 'null', \"'b'\"]) ~ ', md5(\\'1||b\\')').rows[0].values() | unique | list | length }}",
    );
    expect(hashes).toBe('1');
  });

  test('strategy_dispatch finds strategies, and says what there is', async () => {
    const config = { unique_key: 'id', updated_at: 'at' };
    const source = "{{ strategy_dispatch('timestamp')(model, 'old', 'new', {}, true).row_changed }}";
    expect(await run(source, { config })).toBe('(old.dbt_valid_from < new.at)');
    await expect(run("{{ strategy_dispatch('nightly') }}")).rejects.toThrow("no macro 'snapshot_nightly_strategy'");
  });

  test('the check strategy compares the columns that query and table share', async () => {
    const source =
      "{{ snapshot_check_all_get_existing_columns({'compiled_code': 'select 1 as id, 2 as extra', 'database': 'memory', 'schema': 'main', 'alias': 'versions'}, true, 'all') }}";
    expect(await run(source)).toBe(`(True, ['"id"'])`);
    expect(await run(source.replace("'all'", "['id']"))).toBe(`(False, ['"id"'])`);
  });

  test('build_snapshot_staging_table makes a table with what has changed', async () => {
    await session.execute(
      'create table main.kept as select 1 as id, 1 as seen, 1 as dbt_scd_id, 1 as dbt_valid_from, null as dbt_valid_to',
    );
    const source = `{% set staged = build_snapshot_staging_table(${strategy}, 'select 2 as id, 3 as seen', ${relation('kept')}) %}
      {{ run_query('select dbt_change_type, id, dbt_valid_from from ' ~ staged).rows[0].values() }}`;
    expect(await run(source)).toBe("('insert', 2, 3)");
  });

  test('a table that is no snapshot is refused', async () => {
    const check = `{{ adapter.assert_valid_snapshot_target_given_strategy(${relation('versions')}, {}, {'hard_deletes': 'new_record'}) }}`;
    await expect(run(check)).rejects.toThrow('lacks the columns dbt_is_deleted');
    await expect(
      run(`{{ adapter.valid_snapshot_target(${relation('plain')}, {'dbt_valid_to': 'until'}) }}`),
    ).rejects.toThrow('dbt_scd_id, dbt_valid_from, until');
  });

  test.each([
    ["{'unique_key': 'id'}", "does not say 'updated_at'"],
    ["'timestamp'", 'has to be a dict'],
  ])('the strategy %s is refused', async (given, message) => {
    await expect(run(`{{ build_snapshot_table(${given}, 'select 1') }}`)).rejects.toThrow(message);
  });
});
