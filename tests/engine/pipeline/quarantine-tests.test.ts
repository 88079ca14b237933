import { afterEach, beforeEach, expect, test } from 'vitest';
import { LaterWorld } from './later-world.ts';
import { ProjectFolder } from './project-folder.ts';

const files = {
  'models/booked.sql': `{{ config(materialized='table', publish='after_tests') }} select {{ var('id', 'null') }}::integer as id`,
  'models/schema.yml': JSON.stringify({
    version: 2,
    models: [{ name: 'booked', columns: [{ name: 'id', data_tests: ['not_null'] }] }],
  }),
  // Reads what is published, and is skipped where that is held back.
  'tests/someone_booked.sql': `{{ config(severity='warn') }} select 1 from {{ ref('booked') }} having count(*) = 0`,
};

let project: ProjectFolder;
beforeEach(() => {
  project = new ProjectFolder(files);
});
afterEach(() => project.remove());

test('what is held back names the tests that hold it back, and not those that were skipped because of that', async () => {
  expect((await project.run('build')).exit).toBe(1);
  const { stdout } = await project.run('quarantine', 'ls', '--quiet', '--output', 'json');
  expect(JSON.parse(stdout)).toMatchObject([{ model: 'booked', tests: ['not_null_booked_id'] }]);
});

test('what is out of date has been so since the first newer publication, however many came after it', async () => {
  const ingot = async (minute: number, ...words: string[]): Promise<string> => {
    const world = new LaterWorld(project.root, minute);
    await world.run(...words, '--quiet');
    return world.stdout.text;
  };
  await ingot(1, 'build');
  for (const minute of [2, 3]) await ingot(minute, 'build', '--vars', '{id: 1}');
  expect(JSON.parse(await ingot(4, 'quarantine', 'ls', '--output', 'json'))).toMatchObject([
    { at: expect.stringContaining('T00:01'), superseded_at: expect.stringContaining('T00:02') },
  ]);
});
