import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Review, ReviewResult } from '../../../../src/core/index.ts';
import { makeRepository } from '../../git.ts';
import { Project } from '../../reliability/ingot-process.ts';

const orders = (amount: string): string => `{{ config(materialized='table') }}
select id, date '2025-01-01' + id::int as day, ${amount} as amount from range(3) as t(id)`;

const byDay = (query: string): string => `{{ config(materialized='incremental',
  partitions={'time': 'day', 'start': '2025-01-01', 'end': '2025-01-04', 'column': 'day'}) }}
${query}`;

const daily = (columns: string): string =>
  byDay(`select day, ${columns} from {{ ref('orders') }} where {{ partition.filter('day') }}`);

const project = new Project({
  'project.yml': `name: shop
targets: {default: dev, dev: {type: duckdb, path: warehouse.duckdb}}
`,
  '.gitignore': 'target/\nlogs/\n.ingot/\n*.duckdb*\n',
  'models/orders.sql': orders('5'),
  'models/daily.sql': daily('id, amount'),
  'models/per_day.sql': byDay(`select day, sum(amount) as amount from {{ ref('daily') }}
where {{ partition.filter('day') }} group by day`),
  'models/small.sql': "{{ config(materialized='ephemeral') }} select * from {{ ref('daily') }}",
  'models/total.sql':
    "{{ config(materialized='table') }} select count(*) as days, sum(amount) as amount from {{ ref('small') }}",
  'models/after.sql': "select * from {{ ref('total') }}",
  'tests/agrees.sql': `select * from {{ ref('orders') }} as o full join {{ ref('daily') }} as d on o.id = d.id
where o.amount is distinct from d.amount`,
  'tests/is_whole.sql': "select * from {{ ref('total') }} where days < 3",
  'tests/none_is_lost.sql': "select * from {{ ref('leaf') }} where amount < 0",
  'tests/no_day_is_lost.sql': "select * from {{ ref('per_day') }} where amount < 0",
  'models/leaf.sql': "select * from {{ ref('daily') }}",
  'tests/is_small.sql': "select * from {{ ref('leaf') }} where id > 1",
});

async function review(
  ...words: string[]
): Promise<{ readonly exit: number; readonly review: Review; readonly text: string }> {
  const reports = ['--report', 'json=target/review.json', 'text=target/review.txt'];
  const { exit } = await project.run('ci', '--base', 'main', '--quiet', '--pull-request', '12', ...reports, ...words);
  const text = project.read('target/review.txt').replace(/\s+/g, ' ');
  return { exit, review: JSON.parse(project.read('target/review.json')), text };
}

const tests = ({ results }: Review): Readonly<Record<string, ReviewResult>> =>
  Object.fromEntries(results.filter(({ resourceType }) => resourceType === 'test').map((one) => [one.name, one]));

beforeAll(async () => {
  makeRepository(project.folder);
  // `is_small` fails.
  expect(await project.run('build', '--quiet')).toMatchObject({ exit: 1 });
});
afterAll(() => project.remove());

describe('a review that builds a part of a model', () => {
  it('does not blame a change for a test that misses the other partitions, and builds what stands below it', async () => {
    project.write('models/daily.sql', daily('id, amount + 0 as amount, id + 1 as number'));
    const { exit, review: found, text } = await review();
    expect(exit).toBe(1);
    const of = tests(found);
    const missing = ['only 1 of 3 partitions of daily was built, the others are missing: --partitions 3 builds all'];
    const passed = { status: 'pass', failures: 0 };
    expect(of.agrees).toMatchObject({ status: 'unjudged', failures: 2, unjudged: missing, inProduction: passed });
    expect(of.is_whole).toMatchObject({ status: 'unjudged', unjudged: missing });
    expect(found.results.map(({ name }) => name)).toContain('after');
    expect(found.verdict).toEqual({
      status: 'failed',
      text: '1 changed, 5 affected, 5 built, 5 tests, 2 cannot be judged',
      because: ['The test is_small failed: 1 row, in production 1 row'],
    });
    expect(text).toContain(`agrees test: 2 failing rows tests/agrees.sql:1:1 - ${missing[0]} - passes in production`);
  }, 60_000);

  it('blames it for rows that no other partition could mend, also in what is built from them alone', async () => {
    project.write('models/daily.sql', daily('id, -amount as amount, id + 1 as number'));
    const { review: found } = await review();
    const of = tests(found);
    expect(of.none_is_lost).toMatchObject({ status: 'fail', failures: 1, inProduction: { status: 'pass' } });
    expect(of.no_day_is_lost).toMatchObject({ status: 'fail', failures: 1 });
    expect(of.agrees).toMatchObject({ status: 'unjudged' });
  }, 60_000);

  it('judges by all that tests find where all partitions are built', async () => {
    const { review: found } = await review('--partitions', '3');
    expect(tests(found).agrees).toMatchObject({ status: 'fail', failures: 3 });
  }, 60_000);

  it('does not blame it where old partitions are compared with what the change has made of everything else', async () => {
    project.write('models/daily.sql', daily('id, amount'));
    project.write('models/orders.sql', orders('6'));
    const { review: found } = await review();
    const of = tests(found);
    const others = [
      'only 1 of 3 partitions of daily was built, the others are as production built them: --partitions 3 builds all',
    ];
    expect(of.agrees).toMatchObject({ status: 'unjudged', failures: 2, unjudged: others });
    // It reads no more than what was built from those partitions.
    expect(of.is_whole).toMatchObject({ status: 'pass' });
  }, 60_000);
});
