import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LaterWorld } from './later-world.ts';
import { ProjectFolder } from './project-folder.ts';
import { statusesIn } from './statuses-in.ts';

let project: ProjectFolder;
let runs = 0;

async function ingot(...words: string[]): Promise<string> {
  runs += 1;
  const world = new LaterWorld(project.root, runs);
  await world.run(...words);
  return world.stdout.text + world.stderr.text;
}

const kept = (settings: string) =>
  `{{ config(materialized='incremental', partitions={'time': 'day', 'start': '2024-01-01', 'end': '2024-01-05', 'column': 'day'}${settings}) }}`;

const fails = `{% if partition.key in var('broken', []) %}, error('broken') as x{% endif %}`;

const status = async (model: string): Promise<Record<string, string>> => {
  runs += 1;
  const world = new LaterWorld(project.root, runs);
  await world.run('partitions', model, '--output', 'json');
  return statusesIn(world.stdout.text);
};

afterEach(() => project.remove());

describe('a relationship between a model with partitions and one without', () => {
  const id = 'relationships_orders_customer__id__ref_customers_';

  beforeEach(async () => {
    project = new ProjectFolder({
      'models/orders.sql': `${kept(", publish='after_tests'")} select d::date as day, 1 as customer from range(date '2024-01-01', date '2024-01-05', interval 1 day) as days(d) where {{ partition.filter('d') }}`,
      'models/customers.sql': `{{ config(materialized='table', publish='after_tests') }} select {{ var('customer', 1) }} as id`,
      'models/_models.yml':
        "models: [{name: orders, columns: [{name: customer, data_tests: [{relationships: {to: ref('customers'), field: id}}]}]}]",
    });
  });

  test('holds back the partitions, and not what is there for them, and is run again where they are', async () => {
    const said = await ingot('build', '--vars', 'customer: 2', '--partition', '2024-01-01', '2024-01-02');
    expect(said).toContain(`Held back by the test ${id}: nothing is published`);
    expect(said).toContain('run it again: ingot backfill orders --partition 2024-01-01 --vars \'{"customer":2}\'');
    expect(await project.sql('select id from customers')).toEqual([[2]]);
    expect(await ingot('quarantine', 'show', 'orders', '--partition', '2024-01-01', '--test', id)).toContain('1');
  });

  test('holds back what has no table yet, and the first that is released makes it', async () => {
    await ingot('build', '--vars', 'customer: 2', '--partition', '2024-01-01', '2024-01-02');
    expect(await status('orders')).toEqual({
      quarantined: '2024-01-01..2024-01-02',
      missing: '2024-01-03..2024-01-04',
    });
    expect(await ingot('quarantine', 'release', 'orders', '--partition', '2024-01-02')).toContain('it is published');
    expect(await status('orders')).toMatchObject({ filled: '2024-01-02', quarantined: '2024-01-01' });
    expect(await project.sql('select day::text from orders')).toEqual([['2024-01-02']]);
  });

  test('says whether readers have anything of what is held back', async () => {
    await ingot('build', '--partition', '2024-01-01');
    const words = ['backfill', 'orders', 'customers', '--vars', 'customer: 2', '--batch-size', '2'];
    const said = await ingot(...words, '--partition', '2024-01-01..2024-01-04');
    expect(said).toContain('readers still see the data from before of 2024-01-01');
    expect(said).toContain(': nothing is published');
  });
});

describe('why', () => {
  test('says of each partition that is waited for why it is not there', async () => {
    project = new ProjectFolder({
      'models/days.sql': `${kept(", publish='after_tests'")} select date '{{ partition.key }}' as day, case when '{{ partition.key }}' <> '{{ var('bad', '') }}' then 1 end as n ${fails}`,
      'models/month.sql':
        "{{ config(materialized='incremental', partitions={'time': 'month', 'start': '2024-01', 'end': '2024-02', 'column': 'month'}, partition_mapping={'days': 'all'}) }} select date '2024-01-01' as month, count(*) as n from {{ ref('days') }}",
      'models/_models.yml': 'models: [{name: days, columns: [{name: n, data_tests: [not_null]}]}]',
    });
    await ingot('build', '--to', '2024-01-03', '--vars', "{bad: '2024-01-02', broken: ['2024-01-03']}");
    const said = await ingot('why', 'month[2024-01]');
    expect(said).toContain('month[2024-01] is blocked');
    expect(said).toContain('waits for days[2024-01-02]: its new data was held back by the test not_null_days_n');
    expect(said).toContain('waits for days[2024-01-03]: it failed in run');
    expect(said).toContain('waits for days[2024-01-04], which is missing');
  });

  test('agrees with the plan on what is looked back at, and on what is too old for one build', async () => {
    project = new ProjectFolder({
      'models/days.sql': `${kept(', lookback=1, partitions_per_build=2')} select date '{{ partition.key }}' as day ${fails}`,
    });
    const old = await ingot('why', 'days[2024-01-02]');
    expect(old).toContain('would be left as it is');
    expect(old).toContain('more are missing than one build takes');
    expect(await ingot('plan', '--no-compile')).toContain('missing: 2024-01-03..2024-01-04');
    await ingot('build', '--vars', "{broken: ['2024-01-03']}");
    expect(await ingot('why', 'days[2024-01-04]')).toContain('it is built again with every build');
    const plan = await ingot('plan', '--no-compile');
    expect(plan).toContain('failed or held back the last time: 2024-01-03');
    expect(plan).toContain('looked back at for late rows: 2024-01-04');
    // A look back that fails hides no hole: what was there is there, and is tried again.
    await ingot('build', '--vars', "{broken: ['2024-01-04']}");
    expect(await status('days')).toEqual({
      failed: '2024-01-04',
      filled: '2024-01-02..2024-01-03',
      missing: '2024-01-01',
    });
    expect(await project.sql('select count(*)::int from days')).toEqual([[3]]);
  });
});

test('partitions that are named where nothing has any are a warning, and what is selected is built', async () => {
  project = new ProjectFolder({ 'models/plain.sql': "{{ config(materialized='table') }} select 1 as id" });
  const said = await ingot('build', '--partition', '2024-01-01');
  expect(said).toContain('warning[plan/no-partitions]: Nothing that is selected is kept by partitions');
  expect(said).toContain('PASS=1');
  expect(await ingot('build')).not.toContain('plan/no-partitions');
});

test('a list of partitions, as dbt-bigquery has it, is an error, but in a project of dbt only warned of', async () => {
  project = new ProjectFolder({
    'models/days.sql': "{{ config(materialized='incremental', partitions=['day']) }} select 1 as id",
  });
  const message = "graph/partitions]: 'partitions' of 'days' is a list, as dbt-bigquery has it";
  expect(await ingot('build')).toContain(`error[${message}`);
  rmSync(join(project.root, 'project.yml'));
  project.write('dbt_project.yml', 'name: shop\nprofile: shop\n');
  project.write('profiles.yml', 'shop: {target: dev, outputs: {dev: {type: duckdb, path: shop.duckdb}}}\n');
  const said = await ingot('build');
  expect(said).toContain(`warning[${message}`);
  expect(said).toContain('PASS=1');
});
