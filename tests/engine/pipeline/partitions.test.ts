import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LaterWorld } from './later-world.ts';
import { ProjectFolder } from './project-folder.ts';
import { statusesIn } from './statuses-in.ts';

let project: ProjectFolder;
let runs = 0;

const daily = `{{ config(materialized='incremental', publish='after_tests', partitions={'use': 'daily', 'column': 'day'}) }}
select sold_at::date as day, region, sum(amount) as amount
from {{ ref('sales') }}
where {{ partition.filter('sold_at') }}
group by all
`;

const monthly = `{{ config(materialized='incremental', partitions={'time': 'month', 'start': '2024-01', 'end': '2024-02', 'column': 'month'}) }}
select date_trunc('month', day) as month, sum(amount) as amount
from {{ ref('daily') }}
where {{ partition.filter('day') }}
group by all
`;

/** A sale an hour for four days. */
const sales = `select timestamp '2024-01-01' + to_hours(i::integer) as sold_at, i as amount,
  case when i = {{ var('bad', -1) }} then null else 'EU' end as region
from range(96) as hours(i)
`;

beforeEach(() => {
  runs = 0;
  project = new ProjectFolder({
    'project.yml':
      'name: shop\ntargets:\n  dev: {type: duckdb, path: shop.duckdb, schema: main, threads: 2}\n' +
      'partitions:\n  daily: {time: day, start: 2024-01-01, end: 2024-01-05}\n',
    'models/sales.sql': sales,
    'models/daily.sql': daily,
    'models/monthly.sql': monthly,
    'models/schema.yml': JSON.stringify({
      version: 2,
      models: [{ name: 'daily', columns: [{ name: 'region', data_tests: ['not_null'] }] }],
    }),
  });
});

afterEach(() => project.remove());

async function ingot(
  ...words: string[]
): Promise<{ readonly exit: number; readonly out: string; readonly err: string }> {
  runs += 1;
  const world = new LaterWorld(project.root, runs);
  const exit = await world.run(...words);
  return { exit, out: world.stdout.text, err: world.stderr.text };
}

/** The ranges of each status that some partitions are in. */
async function statuses(model: string): Promise<Readonly<Record<string, string>>> {
  const { out } = await ingot('partitions', model, '--output', 'json');
  return statusesIn(out);
}

// biome-ignore lint/suspicious/noExplicitAny: a test looks at what it knows to be there
async function why(what: string): Promise<any> {
  const { out } = await ingot('why', what, '--output', 'json');
  return JSON.parse(out);
}

test('what was built is filled, what was not is missing', async () => {
  expect(await statuses('daily')).toEqual({ missing: '2024-01-01..2024-01-04' });
  await ingot('build', '--select', 'sales', 'daily', '--from', '2024-01-02', '--to', '2024-01-03');
  expect(await statuses('daily')).toEqual({ filled: '2024-01-02..2024-01-03', missing: '2024-01-01,2024-01-04' });
});

test('data of a partition that is in quarantine can be released, and nothing else changes', async () => {
  await ingot('build', '--vars', '{bad: 30}');
  const others = "select day::varchar, region, amount::int from daily where day <> '2024-01-02' order by 1";
  const before = await project.sql(others);
  const { exit, out } = await ingot('quarantine', 'release', 'daily', '--partition', '2024-01-02');
  expect(exit, out).toBe(0);
  expect(await statuses('daily')).toEqual({ filled: '2024-01-01..2024-01-04' });
  expect(await project.sql("select region, amount::int from daily where day = '2024-01-02' order by region")).toEqual([
    ['EU', 822],
    [null, 30],
  ]);
  expect(await project.sql(others)).toEqual(before);
  expect(await project.sql("select count(*)::int from duckdb_tables() where table_name like '%quarantine%'")).toEqual([
    [0],
  ]);
  expect((await why('monthly[2024-01]')).verdict).toBe('run');
});

