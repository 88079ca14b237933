import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
});
