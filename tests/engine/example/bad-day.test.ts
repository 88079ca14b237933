import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderReview } from '../../../src/cli/review/render-review.ts';
import type { ReportFormat } from '../../../src/cli/review/report-requests.ts';
import type { Review } from '../../../src/core/index.ts';
import { placeFinder } from '../../../src/pipeline/ci/places.ts';
import { GitHubServer } from '../cli/review/github-server.ts';
import { git, makeRepository } from '../git.ts';
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
  const instance = await DuckDBInstance.create(project.path('target/retail.duckdb'), {
    access_mode: 'READ_ONLY',
    threads: '1',
  });
  const connection = await instance.connect();
  const rows = (await connection.runAndReadAll(sql)).getRowsJson();
  connection.closeSync();
  instance.closeSync();
  return rows;
}

/** What failed in the last build, all of it or some partitions. What was skipped because of it has no failure of its own. */
function failed(): string[] {
  const { results } = JSON.parse(project.read('target/run_results.json')) as {
    results: readonly { readonly unique_id: string; readonly status: string }[];
  };
  return results.flatMap(({ unique_id, status }) => (/fail|error|partial/.test(status) ? unique_id : [])).sort();
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
  const partly = ['model.retail.fact_sales', 'model.retail.mart_monthly_region_sales'];
  expect(failed()).toEqual([...partly, 'test.retail.no_day_is_rung_up_twice']);
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

describe('a pull request that changes three models', () => {
  const changes = [
    ['models/gold/dim_store.sql', 'opened_on,', 'opened_on,\n    sales_area_sqm > 500 as is_large,'],
    ['models/gold/mart_monthly_region_sales.sql', 'sum(sales.quantity)', 'sum(abs(sales.quantity))'],
    ['models/gold/mart_stock_risk.sql', 'units_on_hand = 0 then', 'units_on_hand <= 1 then'],
  ] as const;
  const commit = 'c0ffee'.padEnd(40, '0');
  const built = ['dim_store', 'mart_monthly_region_sales', 'mart_stock_risk'];
  let server: GitHubServer;

  beforeAll(async () => {
    server = await GitHubServer.start();
    project.write('.gitignore', 'target/\nlogs/\n.ingot/\n/data/\n');
    makeRepository(project.folder);
    git(project.folder, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
    for (const [file, before, after] of changes) project.write(file, project.read(file).replace(before, after));
  });
  afterAll(() => server.stop());

  function review(nodeOptions: readonly string[], ...words: string[]): Promise<number> {
    const env = server.env({ pullRequest: 7, commit }, project.path('target'));
    const call = ['ci', '--quiet', '--threads', '1', '--vars', '{today: 2025-10-03}', ...words];
    return project.startIn(env, nodeOptions, ...call).ended();
  }

  const madeSchemas = (): Promise<unknown[][]> =>
    ask("select schema_name from duckdb_schemas() where schema_name like 'ci@_%' escape '@'");

  it('builds only what they affect, compares it with production, and says so in a comment', async () => {
    expect(await review([], '--report', `json=${project.path('target/review.json')}`)).toBe(0);
    const found: Review = JSON.parse(project.read('target/review.json'));
    expect(found.changes.nodes.map(({ name, class: reach }) => [name, reach]).sort()).toEqual([
      ['dim_store', 'additive'],
      ['mart_monthly_region_sales', 'values'],
      ['mart_stock_risk', 'values'],
    ]);
    expect(await ask(tablesOf('ci_7_gold'))).toEqual(built.map((name) => [name]));
    expect(found.differences.find(({ name }) => name === 'mart_monthly_region_sales')).toMatchObject({
      partitions: '2025-10|Benelux,DACH,Online,UK',
    });
    expect(server.comments).toMatchObject([{ issue: 7 }]);
    expect(server.statuses.map(({ state }) => state)).toEqual(['pending', 'success']);
    const steady = withoutTimes(found);
    const context = { folder: '', placeOf: placeFinder(project.folder, '') };
    for (const [format, ending] of Object.entries({ markdown: 'md', html: 'html', json: 'json', text: 'txt' })) {
      const golden = join(import.meta.dirname, `golden/review.${ending}`);
      await expect(renderReview(steady, format as ReportFormat, context)).toMatchFileSnapshot(golden);
    }
  }, 60_000);

  it('is reviewed again after a review was killed: one comment, and with --drop no schema is left', async () => {
    const [{ id = 0 } = {}] = server.comments;
    const killer = new URL('../reliability/kill-at-statement.mjs?at=60', import.meta.url).href;
    expect(await review(['--import', killer])).toBe(137);
    expect(await madeSchemas()).toContainEqual(['ci_7_gold']);
    expect(await review([], '--drop')).toBe(0);
    expect(await madeSchemas()).toEqual([]);
    expect(server.comments.map((comment) => comment.id)).toEqual([id]);
    expect(server.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
    expect(await ask(tablesOf('gold'))).toEqual(expect.arrayContaining(built.map((name) => [name])));
  }, 60_000);

  const tablesOf = (schema: string): string =>
    `select table_name from information_schema.tables where table_schema = '${schema}' and table_name not like '%ingot%' order by 1`;

  const withoutTimes = (found: Review): Review => ({
    ...found,
    base: { ...found.base, commit },
    results: found.results.map((result) => ({ ...result, seconds: 0 })),
    cost: { statements: 0, statementSeconds: 0, seconds: 0 },
  });
});