test('what was published over is not released with what is held back', async () => {
  const bad = ['--vars', '{bad: 30}', '--select', 'sales', 'daily'];
  await ingot('build', ...bad, '--batch-size', '4');
  await ingot('build', ...bad);
  expect(await statuses('daily')).toEqual({ filled: '2024-01-01,2024-01-03..2024-01-04', quarantined: '2024-01-02' });
  const { exit, out } = await ingot('quarantine', 'release', 'daily');
  expect(exit, out).toBe(0);
  expect(await project.sql('select day::varchar, count(*)::int from daily group by 1 order by 1')).toEqual([
    ['2024-01-01', 1],
    ['2024-01-02', 2],
    ['2024-01-03', 1],
    ['2024-01-04', 1],
  ]);
  const none = await ingot('quarantine', 'show', 'daily', '--partition', '2024-01-02');
  expect(none.err).toContain("Nothing of 'daily' is in quarantine as '2024-01-02'");
});

test('data that a test stands against is in quarantine, and says which test and which run', async () => {
  const { exit } = await ingot('build', '--vars', '{bad: 30}');
  expect(exit).toBe(1);
  expect(await statuses('daily')).toEqual({ filled: '2024-01-01,2024-01-03..2024-01-04', quarantined: '2024-01-02' });
  const { verdict, facts } = await why('daily[2024-01-02]');
  expect(verdict).toBe('run');
  expect(facts[0]).toMatchObject({
    kind: 'held',
    run: '00000001-0000-0000-0000-000000000000',
    tests: ['not_null_daily_region'],
  });
  const child = await why('monthly[2024-01]');
  expect(child.verdict).toBe('blocked');
  expect(child.facts[0]).toMatchObject({
    kind: 'waits',
    parent: 'model.shop.daily',
    partitions: '2024-01-02',
    why: { kind: 'held' },
  });
});

test('a missing partition waits for what it reads, and is built once that is there', async () => {
  await ingot('build', '--select', 'sales', 'daily', '--to', '2024-01-03');
  const waiting = await ingot('build', '--select', 'monthly');
  expect(waiting.out).toContain("1 missing partition of 'monthly' waits for 1 of 'daily', which is missing too");
  expect(await statuses('monthly')).toEqual({ missing: '2024-01' });
  await ingot('build');
  expect(await statuses('monthly')).toEqual({ filled: '2024-01' });
});

test('other code makes what it made before stale, comments do not', async () => {
  await ingot('build');
  project.write('models/daily.sql', `${daily}-- a remark\n`);
  expect(await statuses('daily')).toEqual({ filled: '2024-01-01..2024-01-04' });
  project.write('models/daily.sql', daily.replace('sum(amount)', '2 * sum(amount)'));
  expect(await statuses('daily')).toEqual({ stale: '2024-01-01..2024-01-04' });
  expect((await why('daily[2024-01-01]')).facts[0]).toEqual({ kind: 'stale', cause: 'code' });
  await ingot('build');
  expect(await statuses('daily')).toEqual({ stale: '2024-01-01..2024-01-04' });
  await ingot('build', '--stale');
  expect(await statuses('daily')).toEqual({ filled: '2024-01-01..2024-01-04' });
  expect(await project.sql('select sum(amount)::integer from daily')).toEqual([[2 * 4560]]);
});

test('the end of the definition does not make anything stale', async () => {
  await ingot('build');
  const yaml = 'name: shop\ntargets:\n  dev: {type: duckdb, path: shop.duckdb, schema: main, threads: 2}\n';
  project.write('project.yml', `${yaml}partitions:\n  daily: {time: day, start: 2023-12-31, end: 2024-01-06}\n`);
  expect(await statuses('daily')).toEqual({ filled: '2024-01-01..2024-01-04', missing: '2023-12-31,2024-01-05' });
});

test('a parent that was built again makes those partitions stale that read it', async () => {
  await ingot('build');
  await ingot('build', '--select', 'daily', '--partition', '2024-01-03');
  expect(await statuses('monthly')).toEqual({ stale: '2024-01' });
  const run = '00000002-0000-0000-0000-000000000000';
  expect((await why('monthly[2024-01]')).facts[0]).toEqual({
    kind: 'stale',
    cause: 'upstream',
    parent: 'model.shop.daily',
    run,
  });
});

