import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;

afterEach(() => project.remove());

/** A project whose `on-run-end` hook logs one line for each result. */
function projectThatLogs(line: string): ProjectFolder {
  project = new ProjectFolder({
    'models/orders.sql': "{{ config(materialized='table') }} select 1 as id",
    'models/broken.sql': "select {{ ref('orders') }}",
    'models/below.sql': "select * from {{ ref('broken') }}",
    'macros/tell.sql': `{% macro tell() %}{% for result in results %}{{ log(${line}, info=true) }}{% endfor %}{% endmacro %}`,
    'project.yml': `name: shop
targets:
  dev: {type: duckdb, path: shop.duckdb, schema: main, threads: 1}
on-run-start: ["{% do graph.setdefault('seen', []) %}"]
on-run-end: ["{{ tell() }}"]
models:
  +post-hook: "{% do graph.seen.append(this.identifier) %}"
`,
  });
  return project;
}

test('on-run-end hooks see results of what was built, failed and skipped, and none of hooks', async () => {
  const { stdout } = await projectThatLogs("'told ' ~ result.node.name ~ ' ' ~ result.status").run('run');
  expect(toldIn(stdout)).toEqual(['orders success', 'broken error', 'below skipped']);
});

test('run_results.json has the SQL of the hooks themselves', async () => {
  const { root } = projectThatLogs("''");
  project.write('models/broken.sql', 'select 1 as id');
  project.write('models/below.sql', 'select 1 as id');
  const settings = readFileSync(join(root, 'project.yml'), 'utf8');
  project.write('project.yml', settings.replace(/on-run-end: .*/, 'on-run-end: "select {{ 1 + 1 }} as two"'));
  expect(await project.run('run')).toMatchObject({ exit: 0 });
  const hooks = project
    .json('target/run_results.json')
    .results.filter((one: { unique_id: string }) => one.unique_id.startsWith('operation.'));
  expect(hooks).toMatchObject([
    { unique_id: 'operation.shop.shop-on-run-start-0', compiled: true, compiled_code: '' },
    { unique_id: 'operation.shop.shop-on-run-end-0', compiled: true, compiled_code: 'select 2 as two' },
  ]);
});

test('the node and the times of a result have attributes, and to_dict() with plain data', async () => {
  const line = `'told ' ~ result.node.config.materialized ~ ' ' ~ result.node.config.get('none', 1) ~ ' ' ~ (result.node.config.other is none)
    ~ ' ' ~ (result.node.config.full_refresh is none)
    ~ ' ' ~ (result.node.to_dict() is mapping) ~ ' ' ~ result.node.to_dict().compiled_code
    ~ ' ' ~ result.timing[0].started_at.strftime('%Y') | length ~ ' ' ~ result.timing[0].to_dict().started_at | length
    ~ ' ' ~ (result.timing is sequence)`;
  const { stdout } = await projectThatLogs(line).run('run', '--select', 'orders');
  expect(toldIn(stdout)).toEqual(['table 1 True True True  select 1 as id 4 27 True']);
});

test('what a template puts into graph is there for the templates after it', async () => {
  const { stdout } = await projectThatLogs("'told ' ~ graph.seen ~ ' ' ~ graph.keys() | list | last").run(
    'run',
    '--select',
    'orders',
  );
  expect(toldIn(stdout)).toEqual(["['orders'] seen"]);
});

const toldIn = (text: string): string[] => [...text.matchAll(/told (.*)/g)].map(([, told = '']) => told);
