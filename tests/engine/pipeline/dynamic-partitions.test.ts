import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addPartitionKeys, openStore, readPartitionKeys } from '../../../src/6-record/index.ts';
import { callOf, partitionKeys } from '../../../src/index.ts';
import { ProjectFolder } from './project-folder.ts';
import { statusesIn } from './statuses-in.ts';

let project: ProjectFolder;

const orders = `select * from (values ('acme', 1), ('globex', 2), ('initech', 4)) as orders(customer, amount)`;

const kept = (partitions: string): string => `{{ config(materialized='incremental', partitions=${partitions}) }}
select customer, sum(amount)::int as amount from {{ ref('orders') }} where {{ partition.filter('customer') }} group by all`;

afterEach(() => project.remove());

const rows = (): Promise<unknown[][]> => project.sql('select customer, amount from totals order by customer');
const status = async (): Promise<Record<string, string>> => {
  const { stdout } = await project.run('partitions', 'totals', '--output', 'json');
  return statusesIn(stdout);
};

describe('partitions by keys that are added', () => {
  beforeEach(() => {
    project = new ProjectFolder({
      'models/orders.sql': orders,
      'models/totals.sql': kept("{'dynamic': 'customers', 'column': 'customer'}"),
    });
  });

  test('are none until somebody adds one', async () => {
    await project.run('build');
    const { stdout } = await project.run('partitions', 'add', 'customers', 'acme', 'globex', 'acme');
    expect(stdout).toContain('Added to customers: acme, globex');
    expect(await status()).toEqual({ missing: 'acme,globex' });
    expect((await project.run('build')).exit).toBe(0);
    expect(await rows()).toEqual([
      ['acme', 1],
      ['globex', 2],
    ]);
  });

  test('are never empty', async () => {
    const { exit, stderr } = await project.run('partitions', 'add', 'customers', 'acme', '');
    expect(exit).toBe(2);
    expect(stderr).toContain("A key for 'customers' is empty");
    expect(await status()).toEqual({});
  });

  test('are listed with the models that they are for', async () => {
    await project.run('partitions', 'add', 'customers', 'acme');
    expect((await project.run('partitions', 'keys')).stdout).toBe(
      'customers: 1 key, added by hand, for totals\n  acme\n',
    );
    const { lists } = JSON.parse((await project.run('partitions', 'keys', 'customers', '--output', 'json')).stdout);
    expect(lists).toEqual([{ name: 'customers', query: null, models: ['totals'], keys: ['acme'] }]);
  });

  test('leave their rows behind when they are removed, and are filled when they come again', async () => {
    await project.run('partitions', 'add', 'customers', 'acme', 'globex');
    await project.run('build');
    const { stdout } = await project.run('partitions', 'remove', 'customers', 'acme', 'nobody');
    expect(stdout).toContain('Removed from customers: acme');
    expect(stdout).toContain('nobody was not there');
    expect(stdout).toContain('Their rows stay in totals');
    expect(await status()).toEqual({ filled: 'globex' });
    expect(await rows()).toHaveLength(2);
    await project.run('partitions', 'add', 'customers', 'acme');
    expect(await status()).toEqual({ filled: 'acme,globex' });
    await project.run('partitions', 'remove', 'customers', 'acme');
    await project.run('build', '--full-refresh');
    expect(await rows()).toHaveLength(1);
  });

  test('are not built by a backfill that is gone on with after they were removed', async () => {
    await project.run('partitions', 'add', 'customers', 'acme', 'globex', 'initech');
    await project.run('build', '--select', 'orders');
    const totals = project.read('models/totals.sql');
    project.write('models/totals.sql', totals.replace('sum(amount)', 'sum(amounts)'));
    expect((await project.run('backfill', 'totals')).exit).toBe(1);
    await project.run('partitions', 'remove', 'customers', 'globex');
    project.write('models/totals.sql', totals);
    const { exit, stdout } = await project.run('retry');
    expect(exit, stdout).toBe(0);
    expect(await rows()).toEqual([
      ['acme', 1],
      ['initech', 4],
    ]);
  });

  test('are the same for programs', async () => {
    const { call, host } = await callOf(['partitions', 'keys'], { cwd: project.root, env: {} });
    const added = await partitionKeys({ action: 'add', list: 'customers', keys: ['acme'] }, call, host);
    expect(added).toMatchObject({ changed: ['acme'], lists: [{ name: 'customers', keys: ['acme'] }] });
    expect(await status()).toEqual({ missing: 'acme' });
  });

  test('all stay when several processes add at once', async () => {
    const open = async () => {
      const { store } = await openStore(join(project.root, '.ingot', 'state.db'));
      if (!store) throw new Error('there is no store');
      return store;
    };
    await project.run('partitions', 'add', 'customers', 'first');
    const stores = await Promise.all([open(), open(), open()]);
    const list = { target: 'shop.dev', list: 'customers' };
    for (let count = 0; count < 20; count += 1) {
      for (const [index, store] of stores.entries())
        addPartitionKeys(store, list, [`${count}`, `${count}/${index}`], 0);
    }
    const keys = readPartitionKeys(stores[0] as (typeof stores)[0], 'shop.dev').get('customers') ?? [];
    expect(keys).toHaveLength(1 + 20 + 60);
    expect(new Set(keys).size).toBe(keys.length);
    for (const store of stores) store.close();
  });

  test.each([
    [['add', 'customer', 'acme'], "No model is kept by keys of a list 'customer'", 'customers'],
    [['add', 'customers'], "'partitions add' needs a list and keys", 'ingot partitions add customers acme'],
    [['keys', 'customers', 'acme'], "'partitions keys' takes no argument 'acme'", ''],
  ])('are not added by a call that cannot be meant: %s', async (words, message, hint) => {
    const { exit, stdout, stderr } = await project.run('partitions', ...words);
    expect(exit).toBe(2);
    expect(`${stdout}${stderr}`).toContain(message);
    expect(`${stdout}${stderr}`).toContain(hint);
  });

  test('that are named and not there are told', async () => {
    await project.run('partitions', 'add', 'customers', 'acme');
    const { stdout, stderr } = await project.run('why', 'totals[acm]');
    expect(`${stdout}${stderr}`).toContain("has no partition 'acm'");
  });
});

