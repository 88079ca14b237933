import { afterEach, expect, test } from 'vitest';
import { ProjectFolder } from './project-folder.ts';

const project = new ProjectFolder({
  'models/booked.sql': `{{ config(materialized='table', publish='after_tests') }} select null::integer as id`,
  'models/schema.yml': JSON.stringify({
    version: 2,
    models: [{ name: 'booked', columns: [{ name: 'id', data_tests: ['not_null'] }] }],
  }),
  // Reads what is published, and is skipped where that is held back.
  'tests/someone_booked.sql': `{{ config(severity='warn') }} select 1 from {{ ref('booked') }} having count(*) = 0`,
});
afterEach(() => project.remove());

test('what is held back names the tests that hold it back, and not those that were skipped because of that', async () => {
  expect((await project.run('build')).exit).toBe(1);
  const { stdout } = await project.run('quarantine', 'ls', '--quiet', '--output', 'json');
  expect(JSON.parse(stdout)).toMatchObject([{ model: 'booked', tests: ['not_null_booked_id'] }]);
});
