import { afterEach, beforeAll, expect, it } from 'vitest';
import { buildProgram, Project } from './ingot-process.ts';

beforeAll(buildProgram, 120_000);

const projects: Project[] = [];
afterEach(() => {
  for (const project of projects.splice(0)) project.remove();
});

const files = {
  'project.yml': `name: shop
targets:
  dev: {type: duckdb, path: warehouse.duckdb, threads: 2}
partitions:
  daily: {time: day, start: 2024-01-01, end: 2024-02-10}
`,
  'models/gold/days.sql': `{{ config(materialized='incremental', partitions={'use': 'daily', 'column': 'day'}) }}
select date '{{ partition.key }}' as day, sleep_ms({{ var('pause', 0) }}) as n`,
};

/** Enough for a partition to take a second and more. */
const slowly = ['--vars', 'pause: 3000'];

it('a backfill that somebody cancels stops within seconds, keeps what is published, and can be gone on with', async () => {
  const project = new Project(files);
  projects.push(project);
  expect(await project.run('backfill', 'days', '--to', '2024-01-03')).toMatchObject({ exit: 0 });
  const running = project.start('backfill', 'days', '--from', '2024-01-01', ...slowly);
  await running.says('Backfill ');
  const id = /Backfill (\w+):/.exec(running.output)?.[1] ?? '';
  const shown = await project.run('backfill', 'show', id);
  expect(shown.exit, shown.output).toBe(0);
  expect(shown.output).toContain(`Backfill ${id}: running`);
  const again = await project.run('backfill', 'resume', id);
  expect(again.exit).toBe(2);
  expect(again.output).toContain('is still running');

  const cancelling = await project.run('backfill', 'cancel', id.slice(0, 5));
  expect(cancelling.exit, cancelling.output).toBe(0);
  const askedAt = Date.now();
  expect(await running.ended(), running.output).toBe(1);
  expect(Date.now() - askedAt).toBeLessThan(10_000);
  expect(running.output).toContain('Interrupted');
  expect(await project.query("select count(*)::int from days where day < date '2024-01-04'")).toEqual([[3]]);

  const details = await project.run('backfill', 'show', id);
  expect(details.output).toContain(`Backfill ${id}: cancelled`);
  // What was running has not failed: it is left.
  expect(details.output).not.toContain('failed:');
  const states = await project.run('partitions', 'days', '--output', 'json');
  expect(states.output).toMatch(/"failed": \{\s+"count": 0/);
  const rest = await project.run('backfill', 'resume', id, '--vars', '{}');
  expect(rest.exit, rest.output).toBe(0);
  expect(await project.query('select count(*)::int, count(distinct day)::int from days')).toEqual([[40, 40]]);
  expect(await project.query("select table_name from duckdb_tables() where table_name like '%staged%'")).toEqual([]);
}, 120_000);
