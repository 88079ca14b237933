import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;

beforeEach(() => {
  project = new ProjectFolder({
    'models/orders.sql': 'select 1 as id',
    'macros/operations.sql': `
{% macro tell(what, times=1) %}{{ log(what ~ ' ' ~ times ~ ' ' ~ (times is string), info=true) }}{{ return([1]) }}{% endmacro %}
{% macro relation_of() %}{{ log(ref('orders') ~ ' ' ~ (graph.nodes | length), info=true) }}{% endmacro %}
{% macro insert_in_transaction() %}
  {% call statement('begin', auto_begin=true) %} create table kept as select 1 as id {% endcall %}
{% endmacro %}
{% macro insert_and_commit() %}
  {{ insert_in_transaction() }}
  {% do adapter.commit() %}
{% endmacro %}
{% macro fails() %}
  {% do run_query('select * from nowhere') %}
{% endmacro %}
`,
  });
});

afterEach(() => project.remove());

test('a macro is called with arguments of YAML, each of its own type', async () => {
  const { exit, stdout } = await project.run('run-operation', 'tell', '--args', '{what: hello, times: 3}');
  expect(exit).toBe(0);
  expect(stdout).toContain('hello 3 False');
});

test('a macro sees the whole project, also what it does not read while parsing', async () => {
  const { exit, stdout } = await project.run('run-operation', 'relation_of');
  expect(exit).toBe(0);
  expect(stdout).toContain('"shop"."main"."orders" 1');
});

test('run_results.json names the macro as an operation', async () => {
  await project.run('run-operation', 'tell', '--args', '{what: hello}');
  const { results, args } = project.json('target/run_results.json');
  expect(args).toMatchObject({ which: 'run-operation', macro: 'tell' });
  expect(results).toMatchObject([{ unique_id: 'macro.shop.tell', status: 'success' }]);
});

test('what a macro did in a transaction that it did not end is undone, and it is told', async () => {
  const { exit, stdout, stderr } = await project.run('run-operation', 'insert_in_transaction');
  expect(exit).toBe(0);
  expect(stdout + stderr).toContain('execute/not-committed');
  expect(await project.sql("select count(*)::integer from duckdb_tables() where table_name = 'kept'")).toEqual([[0]]);
});

test('what was committed stays', async () => {
  expect((await project.run('run-operation', 'insert_and_commit')).exit).toBe(0);
  expect(await project.sql('select id from kept')).toEqual([[1]]);
});

test('the error of a statement is told at the line of the macro that sent it', async () => {
  const { exit, stdout, stderr } = await project.run('run-operation', 'fails');
  expect(exit).toBe(1);
  expect(stdout + stderr).toContain('macros/operations.sql:12:9');
});

test('an error has its place also where the project was not parsed again', async () => {
  await project.run('parse');
  const { stdout, stderr } = await project.run('run-operation', 'fails');
  expect(stdout + stderr).toContain('macros/operations.sql:12:9');
});

test('a macro that is not there is a wrong call, with a guess at what was meant', async () => {
  const { exit, stdout, stderr } = await project.run('run-operation', 'tel');
  expect(exit).toBe(2);
  expect(stdout + stderr).toContain("Did you mean 'tell'?");
});
