import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LaterWorld } from './later-world.ts';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;
let runs = 0;

beforeEach(() => {
  project = new ProjectFolder({
    'project.yml':
      'name: shop\ntargets:\n  dev: {type: duckdb, path: shop.duckdb, schema: main, threads: 1}\n' +
      'partitions:\n  daily: {time: day, start: 2024-01-01, end: 2024-01-05}\n',
    'models/sales.sql': `{{ config(materialized='table') }}
select timestamp '2024-01-01' + to_hours(i::integer) as sold_at, i as amount from range(96) as hours(i)`,
    'models/daily.sql': `{{ config(materialized='incremental', publish='after_tests', partitions={'use': 'daily', 'column': 'day'}) }}
select sold_at::date as day, sum(amount) as amount
from {{ ref('sales') }}
where {{ partition.filter('sold_at') }}
group by all`,
    'models/total.sql': `{{ config(materialized='incremental') }}
select day, amount from {{ ref('daily') }}
{% if is_incremental() %}where day > (select max(day) from {{ this }}){% endif %}`,
    'models/asks.sql': `{{ config(materialized='table') }}
-- {{ ref('daily') }}
{% set newest = run_query('select max(day) from main.daily') %}
select '{{ newest.rows[0][0] if execute }}' as newest`,
    'models/schema.yml': JSON.stringify({
      version: 2,
      models: [{ name: 'daily', columns: [{ name: 'day', data_tests: ['not_null', 'unique'] }] }],
    }),
  });
});
afterEach(() => project.remove());

/** Each command is a run of its own, later than the one before. */
async function ingot(...words: string[]) {
  runs += 1;
  const world = new LaterWorld(project.root, runs);
  return { exit: await world.run(...words), stdout: world.stdout.text, stderr: world.stderr.text };
}

interface Planned {
  readonly id: string;
  readonly part: string | null;
  readonly statements: readonly string[] | null;
}

async function plan(...words: string[]): Promise<readonly Planned[]> {
  const { exit, stdout, stderr } = await ingot('plan', '--quiet', '--output', 'json', ...words);
  expect(exit, stderr).toBe(0);
  return JSON.parse(stdout).steps;
}

/** What the last run sent for a node, but for the note of its code. Of the note of a publication only the beginning: what it notes, no plan knows. */
function sent(id: string): string[] {
  const state = new Database(join(project.root, '.ingot/state.db'), { readonly: true });
  const rows = state
    .prepare(
      `select sql from statements join sql_texts using (sql_hash)
       where node_id = ? and run_id = (select run_id from runs order by started_at desc limit 1) order by number`,
    )
    .all([id]) as { sql: string }[];
  state.close();
  return rows.map(({ sql }) => withoutNote(sql)).filter((sql) => !sql.includes('__ingot_code_versions'));
}

const withoutNote = (sql: string): string => sql.replace(/(insert into .*__ingot_publications.*)[\s\S]*/, '$1');

const planned = (steps: readonly Planned[], id: string): string[] =>
  steps.flatMap((step) => (step.id === id ? (step.statements ?? ['unknown']) : [])).map(withoutNote);

test('a plan has the statements that the build sends, of a partition and of a whole model', async () => {
  expect((await ingot('build', '--partition', '2024-01-01')).exit).toBe(0);
  const call = ['--select', 'daily', 'total', '--partition', '2024-01-02'];
  const steps = await plan(...call);
  expect((await ingot('build', ...call)).exit).toBe(0);
  expect(planned(steps, 'model.shop.daily')).toEqual(sent('model.shop.daily'));
  expect(planned(steps, 'model.shop.daily').join('\n')).toContain('2024-01-02');
  expect(planned(steps, 'model.shop.total')).toEqual(sent('model.shop.total'));
  const tests = steps.map(({ id }) => id).filter((id) => id.startsWith('test.'));
  expect(tests).toHaveLength(2);
  for (const id of tests) expect(planned(steps, id)).toEqual(sent(id));
});

test('nothing is sent while a plan is made', async () => {
  expect((await ingot('build', '--partition', '2024-01-01')).exit).toBe(0);
  const tables = 'select table_name from information_schema.tables order by 1';
  const before = [await project.sql(tables), await project.sql('from __ingot_publications')];
  await plan();
  expect([await project.sql(tables), await project.sql('from __ingot_publications')]).toEqual(before);
});

test('what cannot be known before it runs is null', async () => {
  const steps = await plan();
  const of = (name: string) =>
    steps.filter(({ id }) => id === `model.shop.${name}`).map(({ statements }) => statements);
  expect(of('daily')).toEqual([null, null]);
  expect(of('asks')).toEqual([null]);
});

test('people see them with --statements', async () => {
  expect((await ingot('build', '--partition', '2024-01-01')).exit).toBe(0);
  const { stdout } = await ingot('plan', '--select', 'daily', '--partition', '2024-01-02', '--statements');
  expect(stdout).toContain('sends to publish:');
  expect(stdout).toMatch(/> delete from .*daily/);
});