test('what is built in the same run is never stale because of that', async () => {
  await ingot('build');
  await ingot('build', '--full-refresh');
  expect(await statuses('daily')).toEqual({ filled: '2024-01-01..2024-01-04' });
  expect(await statuses('monthly')).toEqual({ filled: '2024-01' });
});

test('of runs that went on at the same time it counts what each did before and after the others', async () => {
  await ingot('build');
  await ingot('build', '--select', 'daily', '--partition', '2024-01-01');
  await ingot('build', '--select', 'monthly', '--partition', '2024-01');
  expect(await statuses('monthly')).toEqual({ filled: '2024-01' });
  await project.sql(`insert into __ingot_publications select * replace ('2024-01-02' as partition_key, 1e15::bigint as at_ms)
    from __ingot_publications where asset = 'model.shop.daily' and run_id like '00000002%'`);
  expect(await statuses('monthly')).toEqual({ stale: '2024-01' });
});

test('a table that was dropped has nothing', async () => {
  await ingot('build');
  await project.sql('drop table daily');
  expect(await statuses('daily')).toEqual({ missing: '2024-01-01..2024-01-04' });
});

test('SQL that the warehouse refuses leaves the partition failed until it is built', async () => {
  project.write('models/daily.sql', daily.replace('sum(amount)', "sum(amount) + error('no')::integer"));
  await ingot('build', '--select', 'sales', 'daily', '--to', '2024-01-02');
  expect(await statuses('daily')).toEqual({ failed: '2024-01-01..2024-01-02', missing: '2024-01-03..2024-01-04' });
  expect((await why('daily[2024-01-02]')).facts[0]).toMatchObject({
    kind: 'failed',
    message: expect.stringContaining('no'),
  });
  project.write('models/daily.sql', daily);
  await ingot('build');
  expect(await statuses('daily')).toEqual({ filled: '2024-01-01..2024-01-04' });
});

test('a model without partitions is built whenever it is selected; a failure counts until it is built again', async () => {
  project.write('models/sales.sql', 'select 1 / nothing as sold_at');
  await ingot('build', '--select', 'sales');
  const failed = await why('sales');
  expect(failed.facts.map(({ kind }: { kind: string }) => kind)).toEqual(['always', 'failed']);
  project.write('models/sales.sql', sales);
  await ingot('build', '--select', 'sales');
  const built = await why('sales');
  expect(built).toMatchObject({ verdict: 'run', facts: [{ kind: 'always' }, { kind: 'published' }] });
});

test('the same question gets the same answer', async () => {
  await ingot('build', '--vars', '{bad: 30}');
  const [first, second] = [await ingot('why', 'monthly[2024-01]'), await ingot('why', 'monthly[2024-01]')];
  expect(second.out).toBe(first.out);
  expect(first.out).toContain('monthly[2024-01] is blocked');
});

test.each([
  ['partitions dayly', "There is no model, seed or snapshot 'dayly'", "Did you mean 'daily'?"],
  ['partitions sales', "'sales' has no partitions: it is always built whole", 'ingot why sales'],
  ['why daily', "'daily' is kept by partitions", "ingot why 'daily[…]'"],
  ['why daily[2024-01]', "'2024-01' is not the name of a partition by day", 'It holds 2024-01-01 to 2024-01-31'],
  ['why daily[2024-02-01]', '2024-02-01 is after the last partition, 2024-01-04', ''],
  ['build --plan nothing.json', 'cannot be read', 'ingot plan --output json'],
])('%s says what is wrong', async (line, message, hint) => {
  const { exit, out, err } = await ingot(...line.split(' '));
  expect(exit).toBe(2);
  expect(out + err).toContain(message);
  expect(out + err).toContain(hint);
});

test('a plan is the same text for the same inputs, with reasons and what is left out', async () => {
  await ingot('build', '--select', 'sales', 'daily', '--to', '2024-01-02');
  const [first, second] = [await ingot('plan', '--output', 'json'), await ingot('plan', '--output', 'json')];
  expect(second.out).toBe(first.out);
  const { steps, not_built: left } = JSON.parse(first.out);
  const step = steps.find(
    ({ id, part }: { id: string; part: string }) => id === 'model.shop.daily' && part === 'stage',
  );
  expect(step).toMatchObject({
    partitions: '2024-01-03..2024-01-04',
    count: 2,
    reasons: [{ why: 'missing', partitions: '2024-01-03..2024-01-04', parent: null }],
    compiled: 'target/compiled/shop/models/daily.sql',
  });
  expect(left).toEqual([
    { id: 'model.shop.daily', partitions: '2024-01-01..2024-01-02', count: 2, why: 'filled', parent: null },
  ]);
});

