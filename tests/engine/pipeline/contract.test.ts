import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;

const targets = 'targets:\n  dev: {type: duckdb, path: shop.duckdb, schema: main}\n';

beforeEach(() => {
  project = new ProjectFolder({ 'project.yml': `name: shop\n${targets}` });
});

afterEach(() => project.remove());

/** A model `m` whose contract has these columns. */
function writeModel(sql: string, columns: Readonly<Record<string, string>>): void {
  const listed = Object.entries(columns).map(([name, type]) => ({ name, data_type: type }));
  const models = [{ name: 'm', config: { contract: { enforced: true } }, columns: listed }];
  project.write('models/m.sql', sql);
  project.write(
    'models/schema.yml',
    JSON.stringify({ version: 2, sources: [{ name: 'raw', tables: [{ name: 't' }] }], models }),
  );
}

async function run(...words: string[]): Promise<{ readonly exit: number; readonly output: string }> {
  const { exit, stdout, stderr } = await project.run(...words);
  return { exit, output: stdout + stderr };
}

/** One expression of many kinds; what it gives is for the warehouse to say. */
const expressions = [
  ['1', '1::bigint', '1.5', '1.5::decimal(10,4) * 3', '7 / 2', '7 // 2', "'a'", 'true', 'null::varchar', '2::utinyint'],
  ["date '2024-01-01'", "timestamp '2024-01-01'", 'now()', "interval '1 day'", "date '2024-01-01' + 1", "time '10:00'"],
  ['[1, 2]', "{'a': 1, 'b': [true]}", "map {'k': 1.5}", "'{}'::json", "'ab'::blob", 'uuid()', '1::hugeint', '2::float'],
  ['sum(1)', 'sum(1.5)', 'avg(1)', 'count(*)', 'max(2::smallint)', "string_agg('a', ',')", 'median(1)', 'list(1)'],
  ['coalesce(1, 2.5)', 'case when true then 1 else 2::bigint end', 'round(2.567, 2)', 'greatest(1, 2.0)', '1 = 1'],
  ["date_trunc('month', date '2024-01-01')", "date_diff('day', date '2024-01-01', now()::date)", 'year(now())'],
  ["'a' || 'b'", "length('a')", "strptime('2024', '%Y')", "split('a,b', ',')", "regexp_matches('a', 'b')", 'row(1, 2)'],
].flat();

test('a contract that the warehouse holds kept is never found broken while compiling', async () => {
  const sql = `select ${expressions.map((expression, index) => `${expression} as c${index}`).join(',\n  ')}`;
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const described = await connection.runAndReadAll(`describe ${sql}`);
  const columns = Object.fromEntries(described.getRowsJson().map(([name, type]) => [String(name), String(type)]));
  connection.closeSync();
  instance.closeSync();
  writeModel(sql, columns);
  expect(Object.keys(columns)).toHaveLength(expressions.length);
  expect(await run('compile')).toMatchObject({ exit: 0 });
});

test.each([
  ['int', 'integer'],
  ['text', 'varchar(20)'],
  ['string', 'VARCHAR'],
  ['numeric', 'decimal(18, 3)'],
  ['double precision', 'FLOAT8'],
  ['timestamptz', 'timestamp with time zone'],
  ['datetime', 'timestamp'],
  ['int[]', 'integer []'],
  ['struct(a int, "b c" text)', 'STRUCT(a INTEGER, "b c" VARCHAR)'],
  ['map(text, int8)', 'MAP(VARCHAR, BIGINT)'],
])('a contract may say %s for what the SQL calls %s', async (promised, written) => {
  writeModel(`select cast(null as ${written}) as a`, { A: promised });
  expect(await run('compile')).toMatchObject({ exit: 0 });
});

test.each([
  ['integer', 'bigint'],
  ['decimal(18, 3)', 'decimal(18, 2)'],
  ['date', 'timestamp'],
  ['varchar', 'json'],
  ['int[]', 'bigint[]'],
])('a contract that says %s is broken by %s', async (promised, written) => {
  writeModel(`select cast(null as ${written}) as a`, { a: promised });
  const { exit, output } = await run('compile');
  expect(exit).toBe(2);
  expect(output).toContain('data type mismatch');
  expect(output).toContain('models/m.sql:1:8');
});

test('what is not known breaks no contract', async () => {
  writeModel("select some_udf(1) as a, null as b, cast(1 as my_enum) as c, t.* from {{ source('raw', 't') }} as t", {
    a: 'date',
    b: 'date',
    c: 'date',
    d: 'date',
  });
  expect(await run('compile')).toMatchObject({ exit: 0 });
});

