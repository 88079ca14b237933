import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildProgram, type IngotProcess, Project } from './ingot-process.ts';
import { WarehouseServer } from './warehouse-server.ts';

beforeAll(buildProgram, 120_000);

const open: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

const days = 200;
const last = '2024-07-18';
const files = {
  'project.yml': `name: shop
targets:
  dev: {type: duckdb, path: warehouse.duckdb, threads: 4}
partitions:
  daily: {time: day, start: 2024-01-01, end: 2024-07-19}
`,
  'models/gold/days.sql': `{{ config(materialized='incremental', partitions={'use': 'daily', 'column': 'day'}) }}
select range::date as day, '{{ invocation_id }}' as run{% if var('slow', false) %},
  sleep_ms(40) as n{% endif %}
from range(date '2024-01-01', date '2024-07-19', interval 1 day) where {{ partition.filter('range') }}`,
  'models/gold/_gold.yml': 'models: [{name: days, columns: [{name: day, data_tests: [unique]}]}]',
};

interface Place {
  readonly project: Project;
  readonly warehouse: WarehouseServer;
  start(...words: string[]): IngotProcess;
}

/** A project whose warehouse several processes can work on. */
async function newPlace(): Promise<Place> {
  const project = new Project(files);
  open.push({ close: () => project.remove() });
  const socket = project.path('warehouse.sock');
  const warehouse = await WarehouseServer.start(project.path('warehouse.duckdb'), socket);
  open.push(warehouse);
  const hook = new URL(`./shared-warehouse.mjs?socket=${socket}`, import.meta.url).href;
  return { project, warehouse, start: (...words) => project.startWith(['--import', hook], ...words) };
}

/** A whole table that takes a while to make, of an amount that must not be negative. */
function writeAmounts(project: Project, publish: string): void {
  project.write(
    'models/gold/amounts.sql',
    `{{ config(materialized='table', publish='${publish}') }} select {{ var('amount') }} as amount,
      sleep_ms(200) as n`,
  );
  project.write(
    'models/gold/_amounts.yml',
    'models: [{name: amounts, columns: [{name: amount, data_tests: [{dbt_utils.accepted_range: {min_value: 0}}]}]}]',
  );
}

const backfill = ['backfill', 'days', '--from', '2024-01-01', '--to', last] as const;
const publications = `select count(*)::int, count(distinct partition_key)::int, count(distinct run_id)::int
  from __ingot_publications where event = 'published'`;
const rows = 'select count(*)::int, count(distinct day)::int from days';
const leftovers = "select table_name from duckdb_tables() where table_name like '%ingot_staged%'";

