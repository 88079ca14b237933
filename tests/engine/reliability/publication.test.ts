import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildProgram, endlessSql, Project } from './ingot-process.ts';

beforeAll(buildProgram, 120_000);

let project: Project;
afterEach(() => project.remove());

const gold = (tests: string): Record<string, string> => ({
  'project.yml':
    'name: shop\ntest-paths: [tests]\ntargets:\n  dev: {type: duckdb, path: warehouse.duckdb, threads: 1}\n',
  'models/gold/orders.sql': `{{ config(materialized='table') }} select * from read_csv('feed.csv')`,
  'models/gold/booked.sql': `{{ config(materialized='incremental', unique_key='id') }} select * from read_csv('feed.csv')`,
  'models/gold/_gold.yml': `models: [{name: orders, columns: [${tests}]}]`,
  'feed.csv': 'id,amount\n1,10\n2,20\n',
});
const idsAndAmounts = '{name: id, data_tests: [unique]}, {name: amount, data_tests: [not_null]}';

async function build(...words: string[]): Promise<[exit: number, output: string]> {
  const { exit, output } = await project.run(...words);
  return [exit, output];
}

const relations = async (): Promise<unknown[]> =>
  (
    await project.query(
      "select table_name from information_schema.tables where table_name not like '\\_\\_ingot\\_%' escape '\\' order by all",
    )
  ).flat();
const orders = (): Promise<unknown[][]> => project.query('select id::int, amount::int from orders order by all');

describe('what a killed run left', () => {
  it.each(['after_tests', 'before_tests'])('is dropped by the next build, with publish: %s', async (publish) => {
    project = new Project(gold(`${idsAndAmounts}`));
    expect((await build('build', '--quiet'))[0]).toBe(0);
    // Of another kind than the next run makes them, too: whoever died may have built another model.
    await project.change(
      'create view orders__ingot_staged as select 1 as id',
      'create table orders__ingot_preview as select 1 as id',
      'create table booked__ingot_staged as select 1 as id',
      'create view booked__ingot_preview as select 1 as id',
    );
    project.write(
      'models/gold/_gold.yml',
      `models: [{name: orders, config: {publish: ${publish}}, columns: [${idsAndAmounts}]}]`,
    );
    expect(await build('build', '--quiet')).toEqual([0, '']);
    expect(await relations()).toEqual(['booked', 'orders']);
  });

  it("is in nobody's way: the catalog and `ls` do not know it", async () => {
    project = new Project(gold(idsAndAmounts));
    expect((await build('build', '--quiet'))[0]).toBe(0);
    project.write('feed.csv', 'id,amount\n1,10\n1,20\n');
    expect((await build('build', '--quiet'))[0]).toBe(1);
    await project.change('create table orders__ingot_staged as select 1 as id');
    expect((await build('docs', 'generate', '--quiet'))[0]).toBe(0);
    const { nodes } = JSON.parse(project.read('target/catalog.json')) as { nodes: Record<string, unknown> };
    expect(Object.keys(nodes).sort()).toEqual(['model.shop.booked', 'model.shop.orders']);
    expect((await build('ls', '--quiet'))[1]).not.toContain('ingot_');
  });
});

describe('retry', () => {
  it('tests what is built again with all tests, since those that passed did so for other rows', async () => {
    project = new Project(gold(idsAndAmounts));
    expect((await build('build', '--quiet'))[0]).toBe(0);
    project.write('feed.csv', 'id,amount\n1,11\n1,21\n');
    expect((await build('build', '--quiet'))[0]).toBe(1);
    // What failed then is good now, and what was good then is not.
    project.write('feed.csv', 'id,amount\n1,12\n2,\n');
    const [exit, output] = await build('retry');
    expect(exit, output).toBe(1);
    expect(output).toContain('FAIL 1 not_null_orders_amount');
    expect(await orders()).toEqual([
      [1, 10],
      [2, 20],
    ]);
    project.write('feed.csv', 'id,amount\n1,12\n2,22\n');
    expect((await build('retry', '--quiet'))[0]).toBe(0);
    expect(await orders()).toEqual([
      [1, 12],
      [2, 22],
    ]);
  });
});

