import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLeases, openStore } from '../../../src/6-record/index.ts';
import { stagedRelation } from '../../../src/core/index.ts';
import { LaterWorld } from './later-world.ts';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;

const hours = `{{ config(materialized='incremental', publish='after_tests', partitions={'time': 'hour', 'start': '2024-01-01', 'end': '2024-01-04', 'column': 'hour'}) }}
select range as hour, extract(hour from range) as number
from range(timestamp '2024-01-01', timestamp '2024-01-04', interval 1 hour)
where {{ partition.filter('range') }}
{% if var('broken', '') and partition.key == var('broken') %} and no_such_column {% endif %}`;

const days = `{{ config(materialized='incremental', on_schema_change='append_new_columns', partitions={'time': 'day', 'start': '2024-01-01', 'end': '2024-01-04', 'column': 'day'}) }}
select hour::date as day, count(*) as hours from {{ ref('hours') }} where {{ partition.filter('hour') }} group by all`;

beforeEach(() => {
  project = new ProjectFolder({
    'models/hours.sql': hours,
    'models/days.sql': days,
    'models/_models.yml': 'models: [{name: hours, columns: [{name: number, data_tests: [not_null]}]}]',
  });
});
afterEach(() => project.remove());

interface Result {
  readonly unique_id: string;
  readonly status: string;
  readonly failures: number | null;
}

const results = (): Record<string, Result> =>
  Object.fromEntries(
    (project.json('target/run_results.json').results as Result[]).map((result) => [
      result.unique_id.replace(/\.\w{10}$/, ''),
      result,
    ]),
  );

describe('a backfill', () => {
  it('builds assets of different grain in their order, by many workers', async () => {
    const { exit, stdout } = await project.run('backfill', 'hours+', '--from', '2024-01-01', '--max-parallel', '8');
    expect(exit, stdout).toBe(0);
    expect(await project.sql('select count(*)::int, count(distinct hour)::int from hours')).toEqual([[72, 72]]);
    expect(await project.sql('select day::varchar, hours::int from days order by all')).toEqual([
      ['2024-01-01', 24],
      ['2024-01-02', 24],
      ['2024-01-03', 24],
    ]);
  });

  it('leaves out what reads a partition that failed, and nothing else', async () => {
    const line = ['backfill', 'hours+', '--from', '2024-01-01', '--vars', 'broken: "2024-01-02T05:00Z"'];
    const { exit } = await project.run(...line);
    expect(exit).toBe(1);
    expect(await project.sql('select count(*)::int from hours')).toEqual([[71]]);
    expect(await project.sql('select day::varchar from days order by all')).toEqual([['2024-01-01'], ['2024-01-03']]);
    const { exit: again, stdout } = await project.run('backfill', 'hours+', '--failed-only');
    expect(again, stdout).toBe(0);
    expect(stdout).toContain('hours: 1 partition, 2024-01-02T05:00Z');
    expect(stdout).toContain('days: 1 partition, 2024-01-02');
    expect(await project.sql('select sum(hours)::int from days')).toEqual([[72]]);
  });

  describe('of what failed', () => {
    let runs = 0;
    const later = async (...words: string[]): Promise<string> => {
      runs += 1;
      const world = new LaterWorld(project.root, runs);
      await world.run(...words);
      return world.stdout.text;
    };
    const broken = ['--from', '2024-01-01', '--vars', 'broken: "2024-01-02T05:00Z"'];

    it.each(['missing', 'stale'])('builds what was left out below it, if it was mended since: %s', async (left) => {
      if (left === 'stale') await later('backfill', 'hours+', '--from', '2024-01-01');
      await later('backfill', 'hours+', ...broken);
      // As a run leaves it that is killed in the middle.
      expect(await later('backfill', 'hours', '--failed-only')).toContain('hours: 1 partition, 2024-01-02T05:00Z');
      const said = await later('backfill', 'hours+', '--failed-only');
      expect(said).toContain('1 partition of 1 asset');
      expect(said).toContain('days: 1 partition, 2024-01-02');
      expect(await later('backfill', 'hours+', '--failed-only')).toContain('Nothing to do');
    });

    it('builds nothing that would still lack it', async () => {
      await later('backfill', 'hours+', ...broken);
      expect(await later('backfill', 'days', '--failed-only')).toContain('Nothing to do');
    });
  });

  it('has one result for each node in run_results.json', async () => {
    await project.run('backfill', 'hours+', '--from', '2024-01-01', '--vars', 'broken: "2024-01-02T05:00Z"');
    const found = results();
    expect(Object.keys(found).sort()).toEqual([
      'model.shop.days',
      'model.shop.hours',
      'test.shop.not_null_hours_number',
    ]);
    expect(found['model.shop.hours']?.status).toBe('partial success');
    expect(found['model.shop.days']?.status).toBe('partial success');
    await project.run('backfill', 'hours+', '--failed-only');
    expect(Object.values(results()).map(({ status }) => status)).toEqual(['pass', 'success', 'success']);
  });

  it('brings partitions in one after the other where they may change the columns', async () => {
    await project.run('backfill', 'hours+', '--from', '2024-01-01', '--max-parallel', '8');
    project.write('models/days.sql', days.replace('count(*) as hours', 'count(*) as hours, max(number) as latest'));
    const { exit, stdout } = await project.run('backfill', 'days', '--from', '2024-01-01', '--max-parallel', '8');
    expect(exit, stdout).toBe(0);
    expect(await project.sql('select distinct latest::int from days')).toEqual([[23]]);
  });

  it('builds nothing of names that are misspelt, and says what was meant', async () => {
    const { exit, stdout, stderr } = await project.run('backfill', 'hours', 'day', '--from', '2024-01-01');
    expect(exit).toBe(2);
    expect(`${stdout}${stderr}`).toMatch(/'day' does not match any enabled nodes[\s\S]*Did you mean[\s\S]*days/);
    expect(await project.sql("select count(*)::int from duckdb_tables() where table_name = 'hours'")).toEqual([[0]]);
  });

  it('is gone on with by retry, which builds what is left', async () => {
    await project.run('backfill', 'hours+', '--from', '2024-01-01', '--vars', 'broken: "2024-01-02T05:00Z"');
    const id = (await project.run('backfill', 'ls', '--output', 'json')).stdout;
    const { exit, stdout } = await project.run('retry', '--vars', '{}');
    expect(exit, stdout).toBe(0);
    expect(stdout).toContain(`Going on with the backfill ${JSON.parse(id)[0].id}`);
    expect(stdout).toContain('hours: 1 partition, 2024-01-02T05:00Z');
    expect(await project.sql('select sum(hours)::int from days')).toEqual([[72]]);
    expect(JSON.parse((await project.run('backfill', 'ls', '--output', 'json')).stdout)).toHaveLength(1);
  });
});

