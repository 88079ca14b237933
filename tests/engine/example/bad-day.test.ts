import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildProgram, Project } from '../reliability/ingot-process.ts';

// The demonstration of docs/example-warehouse.md: a bad day of the feeds is held back while the rest is published.

const repository = resolve(import.meta.dirname, '../../..');
const parts = ['project.yml', 'models', 'data', 'seeds', 'macros', 'analyses', 'snapshots', 'tests/data', 'scripts'];
const project = new Project({});

beforeAll(async () => {
  await buildProgram();
  for (const part of parts) cpSync(join(repository, part), project.path(part), { recursive: true });
}, 120_000);
afterAll(() => project.remove());

/** Writes the feeds as they come until some evening. */
function feed(...words: string[]): void {
  execFileSync(process.execPath, [project.path('scripts/generate-retail-data.mjs'), ...words]);
}

async function build(today: string): Promise<number> {
  return project.start('build', '--quiet', '--vars', `{today: ${today}}`).ended();
}

async function json(today: string, ...words: string[]) {
  const process = project.start(...words, '--quiet', '--output', 'json', '--vars', `{today: ${today}}`);
  expect(await process.ended(), process.output).toBe(0);
  return JSON.parse(process.output);
}

async function ask(sql: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(project.path('target/retail.duckdb'), { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const rows = (await connection.runAndReadAll(sql)).getRowsJson();
  connection.closeSync();
  instance.closeSync();
  return rows;
}

const countOf = async (condition: string): Promise<number> =>
  Number((await ask(`select count(*) from gold.fact_sales where ${condition}`))[0]?.[0]);

it('a first build publishes every day and every month, and the marts agree', async () => {
  expect(await build('2025-10-01')).toBe(0);
  const [days] = await json('2025-10-01', 'partitions', 'fact_sales');
  expect(days).toMatchObject({ total: 273, status: { filled: { count: 273 } } });
  const [totals] = await ask(`select (select sum(net_amount_eur) from gold.fact_sales),
    (select sum(net_sales_eur) from gold.mart_daily_store_performance),
    (select sum(net_sales_eur) from gold.mart_monthly_region_sales)`);
  expect(new Set(totals?.map(String))).toEqual(new Set(['282763.11']));
}, 180_000);

it('a bad day is in quarantine, late rows of other days and their months are published', async () => {
  feed('--until', '2025-10-01', '--replay', '2025-10-01');
  expect(await build('2025-10-02')).toBe(1);
  const held = await json('2025-10-02', 'quarantine', 'ls');
  expect(held).toMatchObject([{ model: 'fact_sales', partition: '2025-10-01', tests: ['no_day_is_rung_up_twice'] }]);
  expect(await countOf("date_day = '2025-10-01'")).toBe(0);
  expect(await countOf("received_on = '2025-10-01' and date_day < '2025-10-01'")).toBeGreaterThan(0);
  const [differing] = await ask(`select count(*) from (
    select date_trunc('month', date_day) as month_start, sum(net_amount_eur) from gold.fact_sales group by 1
    except select month_start, sum(net_sales_eur) from gold.mart_monthly_region_sales group by 1)`);
  expect(Number(differing?.[0])).toBe(0);
}, 180_000);

it('the next day is published, though the bad one is still bad', async () => {
  feed('--until', '2025-10-02', '--replay', '2025-10-01');
  expect(await build('2025-10-03')).toBe(1);
  expect(await countOf("date_day = '2025-10-01'")).toBe(0);
  expect(await countOf("date_day = '2025-10-02'")).toBeGreaterThan(0);
}, 180_000);

it('the repaired day is published by the next build', async () => {
  feed('--until', '2025-10-02');
  expect(await build('2025-10-03')).toBe(0);
  expect(await countOf("date_day = '2025-10-01'")).toBeGreaterThan(0);
  const months = await ask('select distinct month_start::varchar from gold.mart_monthly_region_sales order by 1');
  expect(months.at(-1)).toEqual(['2025-10-01']);
}, 180_000);