test('a type that is not known does not hide a column that is missing', async () => {
  writeModel('select some_udf(1) as a', { a: 'date', b: 'date' });
  const { exit, output } = await run('compile');
  expect(exit).toBe(2);
  expect(output).toContain('missing in definition');
});

test('a table that this run does not build counts for nothing: it may have other columns', async () => {
  project.write('models/stg.sql', "{{ config(materialized='table') }} select 1 as id");
  writeModel("{{ config(materialized='table') }} select * from {{ ref('stg') }}", { id: 'integer' });
  expect(await run('run')).toMatchObject({ exit: 0 });
  project.write('models/stg.sql', "{{ config(materialized='table') }} select 1 as id, 2 as more");
  expect(await run('run', '--select', 'm')).toMatchObject({ exit: 0 });
  const { exit, output } = await run('run');
  expect(exit).toBe(1);
  expect(output).toContain('compile/contract');
  expect(output).toContain('| more ');
});

test("a materialization of the project's own need not keep contracts", async () => {
  project.write(
    'macros/table.sql',
    [
      '{% materialization table, adapter="duckdb" %}',
      '{% set relation = this.incorporate(type="table") %}',
      '{% call statement("main") %}create or replace table {{ relation }} as {{ sql }}{% endcall %}',
      '{{ return({"relations": [relation]}) }}',
      '{% endmaterialization %}',
    ].join('\n'),
  );
  writeModel("{{ config(materialized='table') }} select 1 as a, 2 as b", { a: 'varchar' });
  expect(await run('build')).toMatchObject({ exit: 0 });
});

test("a materialization of the project's own may fill in places of the SQL, which is then no problem", async () => {
  project.write(
    'macros/by_day.sql',
    [
      '{% materialization by_day, default %}',
      '{% set relation = this.incorporate(type="table") %}',
      '{% set filled = sql | replace("__DAY__", "a > 0") %}',
      '{% call statement("main") %}create or replace table {{ relation }} as {{ filled }}{% endcall %}',
      '{{ return({"relations": [relation]}) }}',
      '{% endmaterialization %}',
    ].join('\n'),
  );
  project.write('models/m.sql', "{{ config(materialized='by_day') }} select a from (select 1 as a) where __DAY__");
  const { exit, output } = await run('build');
  expect(exit, output).toBe(0);
  expect(output).not.toContain('__DAY__');
});

test("in a project of dbt compiling only warns, because dbt's does not look, and a run refuses", async () => {
  rmSync(join(project.root, 'project.yml'));
  project.write(
    'profiles.yml',
    'shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: shop.duckdb, schema: main}\n',
  );
  project.write('dbt_project.yml', 'name: shop\nprofile: shop\n');
  writeModel("select 'x' as a", { a: 'integer' });
  const compiled = await run('compile');
  expect(compiled.exit).toBe(0);
  expect(compiled.output).toContain('warning[compile/contract]');
  const built = await run('run');
  expect(built.exit).toBe(1);
  expect(built.output).toContain('error[compile/contract]');
});

test('a foreign key names the relation that its ref() means', async () => {
  const column = (name: string, to: string): string =>
    `{name: ${name}, data_type: bigint, constraints: [{type: foreign_key, to: "${to}", to_columns: [id]}]}`;
  project.write('models/parent.sql', "{{ config(materialized='table') }} select 1::bigint as id");
  project.write('models/child.sql', "{{ config(materialized='table') }} select 1::bigint as a, 1::bigint as b");
  project.write(
    'models/schema.yml',
    [
      'models:',
      '  - {name: parent, config: {contract: {enforced: true}}, columns: [{name: id, data_type: bigint, constraints: [{type: primary_key}]}]}',
      '  - name: child',
      '    config: {contract: {enforced: true}}',
      '    constraints: [{type: foreign_key, columns: [b], to: "ref(\'parent\')", to_columns: [id]}]',
      `    columns: [${column('a', "ref('shop', 'parent')")}, {name: b, data_type: bigint}]`,
    ].join('\n'),
  );
  expect(await run('build')).toMatchObject({ exit: 0 });
  const instance = await DuckDBInstance.create(join(project.root, 'shop.duckdb'));
  const connection = await instance.connect();
  const kept = await connection.runAndReadAll(
    "select constraint_text from duckdb_constraints() where constraint_type = 'FOREIGN KEY' order by all",
  );
  expect(kept.getRowsJson().map(([text]) => text)).toEqual([
    'FOREIGN KEY (a) REFERENCES parent(id)',
    'FOREIGN KEY (b) REFERENCES parent(id)',
  ]);
  connection.closeSync();
  instance.closeSync();
});
