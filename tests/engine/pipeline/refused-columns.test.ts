import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;

beforeEach(async () => {
  project = new ProjectFolder({
    'project.yml': `name: shop
targets:
  default: {type: duckdb, path: shop.duckdb, schema: main}
  ci: {type: duckdb, path: shop.duckdb, schema: ci}
`,
    'seeds/codes.csv': 'code,label\n1,one\n',
    'models/orders.sql':
      "{{ config(materialized='incremental') }}\nselect 1 as order_id, 'a' as customer_name, 2 as amount",
    'models/pick.sql': "{{ config(materialized='ephemeral') }}\nselect * exclude (amuont) from {{ ref('orders') }}",
    'models/report.sql': "select order_id,\n  o.customer_nam\nfrom {{ ref('orders') }} as o",
    'models/labels.sql': "select code, lable, nothing from {{ ref('codes') }}",
    'models/picked.sql': "select * from {{ ref('pick') }}",
    'models/models.yml': `
models:
  - name: orders
    columns: [{name: order_di, data_tests: [not_null]}]
`,
  });
  await project.run('build', '--select', 'orders', 'codes', '--exclude', 'test_type:data');
});

afterEach(() => project.remove());

/** What a command tells people. */
async function told(...words: string[]): Promise<string> {
  const { stdout, stderr } = await project.run(...words);
  return stdout + stderr;
}

const problem = (message: string, place: string, hint: string): RegExp =>
  new RegExp(
    `sql/unknown-column\\]: ${message.replace(/[()*?]/g, '\\$&')}\n.*--> ${place}\n(.*\n){3,4}?.*hint: ${hint.replace(/[()*?]/g, '\\$&')}`,
  );

describe('a column that the warehouse misses in a table which was built before', () => {
  test('is told at its place in the template, with what may be meant: by run, retry and show', async () => {
    const misspelt = problem(
      '"o" has no column "customer_nam"',
      'models/report.sql:2:5',
      'Did you mean "customer_name"?',
    );
    expect(await told('run', '--select', 'report')).toMatch(misspelt);
    expect(await told('retry')).toMatch(misspelt);
    expect(await told('show', '--select', 'report')).toMatch(misspelt);
  });

  test('is told of a test, of an ephemeral model, and together with all others that are not there', async () => {
    expect(await told('test', '--select', 'orders')).toMatch(
      problem('There is no column "order_di" here', 'models/models.yml:4:45', 'Did you mean "order_id"?'),
    );
    expect(await told('run', '--select', 'picked')).toMatch(
      problem('EXCLUDE names "amuont", which the star does not have', 'models/pick.sql:2:19', 'Did you mean "amount"?'),
    );
    const labels = await told('run', '--select', 'labels');
    expect(labels).toContain('There is no column "lable" here');
    expect(labels).toContain('There is no column "nothing" here');
  });

  test('is told of each partition whose SQL is another one', async () => {
    project.write(
      'models/parts.sql',
      `{{ config(materialized='incremental', partitions={'values': ['one', 'two'], 'column': 'part'}) }}
{% set wrong = {'one': 'amuont', 'two': 'order_di'} %}
select '{{ partition.key }}' as part, {{ wrong.get(partition.key, 'amount') }} as value from {{ ref('orders') }}`,
    );
    const out = await told('run', '--select', 'parts');
    expect(out).toContain('There is no column "amuont" here');
    expect(out).toContain('There is no column "order_di" here');
  });

  test('is read in the environment that stands in for what is not built here', async () => {
    project.write('prod/manifest.json', project.read('target/manifest.json'));
    expect(await told('run', '--select', 'report', '--target', 'ci', '--defer', '--state', 'prod')).toContain(
      '"o" has no column "customer_nam"',
    );
  });

  test('has to be built first where the SQL has it by now', async () => {
    project.write(
      'models/orders.sql',
      "{{ config(materialized='incremental') }}\nselect 1 as order_id, 'a' as customer_nam",
    );
    const hint =
      "'orders' has it by now, but not its table, which is older: ingot build --select orders --full-refresh";
    expect(await told('run', '--select', 'report')).toMatch(
      problem('"o" has no column "customer_nam"', 'models/report.sql:2:5', hint),
    );
  });

  test('is no error where the table has it, whatever the SQL says by now', async () => {
    project.write('models/orders.sql', "{{ config(materialized='incremental') }}\nselect 1 as order_id");
    project.write('models/report.sql', "select customer_name from {{ ref('orders') }}");
    expect((await project.run('run', '--select', 'report')).exit).toBe(0);
  });
});

