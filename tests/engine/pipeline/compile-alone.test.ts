import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;

beforeEach(() => {
  project = new ProjectFolder({
    'models/added.sql':
      "{{ config(materialized='incremental') }}\nselect 1 as id{% if is_incremental() %} where false{% endif %}",
    'models/below.sql': "select id from {{ ref('added') }}",
  });
});
afterEach(() => project.remove());

const isOpened = (): boolean => existsSync(join(project.root, 'shop.duckdb'));

test('to compile what reads an incremental model opens no warehouse', async () => {
  expect(await project.run('compile', '--select', 'below')).toMatchObject({ exit: 0 });
  expect(isOpened()).toBe(false);
  expect(await project.run('compile', '--select', 'added')).toMatchObject({ exit: 0 });
  expect(isOpened()).toBe(true);
});

test('to say what a column is made of opens none either', async () => {
  expect(await project.run('lineage', 'below.id')).toMatchObject({
    exit: 0,
    stdout: expect.stringContaining('added.id'),
  });
  expect(isOpened()).toBe(false);
});

test('its columns are known all the same', async () => {
  project.write('models/below.sql', "select idd from {{ ref('added') }}");
  const { exit, stderr } = await project.run('compile', '--select', 'below');
  expect({ exit, stderr }).toMatchObject({ exit: 2, stderr: expect.stringContaining('Did you mean "id"?') });
  expect(isOpened()).toBe(false);
});

test('where the table is there, what is compiled itself adds to it', async () => {
  expect(await project.run('run')).toMatchObject({ exit: 0 });
  expect((await project.run('compile')).exit).toBe(0);
  expect(project.read('target/compiled/shop/models/added.sql')).toContain('where false');
});
