import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Review } from '../../../../src/core/index.ts';
import { GitHubServer } from '../../cli/review/github-server.ts';
import { git, makeRepository } from '../../git.ts';
import { buildProgram, Project } from '../../reliability/ingot-process.ts';

const orders = (amount: number): string =>
  `{{ config(materialized='table') }}
select 1 as id, 10 as amount, date '2025-01-01' as day
union all select 2, ${amount}, date '2025-01-02'`;

/** Names of schemas are fixed here: whoever builds without looking would build in production. */
const project = new Project({
  'project.yml': `name: shop
targets:
  default: dev
  dev: {type: duckdb, path: warehouse.duckdb, threads: 2}
  live: {type: duckdb, path: live.duckdb}
`,
  '.gitignore': 'target/\nlogs/\n.ingot/\n*.duckdb*\n',
  'macros/names.sql':
    "{% macro generate_schema_name(custom_schema_name, node) %}{{ custom_schema_name or 'shop' }}{% endmacro %}",
  'models/orders.sql': orders(20),
  'models/days.sql': "select count(day) as days from {{ ref('orders') }}",
  'models/report.sql':
    "{{ config(materialized='table', schema='marts') }} select sum(amount) as total from {{ ref('orders') }}",
  'models/grown.sql': `{{ config(materialized='incremental', unique_key='id') }}
select id, amount from {{ ref('orders') }} {% if is_incremental() %} where id > 1 {% endif %}`,
  'models/daily.sql': `{{ config(materialized='incremental',
  partitions={'time': 'day', 'start': '2025-01-01', 'end': '2025-01-03', 'column': 'day'}) }}
select id, amount, day from {{ ref('orders') }} where {{ partition.filter('day') }}`,
  'models/schema.yml': `unit_tests:
  - name: adds_up
    model: report
    given: [{input: ref('orders'), rows: [{id: 1, amount: 5}]}]
    expect: {rows: [{total: 5}]}
`,
});

async function review(...words: string[]): Promise<{ readonly exit: number; readonly review: Review }> {
  const base = words.includes('--base') || words.includes('--state') ? [] : ['--base', 'main'];
  const { exit } = await project.run('ci', ...base, '--quiet', '--report', 'json=target/review.json', ...words);
  return { exit, review: JSON.parse(project.read('target/review.json')) };
}

const tablesOf = async (like: string): Promise<readonly string[]> => {
  const tables = await project.query(`select table_schema || '.' || table_name from information_schema.tables
    where table_schema like '${like}' and table_name not like '%ingot%' order by 1`);
  return tables.map(([name]) => String(name));
};

beforeAll(async () => {
  await buildProgram();
  makeRepository(project.folder);
  expect(await project.run('build', '--quiet')).toMatchObject({ exit: 0 });
  project.write('models/orders.sql', orders(21));
  project.write('models/latest.sql', "select max(total) total from {{ ref('report') }}");
}, 120_000);
afterAll(() => project.remove());

