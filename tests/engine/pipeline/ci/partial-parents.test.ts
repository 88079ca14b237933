import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Review } from '../../../../src/core/index.ts';
import { makeRepository } from '../../git.ts';
import { Project } from '../../reliability/ingot-process.ts';

const daily = (columns: string): string => `{{ config(materialized='incremental',
  partitions={'time': 'day', 'start': '2025-01-01', 'end': '2025-01-04', 'column': 'day'}) }}
select day, ${columns} from {{ ref('orders') }} where {{ partition.filter('day') }}`;

const project = new Project({
  'project.yml': `name: shop
targets: {default: dev, dev: {type: duckdb, path: warehouse.duckdb}}
`,
  '.gitignore': 'target/\nlogs/\n.ingot/\n*.duckdb*\n',
  'models/orders.sql': `{{ config(materialized='table') }}
select id, date '2025-01-01' + id::int as day, 5 as amount from range(3) as t(id)`,
  'models/daily.sql': daily('id, amount'),
  'models/small.sql': "{{ config(materialized='ephemeral') }} select day, amount from {{ ref('daily') }}",
  'models/total.sql': "select day, sum(amount) as amount from {{ ref('small') }} group by 1",
  // A key need not be a column.
  'models/grown.sql': `{{ config(materialized='incremental', unique_key="id || '-' || day") }}
select id, day, amount from {{ ref('daily') }}`,
  'snapshots/kept.sql': `{% snapshot kept %}{{ config(unique_key='id', strategy='check', check_cols=['amount']) }}
select id, amount from {{ ref('daily') }}{% endsnapshot %}`,
});

beforeAll(async () => {
  makeRepository(project.folder);
  expect(await project.run('build', '--quiet')).toMatchObject({ exit: 0 });
});
afterAll(() => project.remove());

it('a review says where rows are missing because it has some partitions alone, and matches rows by what tells them apart', async () => {
  project.write('models/daily.sql', daily('id, amount * 2 as amount, id + 1 as number'));
  const reports = ['--report', 'json=target/review.json', 'text=target/review.txt'];
  const words = ['ci', '--base', 'main', '--quiet', '--pull-request', '12', ...reports];
  expect(await project.run(...words)).toMatchObject({ exit: 0 });
  const { differences }: Review = JSON.parse(project.read('target/review.json'));
  const found = differences.map(({ name, partitions, readsPartOf, problem }) => [
    name,
    partitions,
    readsPartOf,
    problem,
  ]);
  expect(found.sort()).toEqual([
    ['daily', '2025-01-03', undefined, undefined],
    ['grown', '', ['daily[2025-01-03]'], undefined],
    ['kept', '', ['daily[2025-01-03]'], undefined],
    ['total', '', ['daily[2025-01-03]'], undefined],
  ]);
  // A row of production's has ended, and another version of it begun.
  expect(differences.find(({ name }) => name === 'kept')?.difference).toMatchObject({
    key: ['id', 'dbt_valid_from'],
    added: { keys: 1 },
    removed: { keys: 0 },
    changed: { keys: 1 },
    repeated: { keys: 0 },
  });
  expect(project.read('target/review.txt').replace(/\s+/g, ' ')).toContain(
    'daily[2025-01-03] is all that the review has of what it reads there: other rows are missing',
  );
}, 60_000);