test('a plan is carried out as it is, whatever is missing by then', async () => {
  const { out } = await ingot('plan', '--output', 'json', '--select', 'sales', 'daily', '--partition', '2024-01-02');
  writeFileSync(join(project.root, 'plan.json'), out);
  expect((await ingot('build', '--plan', 'plan.json')).exit).toBe(0);
  expect(await statuses('daily')).toEqual({ filled: '2024-01-02', missing: '2024-01-01,2024-01-03..2024-01-04' });
});

test.each([
  [
    'code',
    () => project.write('models/daily.sql', daily.replace('sum(', '1 + sum(')),
    "The code of 'daily' has changed",
  ],
  [
    'state',
    () => ingot('build', '--select', 'sales', 'daily', '--partition', '2024-01-02'),
    "'daily' has been built since: 2024-01-02 is published",
  ],
  [
    'selection',
    () => project.write('models/other.sql', 'select 1 as a'),
    "The selection has changed: 'other' would be built, too",
  ],
  [
    'list of partitions',
    () => project.write('project.yml', project.read('project.yml').replace('start: 2024-01-01', 'start: 2024-01-02')),
    "The partitions of 'daily' have changed",
  ],
])('a plan is refused where its %s has changed since', async (_, change, message) => {
  const { out } = await ingot('plan', '--output', 'json');
  writeFileSync(join(project.root, 'plan.json'), out);
  await change();
  const before = await statuses('daily');
  const { exit, out: said } = await ingot('build', '--plan', 'plan.json');
  expect(said).toContain(message);
  expect(exit).toBe(2);
  expect(await statuses('daily')).toEqual(before);
});

test('a view holds up nothing: only what reads the partition that was held back is left out', async () => {
  project.write('models/seen.sql', "{{ config(materialized='view') }} select * from {{ ref('daily') }}");
  const byHalf = (name: string, column: string): string =>
    `{{ config(materialized='incremental', partitions={'time': 'day', 'start': '2024-01-01', 'end': '2024-01-05', 'column': '${column}'}) }}
select day, sum(amount) as ${name} from {{ ref('seen') }} where {{ partition.filter('day') }} group by all`;
  project.write('models/again.sql', byHalf('again', 'day'));
  project.write('models/whole.sql', "{{ config(materialized='table') }} select * from {{ ref('seen') }}");
  project.write(
    'models/schema.yml',
    JSON.stringify({
      models: [
        {
          name: 'daily',
          columns: [{ name: 'region', data_tests: ['not_null', { unique: { config: { severity: 'warn' } } }] }],
        },
      ],
    }),
  );
  for (const attempt of ['new', 'old']) {
    const { exit, out } = await ingot('build', '--vars', '{bad: 30}', '--exclude', 'monthly');
    expect(exit, attempt).toBe(1);
    expect(out.match(/SKIP relation \S+/g)?.sort(), attempt).toEqual([
      'SKIP relation main.again[2024-01-02]',
      'SKIP relation main.whole',
    ]);
    expect(await statuses('again')).toEqual({ filled: '2024-01-01,2024-01-03..2024-01-04', missing: '2024-01-02' });
  }
});

test('a view of a table that could not be made is left out', async () => {
  project.write('models/seen.sql', "{{ config(materialized='view') }} select * from {{ ref('daily') }}");
  const { exit, out } = await ingot(
    'build',
    '--vars',
    '{bad: 30}',
    '--select',
    'sales',
    'daily',
    'seen',
    '--partition',
    '2024-01-02',
  );
  expect(exit).toBe(1);
  expect(out).toContain('SKIP relation main.seen');
});

