import { afterEach, beforeEach, expect, test } from 'vitest';
import { LaterWorld } from './later-world.ts';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;

beforeEach(() => {
  const kept = `{{ config(materialized='incremental', publish='after_tests', partitions={'time': 'day', 'start': '2024-01-01', 'end': '2024-01-03', 'column': 'day'}) }}`;
  project = new ProjectFolder({
    'models/days.sql': `${kept}
select date '2024-01-01' + i::int as day, {{ var('note', 1) }} as note from range(2) r(i)
where {{ partition.filter("date '2024-01-01' + i::int") }}`,
    'models/readers.sql': `${kept}\nselect day, note from {{ ref('days') }} where {{ partition.filter('day') }}`,
  });
});
afterEach(() => project.remove());

const at = async (minute: number, ...words: string[]): Promise<string> => {
  const world = new LaterWorld(project.root, minute);
  await world.run(...words);
  return world.stdout.text + world.stderr.text;
};

test('a build says that the ledger is ahead of the clock, and how to set it right', async () => {
  await at(60, 'build');
  expect(await at(58, 'build')).not.toContain('plan/clock');
  expect(await at(10, 'build')).toContain('warning[plan/clock]');
  const again = ['--select', 'days', '--partition', '2024-01-02', '--vars', 'note: 2'];
  const told = await at(12, 'build', ...again);
  expect(told).toContain(
    "error[plan/clock]: 'days' was published at 2025-01-01 01:00:00 UTC, and it is 2025-01-01 00:12:",
  );
  const [, mend = ''] = /If another's was wrong: (.*)/.exec(told) ?? [];
  await project.sql(mend);
  await at(20, 'build', ...again);
  expect(await at(30, 'build', '--stale', '--vars', 'note: 2')).not.toContain('plan/clock');
  expect(await project.sql("select note from readers where day = date '2024-01-02'")).toEqual([[2]]);
});
