import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { latestRuns, openStore } from '../../../src/6-record/index.ts';
import { buildProgram, endlessSql, Project } from './ingot-process.ts';

beforeAll(buildProgram, 120_000);

let project: Project;
afterEach(() => project.remove());

/** Milliseconds: on a machine of one's own it takes a fifth of it. What is cancelled would go on for hours. */
const [soon, atOnce] = [5000, 2500];

/** Keeps all cores busy, as a long query does; what only waits is cancelled more easily. */
const endlessWork = 'select sum(a.range * b.range % 7) as total from range(10000000) a, range(10000000) b';

const table = (sql: string): string => `{{ config(materialized='table') }}\n${sql}\n`;

describe('Ctrl-C in the middle of a long model', () => {
  it('ends within a second or so, says what was done and what was not, and leaves everything whole', async () => {
    project = new Project({
      'models/orders.sql': table('select 1 as id'),
      'models/revenue.sql': table(`${endlessWork} where exists (select 1 from {{ ref('orders') }})`),
      'models/summary.sql': table("select * from {{ ref('revenue') }}"),
    });
    const run = project.start('build', '--log-level', 'debug');
    await run.says('START sql table model main.revenue');
    await sleep(300);
    const before = Date.now();
    run.signal('SIGINT');
    expect(await run.ended(), run.output).toBe(1);
    expect(Date.now() - before).toBeLessThan(soon);
    expect(run.output).toMatch(/Interrupted: 1 of 3 done/);
    expect(run.output).toMatch(/OK created sql table model main\.orders/);
    expect(run.output).toMatch(/SKIP relation main\.summary/);
    expect(await project.query('select table_name from information_schema.tables')).toEqual([['orders']]);
    expect(statuses()).toEqual({ orders: 'success', revenue: 'error', summary: 'skipped' });
    expect(await outcomes()).toEqual(['interrupted']);
  });

  it('twice: ends at once with 130', async () => {
    project = new Project({ 'models/arrived.sql': table("select * from read_csv('arriving.csv')") });
    // A read of a pipe to which nobody writes cannot be cancelled.
    execFileSync('mkfifo', [project.path('arriving.csv')]);
    const run = project.start('build', '--log-level', 'debug');
    await run.says('START');
    await sleep(300);
    run.signal('SIGINT');
    await run.says('Interrupted');
    await sleep(400);
    const before = Date.now();
    run.signal('SIGINT');
    expect(await run.ended(), run.output).toBe(130);
    expect(Date.now() - before).toBeLessThan(atOnce);
    expect(await outcomes()).toEqual(['interrupted']);
  });
});

describe('Ctrl-C while a query is shown', () => {
  it.each([
    ['of a node', ['--select', 'sums']],
    ['of its own', ['--inline-direct', endlessSql]],
  ])('cancels the query %s', async (_, words) => {
    project = new Project({ 'models/sums.sql': endlessWork });
    const run = project.start('show', ...words);
    await run.says('Found');
    await sleep(2000);
    const before = Date.now();
    run.signal('SIGINT');
    expect(await run.ended(), run.output).not.toBe(0);
    expect(Date.now() - before).toBeLessThan(soon);
    expect(run.output).toContain('error[execute/cancelled]');
  });
});

describe('Ctrl-C where a query runs outside of a run', () => {
  const asking = `{% set total = run_query("${endlessSql}") %}\nselect 1 as id`;

  it.each([
    ['plan', ['plan']],
    ['ls', ['ls', '--output', 'columns']],
    ['sample pull', ['sample', 'pull', '--select', 'asking']],
  ])('of a template: %s ends within a second or so and has no answer', async (_, words) => {
    project = new Project({ 'models/asking.sql': asking });
    await expectCancelled(words);
  });

  it.each(['partitions', 'build'])('of the list of what was published: %s', async (words) => {
    project = new Project({
      'models/kept.sql': `{{ config(materialized='incremental', partitions={'values': ['EU'], 'column': 'region'}) }}
select 'EU' as region where {{ partition.filter("'EU'") }}`,
    });
    expect(await project.run('build')).toMatchObject({ exit: 0 });
    await project.change('alter table __ingot_publications rename to kept_publications');
    await project.change(
      `create view __ingot_publications as select * from kept_publications where (${endlessSql}) > 0`,
    );
    await expectCancelled([words]);
  });
});

it('Ctrl-C while a large project is read ends at once: nobody could listen', async () => {
  const models = Array.from({ length: 100_000 }, (_, index) => `  - {name: m${index}, columns: [{name: id}]}\n`);
  project = new Project({ 'models/_models.yml': `models:\n${models.join('')}` });
  const run = project.start('parse');
  await sleep(500);
  const before = Date.now();
  run.signal('SIGINT');
  expect(await run.ended(), run.output).toBe(130);
  expect(Date.now() - before).toBeLessThan(atOnce);
});

async function expectCancelled(words: readonly string[]): Promise<void> {
  const run = project.start(...words);
  await run.says('Found');
  await sleep(1500);
  const before = Date.now();
  run.signal('SIGINT');
  expect(await run.ended(), run.output).toBe(1);
  expect(Date.now() - before).toBeLessThan(soon);
  expect(run.output).toContain('error[execute/cancelled]');
  expect(run.output).not.toContain('bug in Ingot');
}

function statuses(): Record<string, string> {
  const { results } = JSON.parse(project.read('target/run_results.json')) as {
    results: { unique_id: string; status: string }[];
  };
  return Object.fromEntries(results.map(({ unique_id: id, status }) => [id.replace(/.*\./, ''), status]));
}

async function outcomes(): Promise<string[]> {
  const { store } = await openStore(project.path('.ingot/state.db'));
  if (!store) throw new Error('no store');
  try {
    return (await latestRuns(store)).map((run) => run.outcome);
  } finally {
    store.close();
  }
}
