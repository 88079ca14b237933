import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;

beforeEach(() => {
  project = new ProjectFolder({
    'project.yml': 'name: shop\ndialect: snowflake\ntargets:\n  dev: {type: duckdb, path: shop.duckdb}\n',
    'models/m.sql': "select iff(1 = 1, 'a', 'b') as v",
  });
});

afterEach(() => project.remove());

const entryOf = (id: string) => project.json('target/manifest.json').nodes[id];

async function run(...words: string[]): Promise<string> {
  const { exit, stdout } = await project.run(...words);
  expect(exit, stdout).toBe(0);
  return stdout;
}

test("the manifest has the author's SQL and names its file, not that of the translation", async () => {
  await run('run');
  const { compiled_path: path, compiled_code: code, config } = entryOf('model.shop.m');
  expect(project.read(path)).toBe(code);
  expect(code).toContain('iff(');
  expect(project.read('target/compiled/shop/models/m/m_duckdb.sql')).not.toContain('iff(');
  expect(config.inferred_columns).toEqual({ V: 'VARCHAR(1)' });
});

test('what may mean something else in the other dialect is told with its place, and runs', async () => {
  project.write('models/m.sql', "select distinct\n  parse_json('[1]') as v");
  const told = await run('run');
  expect(told).toContain('DISTINCT of a VARIANT tells 1 and 1.0 apart');
  expect(told).toContain('models/m.sql:2:3');
});

test("a data test's where is translated, with the types of the columns, and the author's text is kept", async () => {
  project.write(
    'models/schema.yml',
    `version: 2\nmodels:\n  - {name: m, columns: [{name: v, data_tests: [{unique: {config: {where: "nvl2(v, v || 1, 'x') = 'a1'"}}}]}]}\n`,
  );
  await run('build');
  const id = 'test.shop.unique_m_v';
  const found = Object.keys(project.json('target/manifest.json').nodes).find((one) => one.startsWith(id));
  const { compiled_path: path, compiled_code: code } = entryOf(found ?? '');
  expect(code).toContain("where nvl2(v, v || 1, 'x') = 'a1') dbt_subquery");
  const sent = project.read(path.replace(/([^/]+)\.sql$/, '$1/$1_duckdb.sql'));
  expect(sent).toContain('case when v is not null then v || cast(1 as varchar) else');
  expect(sent).toMatch(/\) dbt_subquery\nwhere/);
});

test('a seed is known by the types that its columns have in the dialect of the project', async () => {
  project.write('seeds/raw.csv', 'id,amount,day\n1,2.50,2024-01-31\n');
  project.write(
    'seeds/s.yml',
    "version: 2\nseeds: [{name: raw, config: {column_types: {id: integer, amount: 'decimal(10,2)', day: date}}}]\n",
  );
  project.write('models/m.sql', "select *, amount / 4 as quarter from {{ ref('raw') }}");
  await run('compile');
  expect(entryOf('model.shop.m').config.inferred_columns).toEqual({
    ID: 'NUMBER(38,0)',
    AMOUNT: 'NUMBER(10,2)',
    DAY: 'DATE',
    QUARTER: 'NUMBER(16,8)',
  });
});

test('the macros that the SQL calls are made once, and again where they are others', async () => {
  const [name, there] = ['snowflake_modulo', 'select snowflake_modulo(1, 2)'];
  await run('run');
  expect(await project.sql(there)).toEqual([[1]]);
  await project.sql(`create or replace macro ${name}(a, b) as 'changed'`);
  await run('run');
  expect(await project.sql(there)).toEqual([['changed']]);
  await project.sql("create or replace macro ingot_macros() as 'those of another version'");
  await run('run');
  expect(await project.sql(there)).toEqual([[1]]);
});

test('what was said in the other dialect is kept until the SQL or what it reads is other', async () => {
  project.write('models/parent.sql', 'select 1 as a');
  project.write('models/m.sql', "select a || 1 as v from {{ ref('parent') }}");
  const sent = (): string => project.read('target/compiled/shop/models/m/m_duckdb.sql');
  const kept = (): string => project.read('target/ingot-translations.txt');
  await run('run');
  const [first, before] = [sent(), kept()];
  await run('run');
  expect([sent(), kept()]).toEqual([first, before]);
  expect(before).toContain(first.trimEnd().replaceAll('"', String.raw`\"`));
  project.write('models/parent.sql', "select 'x' as a");
  await run('run');
  expect(sent()).not.toBe(first);
  expect(kept()).toContain(sent().trimEnd().replaceAll('"', String.raw`\"`));
});