test('SQL that is given with the call is looked through with the columns of what it reads', async () => {
  const query = "select order_di from {{ ref('orders') }}";
  for (const command of ['show', 'compile']) {
    expect(await told(command, '--inline', query)).toMatch(
      problem('There is no column "order_di" here', 'inline_query:1:8', 'Did you mean "order_id"?'),
    );
  }
});

describe('columns that no SELECT of the project says', () => {
  const readsOf = (...made: readonly string[]): Record<string, string> =>
    Object.fromEntries(made.map((name) => [`models/of_${name}.sql`, `select later from {{ ref('${name}') }}`]));

  test('may come of hooks, of macros that they call, and of macros that build', async () => {
    const hooked = new ProjectFolder({
      'seeds/codes.csv': 'code\n1\n',
      'seeds/seeds.yml':
        'seeds: [{name: codes, config: {post_hook: "alter table {{ this }} add column later integer"}}]\n',
      'macros/audit.sql': `
{% macro audit() %}{{ add_column('later') }}{% endmacro %}
{% macro add_column(name) %}alter table {{ this }} add column {{ name }} integer{% endmacro %}
{% macro duckdb__create_view_as(relation, sql) %}create view {{ relation }} as select *, 1 as later from ({{ sql }}){% endmacro %}`,
      'models/hooked.sql': "{{ config(materialized='table', post_hook='{{ audit() }}') }} select 1 as id",
      'models/seen.sql': 'select 1 as id',
      'models/seen.yml': 'models: [{name: seen, columns: [{name: later, data_tests: [not_null]}]}]\n',
      'models/sources.yml': 'sources: [{name: raw, schema: main, tables: [{name: codes, identifier: raw_codes}]}]\n',
      'models/first.sql': `
{{ config(pre_hook=['create or replace table raw_codes as select 1 as later', 'select 1']) }}
select later from {{ source('raw', 'codes') }}`,
      'models/plain.sql': "{{ config(materialized='table') }} select 1 as id",
      'models/altering.sql': `
{{ config(materialized='table', post_hook="alter table {{ ref('plain') }} add column later integer") }}
select id from {{ ref('plain') }}`,
      'models/behind.sql':
        "select later from {{ ref('plain') }} where (select count(*) from {{ ref('altering') }}) > 0",
      ...readsOf('codes', 'hooked', 'seen'),
    });
    const { exit, stdout } = await hooked.run('build');
    hooked.remove();
    expect(exit, stdout).toBe(0);
  });

  test('may come of a materialization that replaces a built-in one', async () => {
    const replaced = new ProjectFolder({
      'macros/table.sql': `
{% materialization table, adapter='duckdb' %}
  {% call statement('main') %}create or replace table {{ this }} as select *, 1 as later from ({{ sql }}){% endcall %}
  {{ return({'relations': [this]}) }}
{% endmaterialization %}`,
      'models/made.sql': "{{ config(materialized='table') }} select 1 as id",
      ...readsOf('made'),
    });
    const { exit, stdout } = await replaced.run('build');
    replaced.remove();
    expect(exit, stdout).toBe(0);
  });

  test("may come of a project's own way to run hooks", async () => {
    const own = new ProjectFolder({
      'macros/hooks.sql': `
{% macro run_hooks(hooks, inside_transaction=true) %}
  {% if inside_transaction and load_relation(this) %}
    {% do run_query('alter table ' ~ this ~ ' add column if not exists later integer') %}
  {% endif %}
{% endmacro %}`,
      'models/made.sql': "{{ config(materialized='table') }} select 1 as id",
      'models/of_made.sql': "{{ config(materialized='table') }} select later from {{ ref('made') }}",
    });
    const { exit, stdout } = await own.run('build');
    own.remove();
    expect(exit, stdout).toBe(0);
  });

  test('do not come of hooks that only look or index', async () => {
    project.write(
      'models/orders.sql',
      `{{ config(materialized='table', post_hook=['create unique index on_id on {{ this }} (order_id)', 'analyze {{ this }}']) }}
select 1 as order_id`,
    );
    project.write('models/report.sql', "select customer_nam from {{ ref('orders') }}");
    expect(await told('build', '--select', '+report', '--exclude', 'test_type:data')).toContain('sql/unknown-column');
  });
});
