import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;

const berlin = { time: 'day', start: '2024-03-30', end: '2024-04-02', timezone: 'Europe/Berlin', column: 'day' };
const hour = { time: 'hour', start: '2024-03-30', end: '2024-04-02', timezone: 'Europe/Berlin', column: 'sold_at' };
const month = { time: 'month', start: '2024-03', end: '2024-05', timezone: 'Europe/Berlin', column: 'month' };
const regions = { values: ['EU', 'US'], column: 'region' };

const model = (settings: Readonly<Record<string, unknown>>, sql: string): string =>
  `{{ config(materialized='incremental', ${Object.entries(settings)
    .map(
      ([name, value]) => `${name}=${typeof value === 'boolean' ? (value ? 'True' : 'False') : JSON.stringify(value)}`,
    )
    .join(', ')}) }}\n${sql}\n`;

/** Every hour that clocks in Berlin show from March 30th to April 1st: on the 31st there is no 2 o'clock. */
const hourly = `select sold_at, region, 1 as amount
from range(timestamp '2024-03-30', timestamp '2024-04-02', interval 1 hour) as hours(sold_at),
  (values ('EU'), ('US')) as regions(region)
where sold_at <> timestamp '2024-03-31 02:00' and {{ partition.filter('sold_at') }}`;

const days = "select sold_at::date as day, region, sum(amount) as amount from {{ ref('hours') }} group by all";

beforeEach(() => {
  project = new ProjectFolder({
    'models/hours.sql': model({ partitions: hour }, hourly),
    'models/days.sql': model(
      { partitions: { dimensions: { time: berlin, region: regions } }, narrow_refs: true },
      `${days} having region = '{{ partition.region.key }}'`,
    ),
    'models/months.sql': model(
      { partitions: month, narrow_refs: true },
      "select date_trunc('month', day)::date as month, sum(amount) as amount, count(distinct day) as days from {{ ref('days') }} group by all",
    ),
  });
});

afterEach(() => project.remove());

async function compiled(name: string): Promise<string> {
  const { exit, stdout } = await project.run('compile', '--select', name);
  expect(exit, stdout).toBe(0);
  expect(stdout).not.toContain('compile/partition-mapping');
  return project.json('target/manifest.json').nodes[`model.shop.${name}`].compiled_code;
}

test('a day reads its hours, on the day when clocks change too, and a month its days', async () => {
  const { exit, stdout } = await project.run('build');
  expect(exit, stdout).toBe(0);
  expect(await project.sql('select day, region, amount::integer from days order by all')).toEqual(
    ['2024-03-30', '2024-03-31', '2024-04-01'].flatMap((day) =>
      ['EU', 'US'].map((region) => [day, region, day === '2024-03-31' ? 23 : 24]),
    ),
  );
  expect(await project.sql('select month, amount::integer, days::integer from months order by 1')).toEqual([
    ['2024-03-01', 94, 2],
    ['2024-04-01', 48, 1],
  ]);
});

test('shared dimensions are narrowed with time, others are read whole', async () => {
  project.write(
    'models/by_region.sql',
    model(
      { partitions: { dimensions: { time: berlin, region: regions } }, narrow_refs: true },
      "select day, region, amount from {{ ref('days') }}",
    ),
  );
  expect(await compiled('by_region')).toMatch(
    /from \(select \* from "shop"\."main"\."days" where day >= .* and day < .* and region = 'US'\)/,
  );
  expect(await compiled('months')).not.toContain('region');
});

test('the mapping says how much is read', async () => {
  project.write(
    'models/week.sql',
    model(
      { partitions: berlin, narrow_refs: true, partition_mapping: { days: { dimensions: { time: { start: -1 } } } } },
      "select date '{{ partition.key }}' as day, sum(amount) as amount from {{ ref('days') }}",
    ),
  );
  const { exit, stdout } = await project.run('build');
  expect(exit, stdout).toBe(0);
  expect(await project.sql('select day, amount::integer from week order by 1')).toEqual([
    ['2024-03-30', 48],
    ['2024-03-31', 94],
    ['2024-04-01', 94],
  ]);
});

test('one statement may build several partitions', async () => {
  project.write('models/days.sql', model({ partitions: berlin, narrow_refs: true }, days));
  const { exit, stdout } = await project.run(
    'backfill',
    '+months',
    '--from',
    '2024-03-30',
    '--to',
    '2024-04-01',
    '--batch-size',
    '50',
  );
  expect(exit, stdout).toBe(0);
  expect(await project.sql('select sum(amount)::integer from months')).toEqual([[142]]);
});

test('what has no partitions is narrowed by its event_time, and without one read whole', async () => {
  project.write(
    'models/sources.yml',
    JSON.stringify({
      version: 2,
      sources: [
        {
          name: 'raw',
          schema: 'main',
          tables: [{ name: 'clicks', config: { event_time: 'clicked_at' } }, { name: 'pages' }],
        },
      ],
    }),
  );
  await project.sql(
    'create table clicks (clicked_at timestamp)',
    'create table pages (page integer)',
    "insert into clicks values ('2024-03-30 12:00'), ('2024-03-31 12:00'), ('2024-03-31 13:00')",
    'insert into pages values (1), (2)',
  );
  project.write(
    'models/clicks_by_day.sql',
    model(
      { partitions: berlin, narrow_refs: true },
      "select date '{{ partition.key }}' as day, count(*) as clicks, (select count(*) from {{ source('raw', 'pages') }}) as pages from {{ source('raw', 'clicks') }}",
    ),
  );
  await project.run('build', '--select', 'clicks_by_day');
  expect(await project.sql('select clicks::integer, pages::integer from clicks_by_day order by day limit 3')).toEqual([
    [1, 2],
    [2, 2],
    [0, 2],
  ]);
});

test('render() reads the whole parent, and so does a model that does not ask for it', async () => {
  project.write(
    'models/whole.sql',
    model(
      { partitions: berlin, narrow_refs: true, partition_mapping: { days: 'all' } },
      "select date '{{ partition.key }}' as day, count(*) as rows from {{ ref('days').render() }}",
    ),
  );
  expect(await compiled('whole')).toContain('from "shop"."main"."days"');
  project.write('models/plain.sql', model({ partitions: berlin, partition_mapping: { hours: 'all' } }, days));
  expect(await compiled('plain')).toContain('from "shop"."main"."hours"');
});

test('a narrowed model is compiled for each partition, and its code version stays', async () => {
  await project.run('build');
  const { stdout } = await project.run('partitions', '--output', 'json');
  const counts = JSON.parse(stdout).map(({ status }: { status: { stale: { count: number } } }) => status.stale.count);
  expect(counts).toEqual([0, 0, 0]);
});

test('narrow_refs is true or false', async () => {
  project.write('models/wrong.sql', model({ partitions: berlin, narrow_refs: 'yes' }, days));
  const { exit, stdout } = await project.run('parse');
  expect(exit).toBe(2);
  expect(stdout).toContain(`'narrow_refs' of 'wrong' has to be true or false, or empty, but is "yes"`);
});