describe('two processes that are started together', () => {
  it('build each of 200 partitions once', async () => {
    const { warehouse, start } = await newPlace();
    const runs = [start(...backfill), start(...backfill)];
    for (const run of runs) expect(await run.ended(), run.output).toBe(0);
    const [[built, distinct, builders] = []] = await warehouse.query(publications);
    expect([built, distinct]).toEqual([days, days]);
    expect(builders).toBe(2);
    expect(await warehouse.query(rows)).toEqual([[days, days]]);
    expect(await warehouse.query(leftovers)).toEqual([]);
    // Both say how all of their partitions ended.
    for (const { output } of runs) expect(output).toContain(`days: ${days} partitions done`);
  }, 120_000);

  it('do so with other batches, too', async () => {
    const { warehouse, start } = await newPlace();
    const all = start(...backfill, '--batch-size', '5');
    // Were it the later one, it would build again what the other has published before.
    await all.says('Found');
    const missing = start(...backfill, '--missing', '--batch-size', '5');
    for (const run of [all, missing]) expect(await run.ended(), run.output).toBe(0);
    const [[built] = []] = await warehouse.query(publications);
    expect(built).toBe(days / 5);
    expect(await warehouse.query(rows)).toEqual([[days, days]]);
  }, 120_000);

  it('build each batch of a microbatch model once, of which one step builds all', async () => {
    const { project, warehouse, start } = await newPlace();
    project.write(
      'models/batches.sql',
      `{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='day', batch_size='day',
        begin='2024-01-01', post_hook='insert into ended values (1)') }}
      select range::date as day, '{{ invocation_id }}' as run
      from range(date '2024-01-01', date '2024-03-01', interval 1 day)
      where range::date = strptime('{{ model.batch.id }}', '%Y%m%d')::date`,
    );
    await warehouse.query('create table ended (n integer)');
    const runs = ['first', 'second'].map(() => start('backfill', 'batches', '--to', '2024-02-29'));
    for (const run of runs) expect(await run.ended(), run.output).toBe(0);
    expect(await warehouse.query(publications)).toEqual([[60, 60, 2]]);
    expect(await warehouse.query('select count(*)::int, count(distinct day)::int from batches')).toEqual([[60, 60]]);
    // Each runs the hooks of the model once.
    expect(await warehouse.query('select count(*)::int from ended')).toEqual([[2]]);
  }, 120_000);

  it('publish each what it has tested itself, of a table that both build', async () => {
    const { project, warehouse, start } = await newPlace();
    writeAmounts(project, 'after_tests');
    const build = (amount: number): IngotProcess =>
      start('build', '--select', 'amounts', '--vars', `amount: ${amount}`);
    const [good, bad] = [build(1), build(-1)];
    const codes = [await good.ended(), await bad.ended()];
    expect(codes, good.output + bad.output).toEqual([0, 1]);
    expect(await warehouse.query('select amount from amounts')).toEqual([[1]]);
    expect(bad.output).toContain('Held back by the test');
    expect(await warehouse.query(leftovers)).toEqual([]);
  }, 120_000);

  it.each(['before_tests', 'after_tests'])(
    'bring about one after the other a table that both make, or make anew: %s',
    async (publish) => {
      const { project, warehouse, start } = await newPlace();
      writeAmounts(project, publish);
      for (const amounts of [
        [1, 2],
        [3, 4],
      ]) {
        const runs = amounts.map((amount) => start('build', '--select', 'amounts', '--vars', `amount: ${amount}`));
        for (const run of runs) expect(await run.ended(), run.output).toBe(0);
        const [[left] = []] = await warehouse.query('select amount from amounts');
        expect(amounts).toContain(left);
        expect(await warehouse.query(leftovers)).toEqual([]);
      }
    },
    120_000,
  );

  it.each(['before_tests', 'after_tests'])(
    'add the same rows once to what grows: %s',
    async (publish) => {
      const { project, warehouse, start } = await newPlace();
      project.write(
        'models/gold/growing.sql',
        `{{ config(materialized='incremental', publish='${publish}') }}
      select s.id, (select sleep_ms(400)) as n from feed s
      {% if is_incremental() %} where s.id > (select max(id) from {{ this }}) {% endif %}`,
      );
      project.write(
        'models/gold/_growing.yml',
        'models: [{name: growing, columns: [{name: id, data_tests: [unique]}]}]',
      );
      project.write(
        'snapshots/versions.sql',
        `{% snapshot versions %}{{ config(unique_key='id', strategy='check', check_cols=['amount'], publish='${publish}') }}
      select id, id + {{ var('added', 0) }} as amount, (select sleep_ms(400)) as n
      from feed{% endsnapshot %}`,
      );
      project.write(
        'snapshots/_versions.yml',
        'snapshots: [{name: versions, columns: [{name: dbt_scd_id, data_tests: [unique]}]}]',
      );
      await warehouse.query('create table feed as select 1 as id');
      const build = (...words: string[]): IngotProcess => start('build', '--select', 'growing', 'versions', ...words);
      expect(await build().ended()).toBe(0);
      await warehouse.query('insert into feed values (2)');
      const runs = [build('--vars', 'added: 5'), build('--vars', 'added: 5')];
      for (const run of runs) expect(await run.ended(), run.output).toBe(0);
      expect(await warehouse.query('select count(*)::int, count(distinct id)::int from growing')).toEqual([[2, 2]]);
      const versions = 'select count(*)::int, count(*) filter (dbt_valid_to is null)::int from versions';
      expect(await warehouse.query(versions)).toEqual([[3, 2]]);
      expect(await warehouse.query(leftovers)).toEqual([]);
    },
    120_000,
  );

  it('take over from the other where that is killed, and leave what is staged by one that lives', async () => {
    const { project, warehouse, start } = await newPlace();
    const slowly = (...words: string[]): IngotProcess =>
      start('backfill', 'days', '--to', '2024-02-29', '--vars', 'slow: true', ...words);
    const first = slowly();
    await first.says('days: 6 of 60');
    const second = slowly();
    await second.says('60 partitions of 1 asset');
    await sleep(300);
    first.signal('SIGKILL');
    expect(await first.ended()).toBe(137);
    expect(await second.ended(), second.output).toBe(0);
    expect(await warehouse.query(rows)).toEqual([[60, 60]]);
    const [[, distinct] = []] = await warehouse.query(publications);
    expect(distinct).toBe(60);
    const { default: Database } = await import('libsql');
    const store = new Database(project.path('.ingot/state.db'), { readonly: true });
    expect(store.prepare('select * from leases').all()).toEqual([]);
    store.close();
    // Nobody builds any more: what the killed one had staged goes with the next run.
    expect(await slowly('--partition', '2024-01-01').ended()).toBe(0);
    expect(await warehouse.query(leftovers)).toEqual([]);
  }, 120_000);
});
