import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { buildProgram, endlessSql, Project } from './ingot-process.ts';

beforeAll(buildProgram, 120_000);

const projects: Project[] = [];
afterEach(() => {
  for (const project of projects.splice(0)) project.remove();
});

const rowsOfOrders = 20_000;
const files = {
  'seeds/rates.csv': `currency,rate\n${['EUR,1.0', 'USD,1.1', 'GBP,0.85'].join('\n')}\n`,
  'models/orders.sql': `{{ config(materialized='table') }}
select range as id, ['EUR', 'USD', 'GBP'][1 + range % 3] as currency, range % 100 as amount
from range(${rowsOfOrders})`,
  // Each build adds a piece: what a kill could double or lose.
  'models/booked.sql': `{{ config(materialized='incremental', unique_key='id', incremental_strategy='delete+insert') }}
select * from {{ ref('orders') }}
{% if is_incremental() %} where id >= (select max(id) - 10 from {{ this }}) {% endif %}`,
  'models/appended.sql': `{{ config(materialized='incremental', incremental_strategy='append') }}
select id, amount from {{ ref('orders') }}
{% if is_incremental() %} where id > (select max(id) from {{ this }}) {% endif %}`,
  'models/revenue.sql': `{{ config(materialized='table') }}
select currency, sum(amount * rate) as revenue
from {{ ref('booked') }} join {{ ref('rates') }} using (currency) group by currency`,
  'models/recent.sql': `select * from {{ ref('booked') }} where id > ${rowsOfOrders - 5}`,
  'models/schema.yml': `version: 2
models:
  - name: booked
    columns: [{name: id, data_tests: [unique, not_null]}]
  - name: appended
    columns: [{name: id, data_tests: [unique, not_null]}]
`,
};
const relations = ['rates', 'orders', 'booked', 'appended', 'revenue', 'recent'];

/** Ten moments, spread over the time that a build takes, so that each run of this test has others. */
const kills = 10;

it('ten builds killed at any moment, then one that is not: as if nothing had happened', async () => {
  const undisturbed = newProject();
  expect(await undisturbed.run('build')).toMatchObject({ exit: 0 });
  const startedAt = Date.now();
  expect(await undisturbed.start('build', '--full-refresh').ended()).toBe(0);
  let duration = Date.now() - startedAt;

  const project = newProject();
  const moments: number[] = [];
  while (moments.length < kills) {
    const run = project.start('build', moments.length % 2 === 0 ? '--full-refresh' : '--no-full-refresh');
    const runStartedAt = Date.now();
    const moment = Math.round((duration * (moments.length + Math.random())) / kills);
    await sleep(moment);
    run.signal('SIGKILL');
    // A build that ended before its moment came says that builds take less than was thought.
    if ((await run.ended()) === 137) moments.push(moment);
    else duration = Math.min(duration * 0.9, Date.now() - runStartedAt);
    await expectWholeTables(project, moments);
  }
  const last = await project.run('build');
  expect(last.exit, `killed after ${moments} ms\n${last.output}`).toBe(0);
  for (const relation of relations) {
    const sql = `select * from ${relation} order by all`;
    expect(await project.query(sql), `${relation} after kills at ${moments} ms`).toEqual(await undisturbed.query(sql));
  }
  const leftOver = 'select table_name from information_schema.tables where not list_contains($names, table_name)';
  const names = `[${relations.map((name) => `'${name}'`).join(', ')}]`;
  expect(await project.query(leftOver.replace('$names', names))).toEqual([]);
}, 60_000);

it('a killed build is gone on with by retry: what was done is not done again, what was not published is tested again', async () => {
  const project = new Project({
    'models/orders.sql': "{{ config(materialized='table') }} select 1 as id",
    'models/revenue.sql':
      "{{ config(materialized='table', publish='after_tests') }} select id from {{ ref('orders') }}",
    'models/summary.sql': "select id from {{ ref('revenue') }}",
    'models/schema.yml': 'models: [{name: revenue, columns: [{name: id, data_tests: [not_null]}]}]',
    'tests/slow.sql': `select id from {{ ref('revenue') }} where id < {% if var('slow', false) %} (${endlessSql}) {% else %} 0 {% endif %}`,
  });
  projects.push(project);
  expect(await project.run('build')).toMatchObject({ exit: 0 });
  for (const words of [['build', '--vars', '{slow: true}'], ['retry'], ['retry']]) {
    const killed = project.start(...words);
    await killed.says('PASS not_null_revenue_id');
    await sleep(500);
    killed.signal('SIGKILL');
    expect(await killed.ended()).toBe(137);
  }

  const retried = await project.run('retry', '--vars', '{rate: 5.0}');
  expect(retried.exit, retried.output).toBe(0);
  expect(retried.output).toContain('was killed: retry goes on');
  expect(retried.output).not.toContain('main.orders');
  for (const name of ['PASS not_null_revenue_id', 'PASS slow', 'main.revenue', 'main.summary']) {
    expect(retried.output).toContain(name);
  }
  const again = await project.run('retry');
  expect(again.exit, again.output).toBe(0);
  expect(again.output).toContain('Nothing to do');
});

/** At any time readers see no table or a whole one. */
async function expectWholeTables(project: Project, moments: readonly number[]): Promise<void> {
  if (!project.has('warehouse.duckdb')) return;
  const there = (await project.query('select table_name from information_schema.tables')).flat();
  const whole = { rates: 3, orders: rowsOfOrders, booked: rowsOfOrders, appended: rowsOfOrders, revenue: 3, recent: 4 };
  const made = Object.entries(whole).filter(([relation]) => there.includes(relation));
  const counted = await project.queryAll(made.map(([relation]) => `select count(*)::int from ${relation}`));
  for (const [index, [relation, rows]] of made.entries()) {
    expect(counted[index], `${relation} after a kill at ${moments.at(-1)} ms`).toEqual([[rows]]);
  }
}

function newProject(): Project {
  const project = new Project(files);
  projects.push(project);
  return project;
}
