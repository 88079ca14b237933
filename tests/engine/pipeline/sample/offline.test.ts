import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import snowflake from '../../../../src/adapters/snowflake/index.ts';
import type { Call } from '../../../../src/cli/engine/call.ts';
import type { Host } from '../../../../src/cli/engine/host.ts';
import type { Loaded } from '../../../../src/cli/engine/loaded.ts';
import type { RunOutcome } from '../../../../src/cli/engine/run.ts';
import type { NodeChange, Review } from '../../../../src/core/index.ts';
import { planWithin } from '../../../../src/pipeline/ci/review-offline.ts';
import { offlineCall, readyOffline } from '../../../../src/pipeline/offline/build-offline.ts';
import { examineOffline } from '../../../../src/pipeline/offline/examine-offline.ts';
import { loadOffline } from '../../../../src/pipeline/offline/load-offline.ts';
import { type OfflinePlan, planOffline } from '../../../../src/pipeline/offline/plan-offline.ts';
import { runLoaded } from '../../../../src/pipeline/run.ts';
import * as pipeline from '../../../../src/pipeline.ts';
import { createProject, type TestProject } from '../../adapters/snowflake/project.ts';
import { startServer, type TestServer } from '../../adapters/snowflake/server/index.ts';
import { emptyOutcome, TestWorld } from '../../cli/outside.ts';
import { makeRepository } from '../../git.ts';

const files = {
  'models/sources.yml': `
version: 2
sources:
  - name: raw
    database: landing
    schema: shop
    tables:
      - name: customers
        columns: [{name: id}, {name: email, tags: [pii]}]
      - name: orders
        columns:
          - name: id
            data_tests: [unique]
          - {name: customer_id, data_tests: [{relationships: {arguments: {to: "source('raw', 'customers')", field: id}}}]}
      - name: clicks
models:
  - name: orders_by_customer
    columns: [{name: customer_id, data_tests: [not_null]}]
  - name: stg_orders
    columns: [{name: n, data_tests: [not_null]}]
unit_tests:
  - name: counts_orders
    model: orders_by_customer
    given:
      - {input: ref('stg_orders'), rows: [{customer_id: 1, amount: 2.5, code: a}, {customer_id: 1, amount: 3, code: b}]}
      - {input: ref('codes'), rows: []}
    expect: {rows: [{customer_id: 1, orders: 2}]}
`,
  'seeds/codes.csv': 'code,label\na,one\nb,two\n',
  'models/stg_orders.sql': `
select id, customer_id, amount, iff(id % 2 = 0, 'a', 'b') as code, dateadd(day, 1, ordered_on) as due, raw:n::integer as n
from {{ source('raw', 'orders') }}`,
  'models/orders_by_customer.sql': `
{{ config(materialized='table') }}
select o.customer_id, count(*) as orders, sum(o.amount)::number(12,2) as amount, listagg(distinct c.label, ',') as labels
from {{ ref('stg_orders') }} o left join {{ ref('codes') }} c on c.code = o.code
group by 1`,
  'models/clicks_per_day.sql': "select count(*) as clicks from {{ source('raw', 'clicks') }}",
  'models/after_clicks.sql': "select * from {{ ref('clicks_per_day') }}",
  'models/hashed.sql': "select hash(id) as h from {{ ref('stg_orders') }}",
  'models/after_hashed.sql': "select * from {{ ref('hashed') }}",
};

let server: TestServer;
let project: TestProject;

beforeAll(async () => {
  server = await startServer({ warehouses: ['COMPUTE_WH'], databases: ['ANALYTICS', 'LANDING'] });
  await land();
  project = createProject({ server, files });
  project.write({
    'dbt_project.yml': `name: shop
version: "1.0"
profile: shop
masking: [{tag: pii, rule: hash}]
on-run-start: ["{% if target.type == 'x' %}select 1{% endif %}", "alter session set query_tag = 'ci'"]
`,
  });
}, 60_000);

afterAll(async () => {
  await server.close();
  project.remove();
});

const listed = (write: (index: number) => string): string =>
  Array.from({ length: 30 }, (_, index) => write(index)).join(', ');

