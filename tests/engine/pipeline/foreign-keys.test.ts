import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as pipeline from '../../../src/pipeline.ts';
import { TestWorld } from '../cli/outside.ts';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;

beforeEach(() => {
  project = new ProjectFolder({
    'project.yml': 'name: shop\ntargets:\n  dev: {type: duckdb, path: shop.duckdb, schema: main, threads: 4}\n',
  });
});

afterEach(() => project.remove());

interface Model {
  readonly sql: string;
  /** The model whose `id` its column `refers` points at. */
  readonly to?: string;
  readonly config?: string;
  readonly tests?: string;
}

/** Models of `id` and, where they refer to another, `refers`; all of them promise that `id` is a key. */
function writeModels(models: Readonly<Record<string, Model>>): void {
  const properties = Object.entries(models).map(([name, { to, tests = '[]' }]) => {
    const key = `{name: id, data_type: integer, data_tests: ${tests}, constraints: [{type: primary_key}]}`;
    const constraint = `{type: foreign_key, to: "ref('${to}')", to_columns: [id]}`;
    const refers = to ? `, {name: refers, data_type: integer, constraints: [${constraint}]}` : '';
    return `  - {name: ${name}, config: {contract: {enforced: true}}, columns: [${key}${refers}]}`;
  });
  project.write('models/schema.yml', ['models:', ...properties].join('\n'));
  for (const [name, { sql, config = "materialized='table'" }] of Object.entries(models)) {
    project.write(`models/${name}.sql`, `{{ config(${config}) }} ${sql}`);
  }
}

async function run(...words: string[]): Promise<string> {
  const { exit, stdout, stderr } = await project.run(...words);
  expect(exit, stdout + stderr).toBe(0);
  return stdout + stderr;
}

const references = (): Promise<unknown[][]> =>
  project.sql(
    "select table_name, referenced_table from duckdb_constraints() where constraint_type = 'FOREIGN KEY' order by all",
  );

describe('a table that foreign keys point at', () => {
  const models = {
    parent: { sql: 'select unnest([1, 2])::integer as id' },
    child: { sql: "select 10 as id, 1 as refers from {{ ref('parent') }} limit 1", to: 'parent' },
    grandchild: { sql: "select 100 as id, 10 as refers from {{ ref('child') }}", to: 'child' },
  };
  const all = [
    ['child', 'parent'],
    ['grandchild', 'child'],
  ];

  test('is built again, and again', async () => {
    writeModels(models);
    for (const words of [['run'], ['run'], ['run', '--full-refresh'], ['build']]) {
      await run(...words);
      expect(await references()).toEqual(all);
    }
  });

  test('is built alone: what refers to it keeps its rows, its constraints and its indexes', async () => {
    writeModels(models);
    await run('run');
    await project.sql('create index by_refers on child (refers)');
    await project.sql(`comment on column child.id is 'it''s the key'`);
    expect(await run('run', '--select', 'parent')).not.toContain('warn');
    expect(await references()).toEqual(all);
    expect(await project.sql('select * from child')).toEqual([[10, 1]]);
    expect(await project.sql('select * from grandchild')).toEqual([[100, 10]]);
    expect(await project.sql('select index_name from duckdb_indexes()')).toEqual([['by_refers']]);
    expect(
      await project.sql("select comment from duckdb_columns() where table_name = 'child' and column_name = 'id'"),
    ).toEqual([["it's the key"]]);
    expect(await project.sql("select table_name from duckdb_tables() where table_name like '%dbt%'")).toEqual([]);
  });

  test('loses rows that others refer to: these keep theirs, without constraints until they are built again', async () => {
    writeModels(models);
    await run('run');
    project.write('models/parent.sql', "{{ config(materialized='table') }} select 2::integer as id");
    expect(await run('run', '--select', 'parent')).toContain(
      'main.child refers to rows that parent no longer has: it is without its constraints until it is built again',
    );
    expect(await project.sql('select * from child')).toEqual([[10, 1]]);
    expect(await references()).toEqual([]);
    project.write(
      'models/child.sql',
      "{{ config(materialized='table') }} select 10 as id, 2 as refers from {{ ref('parent') }}",
    );
    await run('run', '--select', 'child+');
    expect(await references()).toEqual(all);
  });

  test('is left as it was where its build fails, and so is what refers to it', async () => {
    writeModels(models);
    await run('run');
    project.write('models/parent.sql', "{{ config(materialized='table') }} select unnest([1, 1])::integer as id");
    const world = new TestWorld(project.root, pipeline);
    expect(await world.run('run', '--select', 'parent')).toBe(1);
    expect(await project.sql('select * from parent order by id')).toEqual([[1], [2]]);
    expect(await project.sql('select * from child')).toEqual([[10, 1]]);
    expect(await references()).toEqual(all);
  });

  test('is published after its tests, like what refers to it', async () => {
    const tested = Object.entries(models).map(([name, model]) => [name, { ...model, tests: '[not_null]' }] as const);
    writeModels(Object.fromEntries(tested));
    for (let time = 1; time <= 3; time += 1) {
      await run('build');
      expect(await references()).toEqual(all);
    }
    await run('build', '--select', 'parent');
    expect(await references()).toEqual(all);
    await project.sql('drop table grandchild; drop table child; drop table parent');
  });

  test('stays replaceable where what refers to it was held back by a test', async () => {
    writeModels({ parent: models.parent, child: { ...models.child, tests: '[{accepted_values: {values: [11]}}]' } });
    const world = new TestWorld(project.root, pipeline);
    expect(await world.run('build')).toBe(1);
    await run('build', '--select', 'parent');
  });

  test('is none for a model of another schema, where it was deferred: no key can point there', async () => {
    project.write(
      'project.yml',
      `name: shop
targets:
  dev: {type: duckdb, path: shop.duckdb, schema: main}
  ci: {type: duckdb, path: shop.duckdb, schema: ci}
`,
    );
    writeModels(models);
    await run('build', '--target', 'dev');
    const deferring = ['--target', 'ci', '--target-path', 'ci', '--defer', '--state', 'target'];
    await run('build', '--select', 'child+', ...deferring);
    expect(await project.sql('select * from ci.child')).toEqual([[10, 1]]);
    expect(await references()).toEqual([...all, ['grandchild', 'child']]);
  });

  test('is referred to by a model that only gets rows', async () => {
    const config = "materialized='incremental', on_schema_change='append_new_columns'";
    const child =
      "select 10 as id, 1 as refers from {{ ref('parent') }} where id = 1 {% if is_incremental() %}and false{% endif %}";
    writeModels({ ...models, child: { sql: child, to: 'parent', config } });
    for (let time = 1; time <= 2; time += 1) await run('run');
    expect(await project.sql('select * from child')).toEqual([[10, 1]]);
    await run('run', '--full-refresh');
    expect(await references()).toEqual(all);
  });
});

test('many tables that refer to one are built by several threads', async () => {
  const names = Array.from({ length: 8 }, (_, index) => `child_${index}`);
  const slow = '(select count(*) from range(1500) as a, range(1500) as b where a.range * b.range % 7 = 8) + 1';
  const child = { sql: `select 1 as id, (${slow})::integer as refers from {{ ref('parent') }}`, to: 'parent' };
  writeModels({
    parent: { sql: 'select 1 as id' },
    ...Object.fromEntries(names.map((name) => [name, child])),
  });
  for (let time = 1; time <= 2; time += 1) await run('run');
  expect(await references()).toEqual(names.map((name) => [name, 'parent']));
});
