import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { ProjectFolder } from '../pipeline/project-folder.ts';

let project: ProjectFolder;
afterEach(() => project.remove());

const projectWith = (files: Readonly<Record<string, string>>): ProjectFolder => {
  project = new ProjectFolder({
    'project.yml': `name: shop
targets:
  dev: {type: duckdb, path: shop.duckdb, schema: main, threads: 1, external_root: files}
on-run-start: "{{ register_upstream_external_models() }}"
models: {+materialized: external}
`,
    'files/.keep': '',
    ...files,
  });
  return project;
};

test('a model is a file, and a view that reads it', async () => {
  const { root } = projectWith({
    'models/plain.sql': "select 1 as id, date '2024-01-01' as day",
    'models/named.sql': `{{ config(location="files/{{ this.identifier }}.csv", delimiter='|') }}
select id, day, 'x' as mark from {{ ref('plain') }}`,
    'models/none.sql': "select * from {{ ref('named') }} where id > 1",
    'models/parts.sql': `{{ config(options={'partition_by': 'id, mark', 'overwrite_or_ignore': true}) }}
select * from {{ ref('named') }}`,
  });
  for (const _ of ['first', 'again']) expect((await project.run('build')).exit).toBe(0);
  expect(readFileSync(join(root, 'files/named.csv'), 'utf8')).toBe('id|day|mark\n1|2024-01-01|x\n');
  expect(readdirSync(join(root, 'files')).sort()).toEqual([
    '.keep',
    'named.csv',
    'none.parquet',
    'parts',
    'plain.parquet',
  ]);
  expect(await project.sql('select id, day::text, mark from parts')).toEqual([['1', '2024-01-01', 'x']]);
  expect(await project.sql('select * from none')).toEqual([]);
  expect(await project.sql("select data_type from duckdb_columns() where table_name = 'none'")).toEqual([
    ['BIGINT'],
    ['DATE'],
    ['VARCHAR'],
  ]);
});

test('a query that fails leaves the file and the view as they were, and nothing beside them', async () => {
  const { root } = projectWith({ 'models/m.sql': 'select range as id from range(3)' });
  await project.run('run');
  project.write('models/m.sql', "select case when range = 2 then error('late') else range end as id from range(3)");
  const { exit, stdout } = await project.run('run');
  expect([exit, stdout.includes('late')]).toEqual([1, true]);
  expect(readdirSync(join(root, 'files')).sort()).toEqual(['.keep', 'm.parquet']);
  expect(await project.sql('select count(*) from m')).toEqual([['3']]);
});

test('views of files that a run reads and does not build are made where a hook asks for them', async () => {
  projectWith({
    'models/m.sql': 'select 1 as id',
    'models/above.sql': "{{ config(materialized='table') }} select * from {{ ref('m') }}",
  });
  await project.run('run', '--select', 'm');
  await project.sql('drop view m');
  expect((await project.run('run', '--select', 'above')).exit).toBe(0);
  expect(await project.sql('select id from above')).toEqual([[1]]);
});

test('a format that cannot be written is told at the model', async () => {
  const { stdout } = await projectWith({ 'models/m.sql': "{{ config(format='xlsx') }} select 1 as id" }).run('run');
  expect(stdout).toMatch(/materialize\/external.*'xlsx' is no format(.|\n)*models\/m\.sql:1:1/);
});
