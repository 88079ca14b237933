import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProjectFolder } from '../pipeline/project-folder.ts';

let project: ProjectFolder;

beforeEach(() => {
  project = new ProjectFolder({
    'models/orders.sql': 'select {{ which() }} as id',
    'macros/which.sql': `
{% macro which() %}{{ return(adapter.dispatch('which')()) }}{% endmacro %}
{% macro default__which() %}1{% endmacro %}
`,
    'dbt_packages/parts/dbt_project.yml': 'name: parts\n',
    'dbt_packages/parts/macros/which.sql': '{% macro duckdb__which() %}2{% endmacro %}',
    'packages.yml': 'packages: [{local: parts}]\n',
  });
});

afterEach(() => project.remove());

const compiled = async (): Promise<string> => {
  const { stdout } = await project.run('compile', '--select', 'orders', '--quiet');
  return stdout.trim();
};

test("without a namespace, the adapter's implementation of any package comes before a default one", async () => {
  expect(await compiled()).toBe('select 2 as id');
});

test('with a namespace, the project comes first, with whatever it has', async () => {
  project.write(
    'macros/which.sql',
    `{% macro which() %}{{ return(adapter.dispatch('which', 'parts')()) }}{% endmacro %}
{% macro default__which() %}1{% endmacro %}`,
  );
  expect(await compiled()).toBe('select 1 as id');
});

test('a namespace that is no package is as good as none', async () => {
  project.write(
    'models/orders.sql',
    "select cast({{ adapter.dispatch('which', 'nowhere')() }} as {{ adapter.dispatch('type_string', 'nowhere')() }}) as id",
  );
  expect(await compiled()).toBe('select cast(1 as TEXT) as id');
});

test('a namespace that is no package does not find what only another package has', async () => {
  project.write('dbt_packages/parts/macros/only.sql', '{% macro default__only_here() %}3{% endmacro %}');
  project.write('models/orders.sql', "select {{ adapter.dispatch('only_here', 'nowhere')() }} as id");
  const { stderr, exit } = await project.run('compile', '--select', 'orders');
  expect(stderr).toContain("No macro named 'only_here' found within namespace: 'nowhere'");
  expect(exit).toBe(2);
});

test('a project replaces what a data test reads', async () => {
  project.write('models/orders.yml', 'models: [{name: orders, columns: [{name: id, data_tests: [not_null]}]}]\n');
  project.write(
    'macros/where.sql',
    '{% macro duckdb__get_where_subquery(relation) %}(select * from {{ relation }} limit 5){% endmacro %}',
  );
  const { stdout } = await project.run('compile', '--select', 'not_null_orders_id', '--quiet');
  expect(stdout).toContain('from (select * from "shop"."main"."orders" limit 5)');
});

test("a project replaces what dbt's data tests dispatch to", async () => {
  project.write(
    'models/orders.yml',
    'models: [{name: orders, columns: [{name: id, data_tests: [not_null, dbt.unique]}]}]\n',
  );
  project.write(
    'macros/tests.sql',
    `{% macro default__test_not_null(model, column_name) %}select 'mine' from {{ model }}{% endmacro %}
{% macro duckdb__test_unique(model, column_name) %}select '{{ column_name }}' from {{ model }}{% endmacro %}`,
  );
  const sqlOf = async (test: string) => (await project.run('compile', '--select', test, '--quiet')).stdout;
  expect(await sqlOf('not_null_orders_id')).toBe(`select 'mine' from "shop"."main"."orders"\n`);
  expect(await sqlOf('dbt_unique_orders_id')).toBe(`select 'id' from "shop"."main"."orders"\n`);
});

test("a project's data test adds to dbt's own, which it calls", async () => {
  project.write(
    'models/orders.yml',
    `models:
  - name: orders
    columns:
      - name: id
        data_tests: [not_null, twice, {within: {arguments: {known: [1, 2]}}}, {of_parents: {arguments: {to: ref('orders')}}}]
`,
  );
  project.write(
    'macros/tests.sql',
    `{% test not_null(model, column_name) %}{{ dbt.test_not_null(model, column_name) }} or id < 0{% endtest %}
{% test twice(model, column_name) %}select * from ({{ test_unique(model, column_name) }}){% endtest %}
{% test within(model, column_name, known) %}{{ default__test_accepted_values(model, column_name, known, false) }}{% endtest %}
{% test of_parents(model, column_name, to) %}{{ dbt.test_relationships(model, column_name, to, field='id') }}{% endtest %}`,
  );
  project.write('models/orders.sql', "{{ config(materialized='table') }} select 1 as id union all select 1");
  expect((await project.run('build')).exit).toBe(1);
  const { results } = JSON.parse(project.read('target/run_results.json')) as { results: Record<string, string>[] };
  expect(results.map(({ unique_id, status }) => `${unique_id?.split('.')[2]} ${status}`).sort()).toEqual([
    'not_null_orders_id pass',
    'of_parents_orders_id__ref_orders_ pass',
    'orders success',
    'twice_orders_id fail',
    'within_orders_id__1__2 pass',
  ]);
  const { stdout } = await project.run('compile', '--select', 'not_null_orders_id', '--quiet');
  expect(stdout).toBe('select id\nfrom "shop"."main"."orders"\nwhere id is null or id < 0\n');
});

test("a package's macro takes the place of dbt's where the project says that it is looked for there", async () => {
  project.write(
    'dbt_packages/parts/macros/table.sql',
    `{% macro default__create_table_as(temporary, relation, code, language) %}
create table {{ relation }} as (select *, 'parts' as made_by from ({{ code }}))
{% endmacro %}`,
  );
  project.write('models/orders.sql', "{{ config(materialized='table') }} select 1 as id");
  await project.run('run');
  expect(await project.sql('select * from orders')).toEqual([[1]]);
  project.write(
    'project.yml',
    `name: shop
targets:
  dev: {type: duckdb, path: shop.duckdb, schema: main, threads: 1}
dispatch: [{macro_namespace: dbt, search_order: [shop, parts, dbt]}]
`,
  );
  await project.run('run');
  expect(await project.sql('select * from orders')).toEqual([[1, 'parts']]);
});
