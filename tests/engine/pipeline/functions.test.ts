import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProjectFolder } from './project-folder.ts';

const properties = (returns = 'decimal(10, 2)'): string => `
functions:
  - name: with_tax
    description: What a customer pays
    arguments:
      - {name: net, data_type: "decimal(10, 2)"}
      - {name: rate, data_type: "decimal(3, 2)", default_value: 0.5}
    returns: {data_type: "${returns}"}
`;

let project: ProjectFolder;

beforeEach(() => {
  project = new ProjectFolder({
    'functions/with_tax.sql': 'net * (1 + rate)',
    'functions/with_tax.yml': properties(),
    'models/report.sql': "{{ config(materialized='table') }} select {{ function('with_tax') }}(10) as gross",
  });
});

afterEach(() => project.remove());

test('a model calls a function that was made before it', async () => {
  expect((await project.run('build')).exit).toBe(0);
  expect(await project.sql('select gross from report')).toEqual([['15.00']]);
  const ids = project.json('target/run_results.json').results.map(({ unique_id: id }: { unique_id: string }) => id);
  expect(ids).toEqual(['function.shop.with_tax', 'model.shop.report']);
});

test('a function is in the manifest, and is what the model depends on', async () => {
  await project.run('parse');
  const { functions, nodes, parent_map: parents } = project.json('target/manifest.json');
  expect(functions['function.shop.with_tax']).toMatchObject({
    resource_type: 'function',
    description: 'What a customer pays',
    arguments: [
      { name: 'net', data_type: 'decimal(10, 2)', default_value: null },
      { name: 'rate', data_type: 'decimal(3, 2)', default_value: 0.5 },
    ],
    returns: { data_type: 'decimal(10, 2)' },
    config: { materialized: 'function', type: 'scalar' },
  });
  expect(nodes['model.shop.report']).toMatchObject({
    functions: [['with_tax']],
    depends_on: { nodes: ['function.shop.with_tax'] },
  });
  expect(parents['model.shop.report']).toEqual(['function.shop.with_tax']);
});

test('a failing function holds up what calls it, and nothing else', async () => {
  project.write('functions/with_tax.sql', 'net *');
  project.write('models/other.sql', 'select 1 as id');
  const { exit, stdout, stderr } = await project.run('build');
  expect(exit).toBe(1);
  expect(stdout + stderr).toContain('functions/with_tax.sql');
  const { results } = project.json('target/run_results.json');
  expect(
    Object.fromEntries(results.map(({ unique_id: id, status }: { unique_id: string; status: string }) => [id, status])),
  ).toEqual({ 'function.shop.with_tax': 'error', 'model.shop.report': 'skipped', 'model.shop.other': 'success' });
});

test('a function with another result is modified', async () => {
  await project.run('parse', '--target-path', 'state');
  project.write('functions/with_tax.yml', properties('double'));
  const { stdout } = await project.run('ls', '--select', 'state:modified+', '--state', 'state', '--quiet');
  expect(stdout.trim().split('\n').sort()).toEqual(['shop.report', 'shop.with_tax']);
});

test('a function is called by the name that it has in an earlier state when it is not built here', async () => {
  await project.run('build');
  project.write(
    'project.yml',
    'name: shop\ntargets:\n  dev: {type: duckdb, path: shop.duckdb, schema: other, threads: 1}\n',
  );
  const { exit } = await project.run('run', '--defer', '--state', 'target', '--target-path', 'now');
  expect(exit).toBe(0);
  expect(await project.sql('select gross from other.report')).toEqual([['15.00']]);
});

test('without the type of its result, a function is told at its file', async () => {
  project.write('functions/with_tax.yml', '');
  const { exit, stdout, stderr } = await project.run('parse');
  expect(exit).toBe(2);
  expect(stdout + stderr).toContain('parse/function-returns');
});

test('a Python function cannot be made, and the rest can', async () => {
  project.write('functions/score.py', 'def main(x):\n    return x\n');
  project.write(
    'functions/score.yml',
    'functions: [{name: score, arguments: [{name: x, data_type: double}], returns: {data_type: double}}]\n',
  );
  expect(await project.run('build')).toMatchObject({ exit: 1 });
  expect(await project.run('build', '--exclude', 'score')).toMatchObject({ exit: 0 });
});
