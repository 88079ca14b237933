import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;

beforeEach(() => {
  project = new ProjectFolder({
    'seeds/codes.csv': 'id,name\n1,one\n2,two\n',
    'models/orders.sql': 'select 7 as id',
    'models/late.sql': "select id from {{ ref('orders') }}",
    'models/orders.yml': `
models:
  - name: orders
    columns: [{name: id, data_tests: [{accepted_values: {name: known_ids, arguments: {values: [1]}}}]}]
`,
    'tests/data/odd_ids.sql': "select id as odd_id from {{ ref('orders') }} where id % 2 = 1",
  });
  project.write(
    'project.yml',
    `name: shop
test-paths: [tests/data]
targets:
  dev: {type: duckdb, path: shop.duckdb, schema: main, threads: 1}
`,
  );
});

afterEach(() => project.remove());

const shown = async (...words: string[]): Promise<unknown> => {
  const { exit, stdout } = await project.run('show', '--quiet', '--output', 'json', ...words);
  expect(exit).toBe(0);
  return JSON.parse(stdout);
};

test('a data test that is named shows the rows that it finds, as the hint of its failure says', async () => {
  await project.run('build');
  expect(await shown('--select', 'known_ids')).toEqual({ node: 'known_ids', show: [{ value_field: 7, n_records: 1 }] });
  expect(await shown('--select', 'odd_ids')).toEqual({ node: 'odd_ids', show: [{ odd_id: 7 }] });
});

test('where nothing is named, all models that are selected are shown, without what comes along: their tests', async () => {
  await project.run('build');
  const titles = async (...select: string[]): Promise<unknown> =>
    (await project.run('show', '--select', ...select)).stdout.match(/(?<=Previewing node ').*(?=')/g);
  expect(await titles('resource_type:model')).toEqual(['orders', 'late']);
  expect(await titles('+late')).toEqual(['late']);
  expect(await titles('test_type:singular')).toEqual(['odd_ids']);
});

test('what comes with a node that is named is not asked: it may not work', async () => {
  project.write('models/orders.sql', 'select 7 as id from nowhere');
  await project.run('seed');
  expect(await shown('--select', 'codes', 'orders+')).toMatchObject({ node: 'codes' });
});

test('a seed shows the rows of its table', async () => {
  await project.run('seed');
  expect(await shown('--select', 'codes', '--limit', '1')).toEqual({ node: 'codes', show: [{ id: 1, name: 'one' }] });
});

test('a seed that is not loaded says how to load it', async () => {
  const { exit, stderr } = await project.run('show', '--select', 'codes');
  expect(exit).toBe(2);
  expect(stderr).toContain('Load the seed first: ingot seed --select codes');
});
