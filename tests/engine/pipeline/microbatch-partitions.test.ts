import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;

const model = (
  settings: string,
) => `{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='sold',
  batch_size='day', begin='2024-01-01'${settings}) }}
select sold, id, '{{ model.batch.id }}' as batch, {{ is_incremental() }} as incremental from {{ source('till', 'sales') }}`;

/** A sale a day for six days; that of the fourth has no id. */
beforeEach(async () => {
  project = new ProjectFolder({
    'models/_models.yml': `sources: [{name: till, schema: main, tables: [{name: sales, config: {event_time: sold}}]}]
models: [{name: batches, columns: [{name: id, data_tests: [not_null]}]}]`,
    'models/batches.sql': model(", publish='after_tests'"),
  });
  await project.sql(
    "create table sales as select timestamp '2024-01-01' + to_days(i::integer) as sold, case when i <> 3 then i end as id from range(6) as r(i)",
  );
});

afterEach(() => project.remove());

const build = (...words: string[]) => project.run('build', '--event-time-end', '2024-01-07', ...words);
const days = async (): Promise<unknown[]> =>
  (await project.sql('select day(sold)::int from batches order by sold, id')).flat();
const status = async (): Promise<Record<string, string>> => {
  const { stdout } = await project.run('partitions', 'batches', '--output', 'json');
  const [asset] = JSON.parse(stdout) as [{ status: Record<string, { count: number; partitions: string }> }];
  return Object.fromEntries(
    Object.entries(asset.status).flatMap(([name, { count, partitions }]) =>
      count > 0 && name !== 'missing' ? [[name, partitions]] : [],
    ),
  );
};

describe('a microbatch model that is published after its tests', () => {
  test('holds back the batch that a test stands against, and publishes the others', async () => {
    const { exit, stdout } = await build();
    expect(exit).toBe(1);
    expect(stdout).toContain('main.batches[2024-01-04]');
    expect(await days()).toEqual([1, 2, 3, 5, 6]);
    expect(await status()).toEqual({
      filled: '2024-01-01..2024-01-03,2024-01-05..2024-01-06',
      quarantined: '2024-01-04',
    });
    const { stdout: why } = await project.run('why', 'batches[2024-01-04]', '--output', 'json');
    expect(JSON.parse(why).facts[0]).toMatchObject({ kind: 'held', tests: ['not_null_batches_id'] });
  });

  test('tells templates which batch they make, and reads no other', async () => {
    await build();
    expect(await project.sql("select distinct batch, strftime(sold, '%Y%m%d') from batches order by 1")).toEqual(
      ['20240101', '20240102', '20240103', '20240105', '20240106'].map((id) => [id, id]),
    );
    expect(await project.sql('select distinct incremental from batches')).toEqual([[false]]);
    expect((await project.run('build', '--partition', '2024-01-02')).exit).toBe(0);
    expect(await project.sql("select incremental from batches where batch = '20240102'")).toEqual([[true]]);
  });

  test('notes each batch in the ledger, once', async () => {
    await build();
    expect(
      await project.sql(
        'select event, count(*)::int, count(distinct partition_key)::int from ingot_publications group by 1 order by 1',
      ),
    ).toEqual([
      ['published', 5, 5],
      ['quarantined', 1, 1],
    ]);
  });

  test('is filled in by backfills, and by a plan that says why', async () => {
    await build();
    await project.sql('update sales set id = 33 where id is null');
    const { stdout } = await project.run('plan', '--partition', '2024-01-04', '--output', 'json');
    expect(JSON.parse(stdout).steps[0]).toMatchObject({ id: 'model.shop.batches', partitions: '2024-01-04' });
    const { exit, stdout: said } = await project.run('backfill', 'batches', '--failed-only');
    expect(exit, said).toBe(0);
    expect(await days()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('looks back at the newest batch for rows that came late', async () => {
    await build();
    const { stdout } = await project.run('plan', '--output', 'json');
    const [{ reasons }] = JSON.parse(stdout).steps;
    expect(reasons).toContainEqual({ why: 'lookback', partitions: '2024-01-06', parent: null });
    expect(reasons[0]).toEqual({ why: 'failed', partitions: '2024-01-04', parent: null });
  });

  test('needs no filter of its own to read no more than its batch', async () => {
    project.write(
      'models/daily.sql',
      "{{ config(materialized='incremental', event_time='sold', partitions={'time': 'day', 'start': '2024-01-01', 'column': 'sold'}) }} select sold, id from {{ source('till', 'sales') }} where {{ partition.filter('sold') }}",
    );
    project.write(
      'models/batches.sql',
      model(", publish='after_tests'").replace("source('till', 'sales')", "ref('daily')"),
    );
    const { exit, stdout, stderr } = await project.run('build', '--from', '2024-01-02', '--to', '2024-01-03');
    expect(exit, stdout).toBe(0);
    expect(`${stdout}${stderr}`).not.toContain('partition-mapping');
    expect(await days()).toEqual([2, 3]);
  });

  test('takes --event-time-start and --event-time-end for the batches between them', async () => {
    await project.run('build', '--event-time-start', '2024-01-02', '--event-time-end', '2024-01-04');
    expect(await days()).toEqual([2, 3]);
  });
});

test('a microbatch model that is published before its tests is built as dbt builds it', async () => {
  project.write('models/batches.sql', model(''));
  const { exit, stdout } = await project.run(
    'run',
    '--event-time-start',
    '2024-01-02',
    '--event-time-end',
    '2024-01-04',
  );
  expect(exit, stdout).toBe(0);
  expect(await days()).toEqual([2, 3]);
  const [result] = project.json('target/run_results.json').results;
  expect(result.batch_results.successful).toHaveLength(2);
  expect(
    await project.sql("select count(*)::int from duckdb_tables() where table_name = 'ingot_publications'"),
  ).toEqual([[0]]);
});
