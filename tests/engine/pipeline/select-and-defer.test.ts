import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;

beforeEach(async () => {
  project = new ProjectFolder({
    'project.yml': `name: shop
targets:
  default: dev
  dev: {type: duckdb, path: shop.duckdb, schema: dev, threads: 1}
  prod: {type: duckdb, path: shop.duckdb, schema: prod, threads: 1}
`,
    'models/orders.sql': 'select 1 as id',
    'models/part.sql': "{{ config(materialized='ephemeral') }} select * from {{ ref('orders') }}",
    'models/report.sql': "select * from {{ ref('part') }}",
    'analyses/look.sql': 'select 1',
  });
});

afterEach(() => project.remove());

test('what compiles builds nothing, so that also selected nodes are those of the earlier state until they are there', async () => {
  await project.run('parse', '--target', 'prod', '--target-path', 'state');
  const compiled = async (): Promise<string> => {
    await project.run('compile', '--select', 'orders+', '--defer', '--state', 'state');
    return project.json('target/manifest.json').nodes['model.shop.report'].compiled_code;
  };
  expect(await compiled()).toContain('"prod"."orders"');
  await project.run('run', '--select', 'orders');
  expect(await compiled()).not.toContain('"prod"."orders"');
});

test('a run reads what it builds, whatever the earlier state has', async () => {
  await project.run('parse', '--target', 'prod', '--target-path', 'state');
  const { exit } = await project.run('run', '--defer', '--favor-state', '--state', 'state');
  expect(exit).toBe(0);
});

test('docs generate has no result for an ephemeral model, also where it is selected', async () => {
  await project.run('docs', 'generate', '--select', 'part+');
  const ids = project.json('target/run_results.json').results.map(({ unique_id: id }: { unique_id: string }) => id);
  expect(ids).toEqual(['model.shop.report']);
});

test("'all' and 'default' are words for several types", async () => {
  const listed = async (word: string): Promise<string[]> => {
    const { stdout } = await project.run('ls', '--resource-type', word, '--quiet');
    return stdout.trim().split('\n').sort();
  };
  expect(await listed('default')).toEqual(['shop.orders', 'shop.part', 'shop.report']);
  expect(await listed('all')).toEqual(['shop.analysis.look', 'shop.orders', 'shop.part', 'shop.report']);
});

test('a state without a manifest is told with its folder', async () => {
  const { exit, stderr } = await project.run('ls', '--select', 'state:modified', '--state', 'nowhere');
  expect(exit).toBe(2);
  expect(stderr).toMatch(/hint: There is no manifest\.json in .*nowhere/);
});