describe('a review', () => {
  it('builds beside production what the change can alter: the newest partition, the next increment', async () => {
    const { exit, review: found } = await review('--pull-request', '12');
    expect(exit).toBe(0);
    expect(await tablesOf('ci%')).toEqual([
      'ci_12_marts.report',
      'ci_12_shop.daily',
      'ci_12_shop.grown',
      'ci_12_shop.latest',
      'ci_12_shop.orders',
    ]);
    expect(found.problems.map(({ code, place }) => `${code} ${place?.file}:${place?.line}`)).toEqual([
      'lint/implicit-alias models/latest.sql:1',
    ]);
    // The first rows are those of production.
    expect(await project.query('select id, amount from ci_12_shop.grown order by 1')).toEqual([
      [1, 10],
      [2, 21],
    ]);
    expect(await project.query('select id, amount from ci_12_shop.daily order by 1')).toEqual([
      [1, 10],
      [2, 21],
    ]);
    expect(await project.query('select sum(amount) from shop.grown')).toEqual([['30']]);
    expect(found.results.map(({ name, status }) => `${name} ${status}`)).toContain('adds_up pass');
    expect(found.differences.map(({ name, partitions, problem }) => [name, partitions, problem]).sort()).toEqual([
      ['daily', '2025-01-02', undefined],
      ['grown', '', undefined],
      ['latest', '', 'It is new: production has nothing to compare with'],
      ['orders', '', undefined],
      ['report', '', undefined],
    ]);
  }, 60_000);

  it('keeps to a budget, takes up what an earlier one left, and leaves nothing with --drop', async () => {
    const { review: found } = await review('--pull-request', '12', '--max-nodes', '2', '--drop');
    const models = found.results.filter(({ resourceType }) => resourceType === 'model');
    expect(models.map(({ name }) => name).sort()).toEqual(['latest', 'orders']);
    const why = 'it is more than --max-nodes 2 allows';
    expect(found.leftOut.map(({ name, reason }) => [name, reason]).sort()).toEqual([
      ['daily', why],
      ['grown', why],
      ['report', why],
    ]);
    expect(await project.query("select schema_name from duckdb_schemas() where schema_name like 'ci%'")).toEqual([]);
  }, 60_000);

  it('begins nothing when its time is over', async () => {
    const { exit, review: found } = await review('--pull-request', '12', '--max-minutes', '0.00001');
    expect({ exit, verdict: found.verdict }).toMatchObject({
      exit: 0,
      verdict: { text: '2 changed, 3 affected, 6 left out' },
    });
    expect(found.leftOut.map(({ name, reason }) => `${name}: ${reason}`).sort()).toEqual(
      ['adds_up', 'daily', 'grown', 'latest', 'orders', 'report'].map(
        (name) => `${name}: the time was over (--max-minutes)`,
      ),
    );
    expect(await tablesOf('ci%')).toEqual([]);
  }, 60_000);

  it('tells what is wrong with the base, wherever the change is', async () => {
    git(project.folder, 'tag', 'island', git(project.folder, 'commit-tree', '-m', 'island', 'main^{tree}'));
    const { review: found } = await review('--base', 'island', '--pull-request', '12', '--max-minutes', '0.00001');
    expect(found.problems.map(({ code }) => code)).toContain('cli/base-unrelated');
  }, 60_000);

  it('reads production where the manifest of --state says that it is', async () => {
    await project.change('create schema away; create table away.orders as select * from shop.orders where id = 1');
    const manifest = JSON.parse(project.read('target/manifest.json'));
    const before = manifest.nodes['model.shop.orders'];
    Object.assign(before, { schema: 'away', relation_name: before.relation_name.replace('shop', 'away') });
    project.write('artifacts/manifest.json', JSON.stringify(manifest));
    const { review: found } = await review(
      '--state',
      'artifacts',
      '--pull-request',
      '12',
      '--max-nodes',
      '1',
      '--drop',
    );
    const compared = found.differences.map((one) => [one.before, one.difference?.rows]);
    expect(compared).toEqual([['warehouse.away.orders', { before: 1, after: 2 }]]);
  }, 60_000);

  it('spends nothing where production has not what is to be read', async () => {
    project.write('models/orders.sql', orders(20));
    const words = ['ci', '--base', 'main', '--quiet', '--pull-request', '12', '--production-target', 'live'];
    const { exit, output } = await project.run(...words);
    project.write('models/orders.sql', orders(21));
    expect(exit).toBe(2);
    expect(output).toMatch(/run\/not-in-production.*Production has no live.marts.report, which latest reads/);
  }, 60_000);

  it('builds nothing where something does not compile, be it far from the change', async () => {
    project.write('macros/days.sql', '{% macro days_of(day) %}count({{ day }}){% endmacro %}');
    project.write('models/days.sql', "select {{ days_of('nothing') }} as days from {{ ref('orders') }}");
    const { exit, review: found } = await review('--pull-request', '12');
    expect(exit).toBe(2);
    expect(found).toMatchObject({ verdict: { status: 'failed' }, results: [] });
    expect(found.problems.filter(({ severity }) => severity === 'error')).toMatchObject([
      {
        severity: 'error',
        place: { file: 'macros/days.sql', line: 1 },
        notes: ['in a macro called at models/days.sql:1:8'],
      },
    ]);
    expect(await tablesOf('ci%')).toEqual([]);
    project.write('models/days.sql', "select count(day) as days from {{ ref('orders') }}");
  }, 60_000);

  it('leaves a schema alone that is somebody else’s', async () => {
    await project.change('create schema ci_12_marts; create table ci_12_marts.mine as select 1 as id');
    const { exit, output } = await project.run('ci', '--base', 'main', '--quiet', '--pull-request', '12');
    expect({ exit, output }).toMatchObject({ exit: 2, output: expect.stringContaining('run/schema-taken') });
    expect(await tablesOf('ci%')).toEqual(['ci_12_marts.mine']);
  }, 60_000);
});

it('ci clean drops what reviews made and was asked for, and nothing else', async () => {
  await review('--pull-request', '13');
  await review('--pull-request', '14');
  expect((await project.run('ci', 'clean', '--pull-request', '12')).output).toContain('kept warehouse.ci_13_shop');
  const server = await GitHubServer.start();
  server.pulls.set(13, 'open').set(14, 'closed');
  const env = { GITHUB_API_URL: server.url, GITHUB_REPOSITORY: server.repository, GITHUB_TOKEN: server.token };
  const cleaning = project.startIn(env, [], 'ci', 'clean', '--closed', '--quiet');
  expect(await cleaning.ended()).toBe(0);
  await server.stop();
  expect(cleaning.output).toContain('kept warehouse.ci_13_shop');
  expect(cleaning.output).toContain('dropped warehouse.ci_14_shop');
  expect((await project.run('ci', 'clean', '--older-than', '0h')).output).toContain('dropped warehouse.ci_13_shop');
  expect(await tablesOf('ci%')).toEqual(['ci_12_marts.mine']);
}, 60_000);