test.each(['view', 'table'])('partitions are missing where the model was a %s meanwhile', async (kind) => {
  await ingot('build', '--exclude', 'monthly');
  project.write(
    'models/daily.sql',
    `{{ config(materialized='${kind}', publish='after_tests') }} select date '2024-01-01' as day, 'EU' as region, 1 as amount`,
  );
  expect((await ingot('build', '--select', 'daily')).exit).toBe(0);
  project.write('models/daily.sql', daily);
  expect(await statuses('daily')).toEqual({ missing: '2024-01-01..2024-01-04' });
  expect((await ingot('build', '--select', 'daily')).exit).toBe(0);
  expect(await project.sql('select count(*)::int from daily')).toEqual([[4]]);
});

test('in SQL a key is the value that the data has, whatever it is in the name of a partition', async () => {
  const values = ['A|B', 'a,b', '50..60%', 'plain'];
  const model = (key: string, dimensions: object): string =>
    `{{ config(materialized='incremental', partitions=${JSON.stringify({ dimensions })}) }}
select region, day from (select unnest(${JSON.stringify(values).replaceAll('"', "'")}) as region, date '2024-01-01' as day)
where region = '{{ ${key} }}'`;
  const region = { values, column: 'region' };
  const time = { time: 'day', start: '2024-01-01', end: '2024-01-02', column: 'day' };
  project.write('models/one.sql', model('partition.key', { region }));
  project.write('models/two.sql', model('partition.region.key', { time, region }));
  const { exit, out } = await ingot('build', '--select', 'one', 'two');
  expect(exit, out).toBe(0);
  for (const name of ['one', 'two']) {
    expect(await project.sql(`select region from ${name} order by 1`)).toEqual([...values].sort().map((one) => [one]));
  }
  expect(await statuses('two')).toEqual({ filled: '2024-01-01|50..60%25,A%7CB,a%2Cb,plain' });
});

test.each([
  ['ignore', ['--stale'], ['day', 'region', 'amount']],
  ['append_new_columns', ['--stale'], ['day', 'region', 'amount', 'twice']],
  ['sync_all_columns', ['--stale'], ['day', 'amount', 'twice']],
  ['ignore', ['--full-refresh'], ['day', 'amount', 'twice']],
])('tests of the whole table see its columns as %s makes them %s', async (mode, flags, columns) => {
  const of = (selected: string): string =>
    `{{ config(materialized='incremental', publish='after_tests', on_schema_change='${mode}',
      partitions={'use': 'daily', 'column': 'day'}) }}
select sold_at::date as day, ${selected} from {{ ref('sales') }} where {{ partition.filter('sold_at') }} group by all`;
  project.write('models/daily.sql', of("'EU' as region, sum(amount) as amount"));
  project.write('models/schema.yml', 'models: [{name: daily, columns: [{name: day, data_tests: [unique]}]}]\n');
  expect((await ingot('build', '--select', 'sales', 'daily')).exit).toBe(0);
  const withRegion = mode === 'ignore' && flags[0] === '--stale' ? "'EU' as region, " : '';
  project.write('models/daily.sql', of(`${withRegion}sum(amount) as amount, 2 * sum(amount) as twice`));
  const again = await ingot('build', '--select', 'sales', 'daily', ...flags);
  expect(again.exit, again.out).toBe(0);
  expect((await project.sql('describe daily')).map(([name]) => name)).toEqual(columns);
  expect(await project.sql('select count(*)::int, count(distinct day)::int from daily')).toEqual([[4, 4]]);
});

test('a partition that lacks a column which its table keeps fails, and the others are built', async () => {
  project.write('models/schema.yml', 'models: [{name: daily, columns: [{name: day, data_tests: [unique]}]}]\n');
  await ingot('build', '--select', 'sales', 'daily');
  project.write(
    'models/daily.sql',
    daily.replace('region, ', "{% if partition.key != '2024-01-02' %}region, {% endif %}"),
  );
  const { exit, out } = await ingot('build', '--select', 'sales', 'daily', '--partition', '2024-01-02', '2024-01-03');
  expect(exit).toBe(1);
  expect(out).not.toContain('bug in Ingot');
  expect(await statuses('daily')).toMatchObject({ quarantined: '2024-01-02' });
  expect(out).toContain('PASS=3');
});