describe('what a run that died has staged', () => {
  const target = { database: null, schema: 'main', identifier: 'days' };
  const other = { invocationId: '1f0c9a7e-0000-4000-8000-000000000000', startedAt: new Date(2025, 0, 2, 3) };
  const staged = (batch: string, run = other): string =>
    stagedRelation(target, 'table', run, batch).identifier as string;
  const standing = async (): Promise<unknown[]> =>
    (
      await project.sql("select table_name from duckdb_tables() where table_name like '%ingot_staged%' order by 1")
    ).flat();

  /** What another run does, while it is known here that it goes on. */
  async function whileOtherRuns(work: () => Promise<void>): Promise<void> {
    const { store } = await openStore(join(project.root, '.ingot', 'state.db'));
    if (!store) throw new Error('there is no store');
    const leases = openLeases(store, { target: 'shop.dev', holder: other.invocationId, since: Date.now() });
    try {
      await work();
    } finally {
      leases.close();
      store.close();
    }
  }
  const buildOther = () => project.run('build', '--select', 'hours', '--partition', '2024-01-01T01:00Z');

  beforeEach(async () => {
    await project.run('build', '--select', 'hours', '--partition', '2024-01-01T00:00Z');
    await project.sql(
      `create table "${staged('2024-01-01')}" as select 1 as x`,
      `create table "${staged('2024-01-02')}" as select 1 as x`,
    );
  });

  it('stays while it is at it, and goes with the next run, whatever that builds', async () => {
    await whileOtherRuns(async () => {
      await buildOther();
      expect(await standing()).toEqual([staged('2024-01-01'), staged('2024-01-02')].sort());
    });
    await buildOther();
    expect(await standing()).toEqual([]);
  });

  it('goes after a day where nothing is known of the run, which may be at it on another machine', async () => {
    const earlier = { ...other, startedAt: new Date(2025, 0, 1, 2) };
    await project.sql(`create table "${staged('2024-01-03', earlier)}" as select 1 as x`);
    await buildOther();
    expect(await standing()).toEqual([staged('2024-01-01'), staged('2024-01-02')].sort());
  });
});

describe('a backfill of a microbatch model', () => {
  beforeEach(async () => {
    project.write(
      'models/_sources.yml',
      'sources: [{name: till, schema: main, tables: [{name: sales, config: {event_time: sold}}]}]',
    );
    project.write(
      'models/batches.sql',
      `{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='sold', batch_size='day', begin='2024-01-01') }}
select sold, id from {{ source('till', 'sales') }}`,
    );
    await project.sql(
      "create table sales as select timestamp '2024-01-01' + to_hours((24 * i)::integer) as sold, i as id from range(10) as r(i)",
    );
  });

  it('builds the batches from its first day to its last', async () => {
    const { exit, stdout } = await project.run('backfill', 'batches', '--from', '2024-01-02', '--to', '2024-01-04');
    expect(exit, stdout).toBe(0);
    expect(await project.sql('select id::int from batches order by 1')).toEqual([[1], [2], [3]]);
    await project.run('backfill', 'batches', '--partition', '2024-01-08');
    expect(await project.sql('select id::int from batches order by 1')).toEqual([[1], [2], [3], [7]]);
  });

  it('builds those that are missing, up to the last that is over', async () => {
    const sql = project.read('models/batches.sql');
    project.write('models/batches.sql', sql.replace("begin='2024-01-01'", "begin='2024-12-29'"));
    await project.run('backfill', 'batches', '--from', '2024-12-30', '--to', '2024-12-31');
    const { stdout } = await project.run('backfill', 'batches', '--missing');
    expect(stdout).toContain('batches: 2 partitions, 2024-12-29,2025-01-01');
  });
});