describe('partitions by keys that a query has', () => {
  beforeEach(() => {
    project = new ProjectFolder({
      'models/orders.sql': orders,
      'models/totals.sql': kept("{'dynamic': {'from': \"ref('orders')\", 'column': 'customer'}, 'column': 'customer'}"),
    });
  });

  test('come with what it reads, and the plan says which they are', async () => {
    await project.run('build', '--select', 'orders');
    const { stdout } = await project.run('plan', '--select', 'totals', '--output', 'json');
    const plan = JSON.parse(stdout);
    expect(plan.steps[0].partitions).toBe('acme,globex,initech');
    expect(plan.key_lists).toEqual([
      {
        name: "ref('orders').customer",
        query: "select distinct customer from {{ ref('orders') }}",
        keys: ['acme', 'globex', 'initech'],
      },
    ]);
    expect((await project.run('plan', '--select', 'totals', '--output', 'json')).stdout).toBe(stdout);
    expect((await project.run('build', '--select', 'totals')).exit).toBe(0);
    expect(await rows()).toHaveLength(3);
  });

  test('are those that were known, for commands that only look', async () => {
    await project.run('build', '--select', 'orders');
    await project.run('build', '--select', 'totals');
    project.write('models/orders.sql', orders.replace("('initech', 4)", "('umbrella', 8)"));
    await project.run('run', '--select', 'orders');
    expect(await status()).toMatchObject({ filled: 'acme,globex,initech' });
    await project.run('build', '--select', 'totals');
    expect(await status()).toMatchObject({ filled: 'acme,globex,umbrella' });
    expect(await rows()).toHaveLength(4);
  });

  test('are nobody knows which, before what it reads is built', async () => {
    const { exit, stdout, stderr } = await project.run('build', '--select', 'totals');
    expect(exit).toBe(0);
    expect(`${stdout}${stderr}`).toContain("Nobody can say which keys 'totals' is kept by");
  });

  test.each(['null', "''"])(
    'are none of those without a name, and rows that are left out are told: %s',
    async (key) => {
      project.write('models/orders.sql', orders.replace("('initech', 4)", `(${key}, 8)`));
      await project.run('build', '--select', 'orders');
      const { exit, stdout } = await project.run('build', '--select', 'totals');
      expect(exit).toBe(0);
      expect(stdout).toMatch(
        /warning\[plan\/partition-keys\].*'totals'.* null or empty: .* left out\n.*totals\.sql:1:/,
      );
      expect(await rows()).toHaveLength(2);
    },
  );

  test('are not looked for in what the project does not have', async () => {
    project.write(
      'models/totals.sql',
      kept("{'dynamic': {'from': \"ref('ordrs')\", 'column': 'customer'}, 'column': 'customer'}"),
    );
    const { exit, stdout, stderr } = await project.run('build', '--select', 'totals');
    expect(exit).toBe(2);
    expect(`${stdout}${stderr}`).toMatch(
      /error\[plan\/partition-keys\].*'ordrs' is not in the project[\s\S]*Did you mean 'orders'/,
    );
  });

  test('are not added by hand', async () => {
    const { exit, stdout, stderr } = await project.run('partitions', 'add', "ref('orders').customer", 'acme');
    expect(exit).toBe(2);
    expect(`${stdout}${stderr}`).toContain('come from a query');
  });

  test('can stand under a name of the project, as a query', async () => {
    project.write(
      'project.yml',
      'name: shop\ntargets:\n  dev: {type: duckdb, path: shop.duckdb, schema: main}\n' +
        'partitions:\n  customers: {dynamic: {name: customers, query: "select customer from {{ ref(\'orders\') }} where amount < 4"}}\n',
    );
    project.write('models/totals.sql', kept("{'use': 'customers', 'column': 'customer'}"));
    await project.run('build', '--select', 'orders');
    const { exit, stdout, stderr } = await project.run('build', '--select', 'totals');
    expect(exit, stdout + stderr).toBe(0);
    expect(await rows()).toHaveLength(2);
    expect((await project.run('partitions', 'keys')).stdout).toContain('customers: 2 keys, asked for');
  });

  test.each([
    ["{'dynamic': {'query': 'select 1', 'from': \"ref('orders')\"}}", "'query' cannot stand beside 'from'"],
    ["{'dynamic': {'from': \"ref('orders')\"}, 'column': 'customer'}", 'Nothing says where the keys come from'],
    ["{'dynamic': {'from': ref('orders'), 'column': 'customer'}, 'column': 'customer'}", 'is no ref() and no source()'],
    ["{'dynamic': {'querry': 'select 1'}}", "'querry' is not known here"],
  ])('are refused where they are written wrong: %s', async (partitions, message) => {
    project.write('models/totals.sql', kept(partitions));
    const { exit, stdout, stderr } = await project.run('build');
    expect(exit).toBe(2);
    expect(`${stdout}${stderr}`).toContain(message);
  });
});
