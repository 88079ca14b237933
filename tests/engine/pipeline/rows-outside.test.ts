import { afterEach, expect, test } from 'vitest';
import { LaterWorld } from './later-world.ts';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;
let runs = 0;

afterEach(() => project.remove());

const kept = (column: string): string =>
  `{{ config(materialized='incremental', partitions={'time': 'day', 'start': '2024-01-01', 'end': '2024-01-04', 'column': '${column}'}) }}`;

function projectOf(sql: string): void {
  runs = 0;
  project = new ProjectFolder({
    'project.yml': 'name: shop\ntargets:\n  dev: {type: duckdb, path: shop.duckdb, schema: main, threads: 1}\n',
    'models/daily.sql': sql,
  });
}

async function ingot(...words: string[]): Promise<{ readonly exit: number; readonly text: string }> {
  runs += 1;
  const world = new LaterWorld(project.root, runs);
  const exit = await world.run(...words);
  return { exit, text: world.stdout.text + world.stderr.text };
}

test('rows of other partitions, or of none, are refused: they would be there twice after the next build', async () => {
  projectOf(`${kept('day')} select day from (values ('2024-01-01'::date), ('2024-01-02'::date), ('2024-01-02'::date), (null)) as d(day)
{% if var('filtered', false) %} where {{ partition.filter('day') }} {% endif %}`);
  const { exit, text } = await ingot('build', '--from', '2024-01-01', '--to', '2024-01-01');
  expect(exit).toBe(1);
  expect(text).toContain(
    "The query of 'daily' for 2024-01-01 gives 3 rows outside of it: day = 2024-01-02 (2 rows); day = null (1 row)",
  );
  expect(await project.sql('select count(*)::int from daily')).toEqual([[0]]);
  expect((await ingot('partitions', 'daily')).text).toMatch(/failed +1 +2024-01-01/);
  const filtered = ['--from', '2024-01-01', '--to', '2024-01-02', '--vars', '{filtered: true}'];
  expect((await ingot('build', ...filtered)).exit).toBe(0);
  expect((await ingot('backfill', 'daily', ...filtered, '--batch-size', '2')).exit).toBe(0);
  expect(await project.sql('select day::varchar from daily order by 1')).toEqual([
    ['2024-01-01'],
    ['2024-01-02'],
    ['2024-01-02'],
  ]);
});

test('a column of partitions that the table does not have is named', async () => {
  projectOf(`${kept('dya')} select date '{{ partition.key }}' as day`);
  const { exit, text } = await ingot('build');
  expect(exit).toBe(1);
  expect(text).toContain("by time are kept by a column 'dya', which its table does not have");
  expect(text).toContain("Did you mean 'day'?");
});
