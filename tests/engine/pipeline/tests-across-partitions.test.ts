import { afterEach, beforeEach, expect, test } from 'vitest';
import { LaterWorld } from './later-world.ts';
import { ProjectFolder } from './project-folder.ts';

let project: ProjectFolder;
let runs = 0;

const daily = (source: string, columns: string, publish = 'after_tests'): string =>
  `{{ config(materialized='incremental', publish='${publish}', partitions={'time': 'day', 'start': '2024-01-01', 'end': '2024-01-04', 'column': 'day'}) }}
select day, ${columns} from ${source} where {{ partition.filter('day') }}`;

/** Three orders a day and as many payments, each of an order of any day; `lost` is a payment of no order. */
beforeEach(() => {
  runs = 0;
  project = new ProjectFolder({
    'project.yml': 'name: shop\ntargets:\n  dev: {type: duckdb, path: shop.duckdb, schema: main, threads: 2}\n',
    'models/raw.sql':
      "select i as id, date '2024-01-01' + (i // 3)::int as day, 8 - i as paid_order, i as amount from range(9) as r(i)",
    'models/orders.sql': daily("{{ ref('raw') }}", 'id'),
    'models/payments.sql': daily(
      "{{ ref('raw') }}",
      "case when id = {{ var('lost', -1) }} then 99 else paid_order end as order_id, amount",
    ),
    'models/booked.sql': daily("{{ ref('payments') }}", 'amount'),
    'models/schema.yml': JSON.stringify({
      models: [
        {
          name: 'payments',
          columns: [
            { name: 'order_id', data_tests: [{ relationships: { arguments: { to: "ref('orders')", field: 'id' } } }] },
            {
              name: 'amount',
              data_tests: [{ accepted_values: { arguments: { values: [1] }, config: { severity: 'warn' } } }],
            },
          ],
        },
      ],
    }),
  });
});

afterEach(() => project.remove());

async function ingot(...words: string[]): Promise<{ readonly exit: number; readonly out: string }> {
  runs += 1;
  const world = new LaterWorld(project.root, runs);
  const exit = await world.run(...words);
  return { exit, out: world.stdout.text };
}

const days = (model: string) => project.sql(`select distinct day::varchar from ${model} order by 1`);

test('a test of one model that looks at another holds back partitions of the first alone, once all of the other is there', async () => {
  const all = [['2024-01-01'], ['2024-01-02'], ['2024-01-03']];
  expect((await ingot('build')).exit).toBe(0);
  for (const model of ['orders', 'payments', 'booked']) expect(await days(model), model).toEqual(all);
});

test('what reads other partitions is built, whatever tests of the whole table say that only warn', async () => {
  const { exit, out } = await ingot('build', '--vars', '{lost: 4}');
  expect(exit).toBe(1);
  expect(out).toContain('WARN 5 accepted_values_payments_amount__1');
  expect(out.match(/SKIP .*main\.\S+/g)).toEqual(['SKIP relation main.booked[2024-01-02]']);
  expect(await days('orders')).toHaveLength(3);
  for (const model of ['payments', 'booked'])
    expect(await days(model), model).toEqual([['2024-01-01'], ['2024-01-03']]);
});

test('a test of the whole table that fails leaves out all that reads it', async () => {
  project.write('models/payments.sql', daily("{{ ref('raw') }}", 'paid_order as order_id, amount', 'before_tests'));
  project.write(
    'models/schema.yml',
    JSON.stringify({
      models: [
        {
          name: 'payments',
          columns: [{ name: 'amount', data_tests: [{ accepted_values: { arguments: { values: [1] } } }] }],
        },
      ],
    }),
  );
  const { out } = await ingot('build');
  expect(out.match(/SKIP relation/g)).toHaveLength(3);
  expect(await days('payments')).toHaveLength(3);
});

test('a partition that reads none of those that are built waits for the table all the same', async () => {
  const earlier = daily("{{ ref('orders') }}", 'id').replace("'2024-01-01'", "'2023-12-30'");
  project.write('models/earlier.sql', earlier);
  expect((await ingot('build', '--select', 'raw', 'orders', 'earlier', '--exclude', 'test_type:data')).exit).toBe(0);
  expect(await days('earlier')).toHaveLength(3);
});

test('what reads a model that has no partition yet, and no table, is left out and not an error', async () => {
  project.write(
    'models/orders.sql',
    daily("{{ ref('raw') }}", 'id').replace("'2024-01-01'", "'2034-01-01'").replace("'2024-01-04'", "'2034-02-01'"),
  );
  project.write('models/schema.yml', '{}');
  project.write('models/latest.sql', "{{ config(materialized='view') }} select * from {{ ref('orders') }}");
  project.write('models/count.sql', "{{ config(materialized='table') }} select count(*) as n from {{ ref('latest') }}");
  const { exit, out } = await ingot('build');
  expect(exit, out).toBe(0);
  expect(out).toContain(
    "There is no partition of 'orders' to build, and no table yet: what reads it is left out (latest, count)",
  );
  expect(out).toContain("The first one begins at 2034-01-01: mend 'start'");
  expect(await days('booked')).toHaveLength(3);
  const { out: why } = await ingot('why', 'count');
  expect(why).toContain('count is blocked:\n  - it reads orders, which has no table yet, and no partition to build');
  expect(why).toContain("The first one begins at 2034-01-01: mend 'start'");
  expect((await ingot('why', 'orders[2034-01-02]')).out).toContain('its time has not begun yet');
  expect((await ingot('partitions', 'orders')).out).toContain('The first one begins at 2034-01-01');
});
