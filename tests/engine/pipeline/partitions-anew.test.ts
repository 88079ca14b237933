import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LaterWorld } from './later-world.ts';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;
let runs = 0;

async function ingot(...words: string[]): Promise<string> {
  runs += 1;
  const world = new LaterWorld(project.root, runs);
  await world.run(...words);
  return world.stdout.text;
}

const days = (start: string, columns = '1 as n', more = '') =>
  project.write(
    'models/daily.sql',
    `{{ config(materialized='incremental', partitions={'time': 'day', 'start': '${start}', 'end': '2024-01-06', 'column': 'day'}${more}) }}
select cast('{{ partition.start }}' as date) as day, ${columns}`,
  );
const regions = (values: string) =>
  project.write(
    'models/daily.sql',
    `{{ config(materialized='incremental', partitions={'values': ${values}, 'column': 'region'}) }}
select '{{ partition.key }}' as region, 1 as n`,
  );
const rows = (sql: string) => project.sql(sql);
const there = async () =>
  (await rows("select strftime(day, '%d') from daily where day is not null order by 1")).flat().join(' ');
const missing = async () => {
  const [{ status }] = JSON.parse(await ingot('partitions', 'daily', '--output', 'json'));
  return status.missing.partitions;
};

beforeEach(() => {
  project = new ProjectFolder();
});

afterEach(() => project.remove());

describe('a full refresh of a model with partitions', () => {
  test('leaves exactly the partitions that are defined', async () => {
    days('2024-01-01');
    await ingot('build');
    await rows("insert into daily values (null, 0), (date '2030-01-01', 0)");
    days('2024-01-03');
    await ingot('build', '--full-refresh', '--partition', '2024-01-03');
    expect(await there()).toBe('01 01 02 03 04 05');
    await ingot('build', '--full-refresh');
    expect(await rows('select count(*)::int, count(day)::int from daily')).toEqual([[3, 3]]);
    expect(await there()).toBe('03 04 05');
  });

  test('takes out values that are listed no more, of which nothing is known any more', async () => {
    regions("['EU', 'US']");
    await ingot('build');
    regions("['EU']");
    await ingot('build', '--full-refresh');
    expect(await rows('select region from daily')).toEqual([['EU']]);
    regions("['EU', 'US']");
    expect(await missing()).toBe('US');
    expect(JSON.parse(await ingot('why', 'daily[US]', '--output', 'json'))).toMatchObject({
      verdict: 'run',
      facts: [{ kind: 'missing' }],
    });
  });

  test('gives the table the columns that the code has now', async () => {
    days('2024-01-01', '1 as n, 2 as gone');
    await ingot('build');
    days('2024-01-01', "'one' as n, 3 as added");
    await ingot('build', '--full-refresh');
    expect(await rows('select n, added, count(*)::int from daily group by all')).toEqual([['one', 3, 5]]);
  });

  test('is none where the model says so', async () => {
    days('2024-01-01', '1 as n', ', full_refresh=false');
    await ingot('build');
    days('2024-01-04', '2 as n', ', full_refresh=false');
    await ingot('build', '--full-refresh');
    expect(await rows('select n, count(*)::int from daily group by all')).toEqual([[1, 5]]);
  });
});

test('what was published into a table that is gone is missing, also once there is a new one', async () => {
  days('2024-01-01');
  await ingot('build');
  await rows('drop table daily');
  await ingot('build', '--partition', '2024-01-02');
  expect(await missing()).toBe('2024-01-01,2024-01-03..2024-01-05');
});

test.each(['table', 'view', 'incremental'])(
  'a model that was a %s meanwhile has no partitions left',
  async (materialized) => {
    days('2024-01-01');
    await ingot('build');
    project.write(
      'models/daily.sql',
      `{{ config(materialized='${materialized}') }} select date '2024-01-02' as day, 2 as n`,
    );
    await ingot('run');
    await ingot('run');
    const noted = "select count(*)::int from __ingot_publications where event = 'kept'";
    const before = Number((await rows(noted))[0]?.[0]);
    days('2024-01-01');
    expect(await missing()).toBe('2024-01-01..2024-01-05');
    await ingot('build');
    expect(await missing()).toBe('');
    if (materialized === 'table') expect(await rows('select sum(n)::int from daily')).toEqual([[5]]);
    expect(Number((await rows(noted))[0]?.[0])).toBeLessThanOrEqual(before + 1);
  },
);