describe('a run that is stopped', () => {
  it('by --fail-fast keeps what failed, and nothing that had not been tested', async () => {
    project = new Project({
      ...gold(idsAndAmounts),
      'models/gold/zero.sql': `{{ config(materialized='table') }} select * from read_csv('feed.csv')`,
      'tests/no_zero.sql': "select * from {{ ref('zero') }}, {{ ref('orders') }} as o where o.amount < 0",
    });
    expect((await build('build', '--quiet'))[0]).toBe(0);
    project.write('feed.csv', 'id,amount\n1,11\n1,21\n');
    const [exit, output] = await build('build', '--fail-fast');
    expect(exit, output).toBe(1);
    expect(output).toMatch(/ERROR creating sql table model main\.orders/);
    expect(await relations()).toEqual([
      'booked',
      'orders',
      expect.stringMatching(/^orders__ingot_quarantine_/),
      'zero',
    ]);
    expect(await orders()).toEqual([
      [1, 10],
      [2, 20],
    ]);
    expect((await build('quarantine', 'show', 'orders', '--test', 'unique_orders_id'))[1]).toContain('n_records');
  });

  it('by Ctrl-C while a test runs publishes nothing and leaves nothing', async () => {
    project = new Project({
      ...gold(idsAndAmounts),
      'tests/endless.sql': `select id from {{ ref('orders') }} where id < (${endlessSql})`,
    });
    const run = project.start('build', '--log-level', 'debug', '--select', 'orders');
    await run.says('START test endless');
    await sleep(300);
    run.signal('SIGINT');
    expect(await run.ended(), run.output).toBe(1);
    expect(await relations()).toEqual([]);
  });
});

describe('with --warn-error', () => {
  it('a test that only warns holds back as well', async () => {
    project = new Project(gold('{name: id, data_tests: [{unique: {config: {severity: warn}}}]}'));
    expect((await build('build', '--quiet'))[0]).toBe(0);
    project.write('feed.csv', 'id,amount\n1,11\n1,21\n');
    expect((await build('build', '--quiet', '--warn-error'))[0]).toBe(1);
    expect((await orders()).length).toBe(2);
    expect(await orders()).toEqual([
      [1, 10],
      [2, 20],
    ]);
    expect((await build('build', '--quiet'))[0]).toBe(0);
    expect(await orders()).toEqual([
      [1, 11],
      [1, 21],
    ]);
  });
});

describe('release and drop', () => {
  it.each(['release', 'drop'])('may be killed before any statement of %s, and asked again', async (action) => {
    project = new Project(gold(idsAndAmounts));
    expect((await build('build', '--quiet'))[0]).toBe(0);
    project.write('feed.csv', 'id,amount\n1,11\n1,21\n');
    expect((await build('build', '--quiet'))[0]).toBe(1);
    const old = await orders();
    const kills: number[] = [];
    for (let number = 4; ; number += 1) {
      const hook = new URL(`./kill-at-statement.mjs?at=${number}`, import.meta.url).href;
      const run = project.startWith(['--import', hook], 'quarantine', action, 'orders');
      const exit = await run.ended();
      const there = (await relations()).some((name) => String(name).includes('quarantine'));
      const events = await project.query(
        "select event from __ingot_publications where event in ('released', 'dropped')",
      );
      expect(events.length, `killed before statement ${number}`).toBe(there ? 0 : 1);
      expect(await orders()).toEqual(
        there || action === 'drop'
          ? old
          : [
              [1, 11],
              [1, 21],
            ],
      );
      if (!there) {
        // Killed after it was done, or not at all.
        expect([0, 137], run.output).toContain(exit);
        break;
      }
      expect(exit, run.output).toBe(137);
      kills.push(number);
    }
    expect(kills.length).toBeGreaterThanOrEqual(3);
    expect((await build('quarantine', action, 'orders'))[0]).toBe(2);
  });
});
