import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LaterWorld } from './later-world.ts';
import { ProjectFolder } from './project-folder.ts';

// What a build did not come to, the next one does.

let project: ProjectFolder;
let runs = 0;

const kept = (time: string, start: string, end: string, column: string): string =>
  `{{ config(materialized='incremental', partitions={'time': '${time}', 'start': '${start}', 'end': '${end}', 'column': '${column}'}, lookback=var('lookback', 0)) }}`;

beforeEach(() => {
  runs = 0;
  project = new ProjectFolder({
    'models/daily.sql': `${kept('day', '2024-01-01', '2024-01-04', 'day')}
      select cast('{{ partition.start }}' as date) as day, {{ var('amount', 1) }} as amount`,
    'models/monthly.sql': `${kept('month', '2024-01', '2024-02', 'month')}
      select date_trunc('month', day)::date as month, sum(amount)::int as amount from {{ ref('daily') }}
      where {{ partition.filter('day') }} group by all`,
    'models/total.sql': "{{ config(materialized='table') }} select sum(amount)::int as amount from {{ ref('daily') }}",
  });
});
afterEach(() => project.remove());

async function ingot(...words: string[]): Promise<{ readonly exit: number; readonly out: string }> {
  runs += 1;
  const world = new LaterWorld(project.root, runs);
  return { exit: await world.run(...words), out: world.stdout.text };
}

const vars = (values: object): string[] => ['--vars', JSON.stringify(values)];
const amounts = (model: string) => project.sql(`select amount from ${model} order by all`);
const newDay = vars({ lookback: 1, amount: 5 });

function asIfKilled(run: number): void {
  const state = new Database(join(project.root, '.ingot/state.db'));
  state
    .prepare("update runs set outcome = 'running', finished_at = null, process_started_at = 1 where run_id like ?")
    .run([`${String(run).padStart(8, '0')}-%`]);
  state.close();
}

test('what a run that died has made out of date is built by the next build', async () => {
  await ingot('build');
  await ingot('build', '--select', 'daily', ...newDay);
  expect((await ingot('build', '--select', 'daily', 'monthly')).out).toContain('Nothing to do');
  expect(await amounts('monthly')).toEqual([[3]]);
  asIfKilled(2);
  expect((await ingot('why', 'monthly[2024-01]')).out).toContain('monthly[2024-01] would be built by `ingot build`');
  expect((await ingot('build', '--select', 'daily', 'monthly')).exit).toBe(0);
  expect(await amounts('monthly')).toEqual([[7]]);
  expect((await ingot('build', '--select', 'daily', 'monthly')).out).toContain('Nothing to do');
});

test('but not what reads a table that such a run has made, or a backfill', async () => {
  const table = { name: 'kinds', columns: [{ name: 'one', data_tests: ['not_null'] }] };
  project.write('models/kinds.sql', "{{ config(materialized='table', publish='after_tests') }} select 1 as one");
  project.write('models/schema.yml', JSON.stringify({ models: [table] }));
  project.write('models/daily.sql', `${project.read('models/daily.sql')} from {{ ref('kinds') }}`);
  await ingot('build');
  await ingot('build', '--select', 'kinds');
  asIfKilled(2);
  await ingot('backfill', 'daily', '--partition', '2024-01-03', ...newDay);
  asIfKilled(3);
  const said = 'kinds was built again by run 00000002: 2024-01-01..2024-01-02';
  expect((await ingot('partitions', 'daily')).out).toContain(said);
  expect((await ingot('build', '--select', 'daily', 'monthly')).out).toContain('Nothing to do');
});

test('so is what was skipped because something else had failed', async () => {
  const reading = project
    .read('models/monthly.sql')
    .replace('group by', "and (select count(*) from {{ ref('other') }}) = 1 group by");
  project.write('models/monthly.sql', reading);
  project.write('models/other.sql', "{{ config(materialized='table') }} select {{ var('other', 1) }} as one");
  expect((await ingot('build')).exit).toBe(0);
  expect((await ingot('build', ...vars({ lookback: 1, amount: 5, other: 'lost' }))).exit).toBe(1);
  expect([await amounts('daily'), await amounts('monthly')]).toEqual([[[1], [1], [5]], [[3]]]);
  expect((await ingot('build')).exit).toBe(0);
  expect(await amounts('monthly')).toEqual([[7]]);
});

test('nothing is built of partitions whose test has failed, also if none of them is to be built again', async () => {
  const test = { accepted_values: { arguments: { values: [1], quote: false } } };
  project.write(
    'models/schema.yml',
    JSON.stringify({ models: [{ name: 'daily', columns: [{ name: 'amount', data_tests: [test] }] }] }),
  );
  expect((await ingot('build')).exit).toBe(0);
  expect((await ingot('build', ...newDay)).exit).toBe(1);
  const again = await ingot('build');
  expect(again.exit).toBe(1);
  expect(again.out).toContain('FAIL 1 accepted_values_daily_amount');
  expect([await amounts('monthly'), await amounts('total')]).toEqual([[[3]], [[3]]]);
  expect((await ingot('backfill', 'daily', '--partition', '2024-01-03')).exit).toBe(0);
  const passed = await ingot('build');
  expect(passed.exit).toBe(0);
  expect(passed.out).not.toContain('accepted_values_daily_amount');
});

test('a backfill that is resumed runs the tests that have not passed', async () => {
  const failing = { accepted_values: { arguments: { values: ['nothing'] } } };
  project.write('models/once.sql', "{{ config(materialized='table') }} select 1 as one from {{ ref('daily') }}");
  project.write('models/after.sql', "{{ config(materialized='table') }} select one from {{ ref('once') }}");
  project.write(
    'models/schema.yml',
    JSON.stringify({ models: [{ name: 'once', columns: [{ name: 'one', data_tests: [failing] }] }] }),
  );
  expect((await ingot('backfill', 'daily', 'once', 'after', '--from', '2024-01-01')).exit).toBe(1);
  const { out } = await ingot('retry');
  expect(out).toContain('accepted_values_once_one__nothing');
  expect(out).toMatch(/SKIP relation main.after/);
});

test('partitions that nobody has tested are tested before anything is built of them', async () => {
  project.write(
    'models/schema.yml',
    JSON.stringify({ models: [{ name: 'daily', columns: [{ name: 'amount', data_tests: ['not_null'] }] }] }),
  );
  expect((await ingot('run', '--select', 'daily', ...vars({ amount: 'null::int' }))).exit).toBe(0);
  expect((await ingot('build')).out).toContain('FAIL 3 not_null_daily_amount');
  expect(
    await project.sql("select count(*)::int from duckdb_tables() where table_name in ('total', 'monthly')"),
  ).toEqual([[0]]);
});
