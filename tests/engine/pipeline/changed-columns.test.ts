import { afterEach, beforeEach, expect, test } from 'vitest';
import { LaterWorld } from './later-world.ts';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;
let runs = 0;

async function ingot(...words: string[]): Promise<{ readonly exit: number; readonly stdout: string }> {
  runs += 1;
  const world = new LaterWorld(project.root, runs);
  const exit = await world.run(...words);
  return { exit, stdout: world.stdout.text };
}

const daily = { time: 'day', start: '2024-01-01', end: '2024-01-04', column: 'day' };
const kept = `{{ config(materialized='incremental', partitions=${JSON.stringify(daily)}) }}\n`;
const monthly = `{{ config(materialized='incremental', partitions=${JSON.stringify({ time: 'month', start: '2024-01', end: '2024-02', column: 'month' })}) }}\n`;

const orders = `${kept}select day::date as day, 10 as revenue, 'x' as note
from range(date '2024-01-01', date '2024-01-04', interval 1 day) as days(day)
where {{ partition.filter('day') }}
`;

beforeEach(() => {
  runs = 0;
  project = new ProjectFolder({
    'models/orders.sql': orders,
    'models/revenue.sql': `${kept}select day, sum(revenue) as revenue from {{ ref('orders') }} where {{ partition.filter('day') }} group by all`,
    'models/notes.sql': `${kept}select * from {{ ref('orders') }} where {{ partition.filter('day') }}`,
    'models/orders_view.sql':
      "{{ config(materialized='view') }}select day, revenue * 2 as doubled, note from {{ ref('orders') }}",
    'models/doubled.sql': `${monthly}select date_trunc('month', day)::date as month, sum(doubled) as doubled from {{ ref('orders_view') }} where {{ partition.filter('day') }} group by all`,
  });
});

afterEach(() => project.remove());

async function built(...words: string[]): Promise<void> {
  const { exit, stdout } = await ingot('build', ...words);
  expect(exit, stdout).toBe(0);
}

async function statuses(): Promise<Readonly<Record<string, string>>> {
  const { stdout } = await ingot('partitions', '--output', 'json');
  const assets = JSON.parse(stdout) as { name: string; status: Record<string, { count: number }> }[];
  return Object.fromEntries(
    assets.map(({ name, status }) => [
      name,
      Object.keys(status)
        .filter((one) => status[one]!.count > 0)
        .join(),
    ]),
  );
}

const why = async (what: string): Promise<string> =>
  (await ingot('why', what)).stdout.replaceAll(/run \d{8}/g, 'run RUN');

/** Gives `orders` other code, and builds it again. */
async function change(from: string, to: string): Promise<void> {
  project.write('models/orders.sql', orders.replace(from, to));
  await built('--select', 'orders', '--stale');
}

test('a column that is not used makes nothing stale', async () => {
  await built();
  await change("'x' as note", "'y' as note");
  expect(await statuses()).toEqual({ orders: 'filled', revenue: 'filled', notes: 'stale', doubled: 'filled' });
  expect(await why('revenue[2024-01-02]')).toContain(
    'orders was built again by run RUN with other code for the column note, which it does not use',
  );
  expect(await why('notes[2024-01-02]')).toContain(
    'it is stale: orders was built again by run RUN with other code for the column note, which it uses',
  );
});

test('a column that is used does, through views too', async () => {
  await built();
  await change('10 as revenue', '20 as revenue');
  expect(await statuses()).toEqual({ orders: 'filled', revenue: 'stale', notes: 'stale', doubled: 'stale' });
  expect(await why('doubled[2024-01]')).toContain('other code for the column revenue, which it uses');
  await built('--stale');
  expect(await statuses()).toEqual({ orders: 'filled', revenue: 'filled', notes: 'filled', doubled: 'filled' });
  expect(await project.sql('select sum(revenue)::integer from revenue')).toEqual([[60]]);
});

test('other rows make all readers stale', async () => {
  await built();
  await change('where {{', 'where true and {{');
  expect(await statuses()).toEqual({ orders: 'filled', revenue: 'stale', notes: 'stale', doubled: 'stale' });
  expect(await why('revenue[2024-01-02]')).toContain('with other code for its rows');
});

test('the same code may have read new data', async () => {
  await built();
  await built('--select', 'orders', '--partition', '2024-01-02');
  const { stdout } = await ingot('partitions', 'revenue');
  expect(stdout).toContain('stale       1  2024-01-02');
  expect(await why('revenue[2024-01-02]')).toMatch(/it is stale: orders was built again by run RUN$/m);
});

test('new data stays new data, whatever code comes after it', async () => {
  await built();
  await built('--select', 'orders', '--partition', '2024-01-02');
  await change("'x' as note", "'y' as note");
  const { stdout } = await ingot('partitions', 'revenue');
  expect(stdout).toContain('stale       1  2024-01-02');
});

test('without the description of the code, a rebuild counts as new data', async () => {
  await built();
  await change("'x' as note", "'y' as note");
  await project.sql('delete from __ingot_code_versions');
  expect((await statuses()).revenue).toBe('stale');
});

test('build --stale leaves out what is not concerned', async () => {
  await built();
  project.write('models/orders.sql', orders.replace("'x' as note", "'y' as note"));
  await built('--select', 'orders', '--stale');
  const { stdout } = await ingot('plan', '--stale', '--output', 'json');
  const plan = JSON.parse(stdout) as { steps: { id: string; partitions: string | null; reasons: unknown }[] };
  const kept = plan.steps.filter(({ partitions }) => partitions !== null);
  expect(kept.map(({ id, reasons }) => [id, reasons])).toEqual([
    [
      'model.shop.notes',
      [
        {
          why: 'upstream-rebuilt',
          partitions: '2024-01-01..2024-01-03',
          parent: 'model.shop.orders',
          changed: ['note'],
        },
      ],
    ],
  ]);
  expect((await ingot('plan', '--stale')).stdout).toContain(
    'stale, because orders was built again with other code for the column note: 2024-01-01..2024-01-03',
  );
});
