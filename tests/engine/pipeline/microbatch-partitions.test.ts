import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LaterWorld } from './later-world.ts';
import { ProjectFolder, type Ran } from './project-folder.ts';
import { statusesIn } from './statuses-in.ts';

let project: ProjectFolder;
let runs = 0;

async function ingot(...words: string[]): Promise<Ran> {
  runs += 1;
  const world = new LaterWorld(project.root, runs);
  return { exit: await world.run(...words), stdout: world.stdout.text, stderr: world.stderr.text };
}

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

const build = (...words: string[]) => ingot('build', '--event-time-end', '2024-01-07', ...words);
const days = async (): Promise<unknown[]> =>
  (await project.sql('select day(sold)::int from batches order by sold, id')).flat();
const status = async (): Promise<Record<string, string>> => {
  const { stdout } = await ingot('partitions', 'batches', '--output', 'json');
  const { missing: _, ...others } = statusesIn(stdout);
  return others;
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
    const { stdout: why } = await ingot('why', 'batches[2024-01-04]', '--output', 'json');
    expect(JSON.parse(why).facts[0]).toMatchObject({ kind: 'held', tests: ['not_null_batches_id'] });
  });

  test('tells templates which batch they make, and reads no other', async () => {
    await build();
    expect(await project.sql("select distinct batch, strftime(sold, '%Y%m%d') from batches order by 1")).toEqual(
      ['20240101', '20240102', '20240103', '20240105', '20240106'].map((id) => [id, id]),
    );
    expect(await project.sql('select distinct incremental from batches')).toEqual([[false]]);
    expect((await ingot('build', '--partition', '2024-01-02')).exit).toBe(0);
    expect(await project.sql("select incremental from batches where batch = '20240102'")).toEqual([[true]]);
  });

  test('tells its hooks which batch they come before or after', async () => {
    const hook = (when: string) => `${when}_hook="insert into hooks values ('${when}', '{{ model.batch.id }}')"`;
    await project.sql('create table hooks (hook varchar, batch varchar)');
    project.write('models/batches.sql', model(`, ${hook('pre')}, ${hook('post')}`));
    await build();
    expect(await project.sql('from hooks')).toEqual([
      ['pre', '20240101'],
      ['post', '20240106'],
    ]);
  });

  test('notes each batch in the ledger, once', async () => {
    await build();
    expect(
      await project.sql(
        'select event, count(*)::int, count(distinct partition_key)::int from __ingot_publications group by 1 order by 1',
      ),
    ).toEqual([
      ['published', 5, 5],
      ['quarantined', 1, 1],
    ]);
  });

  test('is filled in by backfills, and by a plan that says why', async () => {
    await build();
    await project.sql('update sales set id = 33 where id is null');
    const { stdout } = await ingot('plan', '--partition', '2024-01-04', '--output', 'json');
    expect(JSON.parse(stdout).steps[0]).toMatchObject({ id: 'model.shop.batches', partitions: '2024-01-04' });
    const { exit, stdout: said } = await ingot('backfill', 'batches', '--failed-only');
    expect(exit, said).toBe(0);
    expect(await days()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('looks back at the newest batch for rows that came late', async () => {
    await build();
    const { stdout } = await ingot('plan', '--output', 'json');
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
    const { exit, stdout, stderr } = await ingot('build', '--from', '2024-01-02', '--to', '2024-01-03');
    expect(exit, stdout).toBe(0);
    expect(`${stdout}${stderr}`).not.toContain('partition-mapping');
    expect(await days()).toEqual([2, 3]);
  });

  test('takes --event-time-start and --event-time-end for the batches between them', async () => {
    await ingot('build', '--event-time-start', '2024-01-02', '--event-time-end', '2024-01-04');
    expect(await days()).toEqual([2, 3]);
  });
});

describe('a microbatch model that is published before its tests', () => {
  const until = (end: string, ...words: string[]) => ingot('run', '--event-time-end', end, ...words);
  const verdict = async (key: string) => JSON.parse((await ingot('why', `batches[${key}]`, '--output', 'json')).stdout);

  beforeEach(async () => {
    project.write('models/batches.sql', model(''));
    await project.sql('update sales set id = 3 where id is null');
  });

  test('is built as dbt builds it, and what is published is known', async () => {
    const { exit, stdout } = await until('2024-01-04', '--event-time-start', '2024-01-02');
    expect(exit, stdout).toBe(0);
    expect(await days()).toEqual([2, 3]);
    const [result] = project.json('target/run_results.json').results;
    expect(result.batch_results.successful).toHaveLength(2);
    expect(await status()).toEqual({ filled: '2024-01-02..2024-01-03' });
    expect(
      await project.sql('select event, partition_key, rows_affected::int from __ingot_publications order by 2'),
    ).toEqual([
      ['published', '2024-01-02', 1],
      ['published', '2024-01-03', 1],
    ]);
  });

  test('is not built where what is asked for ends before it begins', async () => {
    const { exit, stdout, stderr } = await until('2024-01-02', '--event-time-start', '2024-01-04');
    expect(exit).toBe(2);
    expect(stdout + stderr).toContain('--event-time-start (2024-01-04) has to be before --event-time-end (2024-01-02)');
  });

  test('has failed with all its batches where the first one fails, and says why', async () => {
    project.write('models/batches.sql', model(', full_refresh=true').replace('id,', "error('no') as id,"));
    const { exit, stdout } = await until('2024-01-04', '--event-time-start', '2024-01-02');
    expect(exit, stdout).toBe(1);
    const [result] = project.json('target/run_results.json').results;
    expect(result).toMatchObject({ status: 'error', failures: 0, message: 'Invalid Input Error: no' });
    expect(result.batch_results).toEqual({
      successful: [],
      failed: [
        ['2024-01-02T00:00:00+00:00', '2024-01-03T00:00:00+00:00'],
        ['2024-01-03T00:00:00+00:00', '2024-01-04T00:00:00+00:00'],
      ],
    });
    project.write('models/batches.sql', model(''));
    expect((await ingot('retry')).exit).toBe(0);
    expect(await days()).toEqual([2, 3]);
  });

  test('builds the batches of a sample, whatever else was asked for', async () => {
    const window = "{'start': '2024-01-02', 'end': '2024-01-04'}";
    const { exit, stdout } = await until('2024-01-07', '--event-time-start', '2024-01-01', '--sample', window);
    expect(exit, stdout).toBe(0);
    expect(await days()).toEqual([2, 3]);
    const [result] = project.json('target/run_results.json').results;
    expect(result).toMatchObject({ failures: 0, message: 'SUCCESS' });
    expect(result.batch_results.successful).toHaveLength(2);
  });

  test('has a plan that foretells the batches, and no more steps than dbt has', async () => {
    await until('2024-01-05');
    const { stdout } = await ingot(
      'plan',
      '--event-time-end',
      '2024-01-07',
      '--resource-type',
      'model',
      '--output',
      'json',
    );
    const { steps } = JSON.parse(stdout);
    expect(steps).toHaveLength(1);
    expect(steps[0]).toMatchObject({ partitions: '2024-01-05..2024-01-06', reasons: [{ why: 'asked' }] });
  });

  test('knows of a batch that failed, which readers see as it was', async () => {
    const breaks = "{% if model.batch.id == '20240103' %}{{ exceptions.raise_compiler_error('no') }}{% endif %}";
    await until('2024-01-05');
    project.write('models/batches.sql', `${model('')} ${breaks}`);
    const { exit } = await until('2024-01-05', '--event-time-start', '2024-01-02');
    expect(exit).toBe(1);
    expect(await days()).toEqual([1, 2, 3, 4]);
    expect(await status()).toEqual({ stale: '2024-01-01', filled: '2024-01-02,2024-01-04', failed: '2024-01-03' });
    const { verdict: said, facts } = await verdict('2024-01-03');
    expect([said, facts[0].kind]).toEqual(['skip', 'failed']);
    project.write('models/batches.sql', model(''));
    expect((await ingot('backfill', 'batches', '--failed-only')).exit).toBe(0);
    expect((await verdict('2024-01-03')).facts).toContainEqual({ kind: 'current' });
  });

  test('is filled in by a backfill, in one step, each batch in its own transaction', async () => {
    await until('2024-01-03');
    const { exit, stdout } = await ingot('backfill', 'batches', '--partition', '2024-01-02..2024-01-05', '--missing');
    expect(exit, stdout).toBe(0);
    expect(await days()).toEqual([1, 2, 3, 4, 5]);
    expect(project.json('target/run_results.json').results[0].batch_results.successful).toHaveLength(3);
    expect(await project.sql("select distinct incremental from batches where batch > '20240102'")).toEqual([[true]]);
  });

  test('is filled in by a backfill that begins with the newest', async () => {
    const { exit, stdout } = await ingot('backfill', 'batches', '--to', '2024-01-04', '--newest-first');
    expect(exit, stdout).toBe(0);
    expect(await days()).toEqual([1, 2, 3, 4]);
    expect(await project.sql('select partition_key from __ingot_publications order by at_ms, rowid')).toEqual(
      ['2024-01-04', '2024-01-03', '2024-01-02', '2024-01-01'].map((key) => [key]),
    );
    expect(await project.sql("select incremental from batches where batch = '20240104'")).toEqual([[false]]);
  });

  test('forgets what was there once its table is made anew', async () => {
    await until('2024-01-05');
    await until('2024-01-05', '--full-refresh', '--event-time-start', '2024-01-03');
    expect(await days()).toEqual([3, 4]);
    expect(await status()).toEqual({ filled: '2024-01-03..2024-01-04' });
  });

  test('takes what its table held before for filled', async () => {
    await project.sql(
      "create table batches as select sold, id, '' as batch, true as incremental from sales where day(sold) < 4",
    );
    expect((await until('2024-01-06')).exit).toBe(0);
    expect(await status()).toEqual({ filled: '2024-01-01..2024-01-05' });
    expect(await days()).toEqual([1, 2, 3, 4, 5]);
  });

  test('lets a model with partitions read its batches as partitions', async () => {
    project.write(
      'models/daily.sql',
      "{{ config(materialized='incremental', partitions={'time': 'day', 'start': '2024-01-01', 'end': '2024-01-06', 'column': 'sold'}) }} select sold, id from {{ ref('batches') }} where {{ partition.filter('sold') }}",
    );
    await until('2024-01-03', '--select', 'batches');
    const { stdout, exit } = await ingot('run', '--select', 'daily');
    expect(exit, stdout).toBe(0);
    expect(stdout).toContain("wait for 3 of 'batches'");
    expect(stdout).toContain('ingot backfill batches --missing');
    expect(await project.sql('select count(*)::int from daily')).toEqual([[2]]);
  });
});
