import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;

beforeEach(() => {
  project = new ProjectFolder({
    'project.yml':
      'name: shop\ntargets:\n  dev: {type: duckdb, path: shop.duckdb, schema: main}\nasset-paths: [pictures]\n',
    'pictures/a.svg': '<svg/>',
    'models/a.sql': "{{ config(materialized='table') }} select 1 as id, 'x' as name",
    'models/b.sql': "select * from {{ ref('a') }} join {{ source('raw', 't') }} using (id)",
    'models/raw.yml': 'version: 2\nsources:\n  - name: raw\n    schema: main\n    tables: [{name: t}]\n',
  });
});

afterEach(() => project.remove());

const run = async (...words: string[]): Promise<number> => (await project.run(...words)).exit;
const catalog = () => project.json('target/catalog.json');

test('docs generate says what the warehouse has of nodes and sources, and leaves out what it does not have', async () => {
  const hooks = ['create table t as select 1 as id, 2.5 as amount', "comment on column t.amount is 'net'"];
  project.write(
    'models/a.sql',
    `{{ config(materialized='table', post_hook=${JSON.stringify(hooks)}) }} select 1 as id, 'x' as name`,
  );
  expect(await run('run', '--select', 'a')).toBe(0);
  expect(await run('docs', 'generate')).toBe(0);
  const { nodes, sources, metadata } = catalog();
  expect(metadata.dbt_schema_version).toBe('https://schemas.getdbt.com/dbt/catalog/v1.json');
  expect(Object.keys(nodes)).toEqual(['model.shop.a']);
  expect(nodes['model.shop.a']).toMatchObject({
    metadata: { type: 'BASE TABLE', database: 'shop', schema: 'main', name: 'a' },
    columns: { id: { type: 'INTEGER', index: 1, comment: null }, name: { type: 'VARCHAR', index: 2 } },
  });
  expect(sources['source.shop.raw.t'].columns.amount).toEqual({
    type: 'DECIMAL(2,1)',
    index: 2,
    name: 'amount',
    comment: 'net',
  });
  expect(existsSync(join(project.root, 'target/pictures/a.svg'))).toBe(true);
  expect(project.json('target/run_results.json').args.which).toBe('generate');
});

test('docs generate says what the warehouse has of the failures that tests keep', async () => {
  project.write(
    'models/a.yml',
    'models: [{name: a, columns: [{name: id, data_tests: [not_null, {unique: {config: {store_failures: true}}}]}]}]',
  );
  project.write('models/b.sql', 'select 1 as id');
  expect(await run('build')).toBe(0);
  expect(await run('docs', 'generate')).toBe(0);
  expect(Object.keys(catalog().nodes).sort()).toEqual([
    'model.shop.a',
    'model.shop.b',
    expect.stringMatching('test.shop.unique_a_id'),
  ]);
});

test('--empty-catalog asks no warehouse, --no-compile compiles nothing, --select leaves the others out', async () => {
  expect(await run('docs', 'generate', '--empty-catalog', '--no-compile')).toBe(0);
  expect(catalog()).toMatchObject({ nodes: {}, sources: {} });
  expect(existsSync(join(project.root, 'shop.duckdb'))).toBe(false);
  expect(existsSync(join(project.root, 'target/compiled/shop/models/a.sql'))).toBe(false);
  project.write('models/c.sql', "{{ config(materialized='table') }} select 2 as id");
  await run('run', '--select', 'a', 'c');
  expect(await run('docs', 'generate', '--select', 'c')).toBe(0);
  expect(Object.keys(catalog().nodes)).toEqual(['model.shop.c']);
});

test('a project that does not compile gets no catalog, and another word than generate is a wrong call', async () => {
  project.write('models/b.sql', "select * from {{ ref('nothing') }}");
  expect(await run('docs', 'generate')).toBe(2);
  expect(existsSync(join(project.root, 'target/catalog.json'))).toBe(false);
  expect(await run('docs', 'serve')).toBe(2);
  expect(await run('docs')).toBe(2);
});