/** Fills the tables of production. */
async function land(): Promise<void> {
  const { host, port } = server;
  const login = { account: 'acme', host, port, protocol: 'http', user: 'INGOT', password: 'secret' };
  const warehouse = await snowflake.connect({ ...login, warehouse: 'COMPUTE_WH', database: 'landing' }, { threads: 1 });
  const session = await warehouse.openSession();
  for (const sql of [
    'create schema landing.shop',
    'create table landing.shop.customers (id number(38,0), email varchar(40))',
    'create table landing.shop.orders (id number(38,0), customer_id number(38,0), amount number(12,2), ordered_on date, at timestamp_ntz(9), raw variant)',
    `insert into landing.shop.customers values ${listed((i) => `(${i}, 'person${i}@example.org')`)}`,
    `insert into landing.shop.orders select column1, column2, column3, '2024-01-03', '2024-01-02 03:04:05.678', parse_json('{"n": 1}') from values ${listed((i) => `(${100 + i}, ${(i * 7) % 30}, ${i}.25)`)}`,
  ]) {
    await session.execute(sql);
  }
  await warehouse.close();
}

async function columnsOf(file: string): Promise<string[]> {
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  const path = join(project.folder, 'samples', file);
  const found = await connection.runAndReadAll(`describe select * from read_parquet('${path}')`);
  connection.closeSync();
  return found.getRowsJson().map(([name, type]) => `${name} ${type}`);
}

async function buildOffline(loaded: Loaded, plan: OfflinePlan, call: Call, host: Host): Promise<RunOutcome> {
  return runLoaded(await readyOffline(loaded, plan), offlineCall(loaded, plan, call), host);
}

/** Plans without a warehouse what a command line selects, and builds it; no environment is there, and no server asked. */
async function offline(
  words: readonly string[],
  build: typeof buildOffline = buildOffline,
): Promise<{ loaded: Loaded; plan: OfflinePlan; outcome: RunOutcome; said: string }> {
  let done: { loaded: Loaded; plan: OfflinePlan; outcome: RunOutcome } | undefined;
  const runCommand = async (call: Call, host: Host): Promise<RunOutcome> => {
    const loaded = await loadOffline(call, host);
    const { ids } = await pipeline.selectNodes(loaded, call);
    const { missing } = await examineOffline(loaded);
    const plan = planOffline(loaded, ids, missing);
    done = { loaded, plan, outcome: await build(loaded, plan, call, host) };
    return done.outcome;
  };
  const world = new TestWorld(project.folder, { ...pipeline, runCommand });
  await world.run('build', ...words);
  const said = `${world.stdout.text}${world.stderr.text}`;
  if (!done) throw new Error(said);
  return { ...done, said };
}

const statuses = ({ results }: RunOutcome) =>
  Object.fromEntries(results.map(({ nodeId, status }) => [nodeId.split('.')[2], status]));

