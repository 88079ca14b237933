import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
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

test('--fail-fast ends with the on-run-end hooks, too', async () => {
  const line =
    "'told ' ~ result.node.name ~ ' ' ~ result.status ~ (' ' ~ result.message if result.status == 'skipped' else '')";
  const { stdout, exit } = await projectThatLogs(line).run('run', '--fail-fast');
  expect(toldIn(stdout)).toEqual(['orders success', 'broken error', 'below skipped Skipping due to fail_fast']);
  expect(exit).toBe(1);
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

test('hooks of a node see its SQL, and those of the project have nothing that this could name', async () => {
  const { root } = projectThatLogs("''");
  const settings = readFileSync(join(root, 'project.yml'), 'utf8')
    .replace(/on-run-start: .*/, `on-run-start: "{% do log('told ' ~ this, info=true) %}"`)
    .replace(/\+post-hook: .*/, `+post-hook: "{% do log('told ' ~ sql ~ ';' ~ model.compiled_code, info=true) %}"`);
  project.write('project.yml', settings);
  const { stdout } = await project.run('run', '--select', 'orders');
  expect(toldIn(stdout)).toEqual(['None', ' select 1 as id; select 1 as id']);
});

test('what a template puts into graph is there for the templates after it', async () => {
  const { stdout } = await projectThatLogs("'told ' ~ graph.seen ~ ' ' ~ graph.keys() | list | last").run(
    'run',
    '--select',
    'orders',
  );
  expect(toldIn(stdout)).toEqual(["['orders'] seen"]);
});

describe('when an on-run-start hook fails', () => {
  /** Runs a project whose first hook fails, and says what became of its model. */
  async function statuses(settings: string): Promise<string[]> {
    project = new ProjectFolder({ 'models/orders.sql': 'select 1 as id' });
    rmSync(join(project.root, 'project.yml'));
    project.write(...(settings.startsWith('profile') ? dbtFile(settings) : nativeFile(settings)));
    expect((await project.run('run')).exit).toBe(1);
    const { results } = project.json('target/run_results.json');
    return results.map((one: { unique_id: string; status: string }) => `${one.unique_id.split('.')[0]} ${one.status}`);
  }

  const hooks = "on-run-start: ['select * from nowhere', 'select 1']";
  const nativeFile = (more: string): [string, string] => [
    'project.yml',
    `name: shop\ntargets:\n  dev: {type: duckdb, path: shop.duckdb, schema: main, threads: 1}\n${hooks}\n${more}\n`,
  ];
  const dbtFile = (more: string): [string, string] => {
    project.write(
      'profiles.yml',
      'shop: {target: dev, outputs: {dev: {type: duckdb, path: shop.duckdb, schema: main, threads: 1}}}',
    );
    return ['dbt_project.yml', `name: shop\n${hooks}\n${more}\n`];
  };
  const skipped = ['operation error', 'operation skipped', 'model skipped'];
  const built = ['operation error', 'operation skipped', 'model success'];

  test('nothing is built', async () => {
    expect(await statuses('')).toEqual(skipped);
  });

  test('nodes are built as dbt does where the flag says so', async () => {
    expect(await statuses('flags: {skip_nodes_if_on_run_start_fails: false}')).toEqual(built);
  });

  test('nodes of a dbt project are built', async () => {
    expect(await statuses('profile: shop')).toEqual(built);
  });

  test('nothing is built of a dbt project whose flag says so', async () => {
    expect(await statuses('profile: shop\nflags: {skip_nodes_if_on_run_start_fails: true}')).toEqual(skipped);
  });
});

const toldIn = (text: string): string[] => [...text.matchAll(/told (.*)/g)].map(([, told = '']) => told);

test('a hook after a build finds what was built; of an incremental model, what was there before', async () => {
  project = new ProjectFolder({
    'macros/found.sql': `{% macro found() %}
insert into seen values ('{{ this.name }} {{ load_relation(this).type }} {{ is_incremental() }}')
{% endmacro %}`,
    'models/a_table.sql': "{{ config(materialized='table', post_hook='{{ found() }}') }} select 1 as id",
    'models/a_view.sql': "{{ config(post_hook=[{'sql': '{{ found() }}', 'transaction': false}]) }} select 1 as id",
    'models/added.sql': "{{ config(materialized='incremental', post_hook='{{ found() }}') }} select 1 as id",
    'models/broken.sql': `
{{ config(materialized='table', post_hook=['{{ found() }}', 'select nothing']) }} select 1 as id`,
  });
  await project.sql('create table seen (what varchar)');
  expect((await project.run('build')).exit).toBe(1);
  expect(await project.sql('select * from seen order by all')).toEqual([
    ['a_table table False'],
    ['a_view view False'],
    ['added  False'],
  ]);
});
