import { afterEach, expect, test } from 'vitest';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;

afterEach(() => project.remove());

test('a database that is not there is told at the model that is to be built in it', async () => {
  project = new ProjectFolder({ 'models/a.sql': "{{ config(database='nowhere') }} select 1 as id" });
  const { exit, stdout } = await project.run('run');
  expect(exit).toBe(2);
  expect(stdout).toContain('Catalog "nowhere" does not exist');
  expect(stdout).toContain('--> models/a.sql:1:1');
  expect(stdout).toContain('in the SQL: create schema');
});