describe('a project in the dialect of a warehouse that is far away', () => {
  test('without samples, what reads sources is left out, and the unit tests run', async () => {
    const { outcome, plan } = await offline(['--select', 'orders_by_customer', 'clicks_per_day']);
    expect(statuses(outcome)).toEqual({ 'shop-on-run-start-0': 'success', orders_by_customer: 'pass' });
    expect(plan.leftOut.map(({ name, reason }) => `${name}: ${reason}`)).toContain(
      'orders_by_customer: There is no sample of source raw.orders',
    );
    expect(outcome.exitCode).toBe(0);
  });

  test('a sample is pulled through its driver, with the types that it has here', async () => {
    expect(await project.run('sample', 'pull', '--rows', '12', '--exclude', 'source:raw.clicks')).toMatchObject({
      exit: 0,
    });
    const sample = JSON.parse(project.read('samples/sample.json'));
    expect(sample.tables).toMatchObject([
      { relation: 'landing.shop.customers', rows: 22, referred: 10, columns: [{}, { name: 'EMAIL', masked: 'hash' }] },
      { relation: 'landing.shop.orders', rows: 12, referred: 0 },
    ]);
    const [{ file: customers }, { file: orders }] = sample.tables;
    expect(await columnsOf(customers)).toEqual(['ID DECIMAL(38,0)', 'EMAIL VARCHAR']);
    expect(await columnsOf(orders)).toEqual([
      'ID DECIMAL(38,0)',
      'CUSTOMER_ID DECIMAL(38,0)',
      'AMOUNT DECIMAL(12,2)',
      'ORDERED_ON DATE',
      'AT TIMESTAMP',
      'RAW VARIANT',
    ]);
    expect(readFileSync(join(project.folder, 'samples', customers)).includes('@example')).toBe(false);
  });

  test('models are built from it, without a profile, a secret or a connection', async () => {
    project.write({
      'profiles.yml':
        'shop: {target: snow, outputs: {snow: {type: snowflake, account: "{{ env_var(\'ACCOUNT\') }}"}}}\n',
    });
    const { outcome, plan, said } = await offline([]);
    expect(
      plan.leftOut.map(({ name, reason }) => `${name}: ${reason}`),
      said,
    ).toEqual([
      'clicks_per_day: There is no sample of source raw.clicks',
      'hashed: hashed cannot be built: HASH is not available on DuckDB',
      'after_clicks: There is no sample of source raw.clicks',
      'after_hashed: hashed cannot be built: HASH is not available on DuckDB',
    ]);
    expect(plan.added).toEqual([]);
    expect(statuses(outcome)).toMatchObject({
      codes: 'success',
      stg_orders: 'success',
      orders_by_customer: 'success',
      not_null_orders_by_customer_customer_id: 'pass',
      not_null_stg_orders_n: 'pass',
      source_unique_raw_orders_id: 'pass',
    });
    expect(outcome.exitCode).toBe(0);
    expect(existsSync(join(project.folder, '.ingot'))).toBe(false);
    expect(existsSync(join(project.folder, 'target/offline/run_results.json'))).toBe(true);
  });

  test('what is not wanted is built only where something wanted reads it, has no sample, and counts for the budget', async () => {
    const { loaded, plan } = await offline(['--select', 'orders_by_customer'], async () => emptyOutcome);
    const node = { id: 'model.shop.orders_by_customer', change: 'modified', class: 'values' } as NodeChange;
    const changed = { changes: { nodes: [node], affected: [] }, tests: [] };
    const within = (most: number) => planWithin(most, loaded, changed, { missing: new Map() });
    expect(within(3).plan.ids).toEqual(expect.arrayContaining([...plan.added]));
    expect(within(2).plan.ids).not.toContain('model.shop.stg_orders');
    expect(within(2).leftOut).toMatchObject([
      { name: 'orders_by_customer', reason: 'with all that it reads, it is more than --max-nodes 2 allows' },
    ]);
    expect(plan.added).toEqual(['seed.shop.codes', 'model.shop.stg_orders']);
    expect(plan.recorded.map(({ id }) => id)).toEqual(['source.shop.raw.orders']);
    const sample = JSON.parse(project.read('samples/sample.json'));
    const model = { ...sample.tables[1], id: 'model.shop.stg_orders' };
    project.write({ 'samples/sample.json': JSON.stringify({ ...sample, tables: [...sample.tables, model] }) });
    const again = await offline(['--select', 'orders_by_customer'], async () => emptyOutcome);
    project.write({ 'samples/sample.json': JSON.stringify(sample) });
    expect(again.plan.added).toEqual(['seed.shop.codes']);
    expect(again.plan.recorded.map(({ id }) => id)).toEqual(['model.shop.stg_orders']);
  });

  test('ingot ci --offline reviews a change: what it does, what is built of it, and what is left out', async () => {
    makeRepository(project.folder);
    const models = 'models/stg_orders.sql';
    project.write({
      'tests/none.sql': "select * from {{ ref('orders_by_customer') }}",
      [models]: project
        .read(models)
        .replace('select id, customer_id', 'select abs(id) as id, abs(customer_id) as customer_id'),
      'models/clicks_per_day.sql': "select count(*) as clicks from {{ source('raw', 'clicks') }} having count(*) > 0",
    });
    const world = new TestWorld(project.folder, pipeline, { PATH: process.env.PATH });
    const exit = await world.run('ci', '--offline', '--base', 'HEAD', '--report', 'json=review.json');
    const review: Review = JSON.parse(project.read('review.json'));
    expect(review.problems, world.stderr.text).toEqual([]);
    expect(review.changes.nodes.map(({ name, class: reach }) => `${name} ${reach}`)).toEqual([
      'stg_orders values',
      'clicks_per_day rows',
      'orders_by_customer none',
    ]);
    expect(Object.fromEntries(review.results.map(({ name, status }) => [name, status]))).toMatchObject({
      stg_orders: 'success',
      orders_by_customer: 'success',
      counts_orders: 'pass',
      none: 'fail',
    });
    expect(review.leftOut.map(({ name, reason }) => `${name}: ${reason}`).sort()).toEqual([
      'after_clicks: There is no sample of source raw.clicks',
      'after_hashed: hashed cannot be built: HASH is not available on DuckDB',
      'clicks_per_day: There is no sample of source raw.clicks',
      'hashed: hashed cannot be built: HASH is not available on DuckDB',
    ]);
    expect(review.cost.statements).toBeGreaterThan(5);
    expect(exit).toBe(1);
  });
});
