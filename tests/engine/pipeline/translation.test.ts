import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as pipeline from '../../../src/pipeline.ts';
import { TestWorld } from '../cli/outside.ts';

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'ingot-translation-')));
  write('project.yml', 'name: shop\ndialect: snowflake\ntargets:\n  dev: {type: duckdb, path: shop.duckdb}\n');
  write('models/m.sql', "select iff(1 = 1, 'a', 'b') as v");
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
const entryOf = (id: string) => JSON.parse(read('target/manifest.json')).nodes[id];

async function run(...words: string[]): Promise<string> {
  const world = new TestWorld(folder, pipeline);
  expect(await world.run(...words), world.stdout.text).toBe(0);
  return world.stdout.text;
}

test("the manifest has the author's SQL and names its file, not that of the translation", async () => {
  await run('run');
  const { compiled_path: path, compiled_code: code, config } = entryOf('model.shop.m');
  expect(read(path)).toBe(code);
  expect(code).toContain('iff(');
  expect(read('target/compiled/shop/models/m/m_duckdb.sql')).not.toContain('iff(');
  expect(config.inferred_columns).toEqual({ V: 'VARCHAR(1)' });
});

test('what may mean something else in the other dialect is told with its place, and runs', async () => {
  write('models/m.sql', "select distinct\n  parse_json('[1]') as v");
  const told = await run('run');
  expect(told).toContain('DISTINCT of a VARIANT tells 1 and 1.0 apart');
  expect(told).toContain('models/m.sql:2:3');
});

test("a data test's where is translated, with the types of the columns, and the author's text is kept", async () => {
  write(
    'models/schema.yml',
    `version: 2\nmodels:\n  - {name: m, columns: [{name: v, data_tests: [{unique: {config: {where: "nvl2(v, v || 1, 'x') = 'a1'"}}}]}]}\n`,
  );
  await run('build');
  const id = 'test.shop.unique_m_v';
  const found = Object.keys(JSON.parse(read('target/manifest.json')).nodes).find((one) => one.startsWith(id));
  const { compiled_path: path, compiled_code: code } = entryOf(found ?? '');
  expect(code).toContain("where nvl2(v, v || 1, 'x') = 'a1') dbt_subquery");
  const sent = read(path.replace(/([^/]+)\.sql$/, '$1/$1_duckdb.sql'));
  expect(sent).toContain('case when v is not null then v || cast(1 as varchar) else');
  expect(sent).toMatch(/\) dbt_subquery\nwhere/);
});

test('a seed is known by the types that its columns have in the dialect of the project', async () => {
  write('seeds/raw.csv', 'id,amount,day\n1,2.50,2024-01-31\n');
  write(
    'seeds/s.yml',
    "version: 2\nseeds: [{name: raw, config: {column_types: {id: integer, amount: 'decimal(10,2)', day: date}}}]\n",
  );
  write('models/m.sql', "select *, amount / 4 as quarter from {{ ref('raw') }}");
  await run('compile');
  expect(entryOf('model.shop.m').config.inferred_columns).toEqual({
    ID: 'NUMBER(38,0)',
    AMOUNT: 'NUMBER(10,2)',
    DAY: 'DATE',
    QUARTER: 'NUMBER(16,8)',
  });
});
