import { existsSync, readFileSync, rmSync } from 'node:fs';
import { Project } from './ingot-process.ts';
import { watchAndKill } from './watch-and-kill.ts';

/** 42 half days, 21 days and their month: 64 partitions of three grains. */
const days = { first: '2024-01-05', last: '2024-01-25', after: '2024-01-26' };
const assets = [
  { name: 'halves', column: 'half', partitions: 42, rows: 20 },
  { name: 'days', column: 'day', partitions: 21, rows: 40 },
  { name: 'months', column: 'month', partitions: 1, rows: 840 },
] as const;

/** Every row says which run made it, and whether a test finds fault with it. */
const config = (grain: string, column: string): string =>
  `{{ config(materialized='incremental', partitions={'use': '${grain}', 'column': '${column}'}) }}`;
const made = "'{{ invocation_id }}' as run";
const files = {
  'project.yml': `name: shop
targets:
  dev: {type: duckdb, path: warehouse.duckdb, threads: 16}
partitions:
  halves: {time: 12 hours, start: ${days.first}, end: ${days.after}}
  days: {time: day, start: ${days.first}, end: ${days.after}}
  months: {time: month, start: 2024-01, end: 2024-02}
`,
  'models/sales.sql': `{{ config(materialized='view') }}
select range as id, timestamp '${days.first} 00:00:00' + to_minutes(range::int * 36) as sold_at from range(840)`,
  'models/gold/halves.sql': `${config('halves', 'half')}
select id, time_bucket(interval '12 hours', sold_at, timestamp '${days.first}') as half, ${made},
  half in (timestamp '2024-01-10 12:00:00', timestamp '2024-01-20') and {{ var('bad', false) }} as bad
from {{ ref('sales') }} where {{ partition.filter('sold_at') }}`,
  'models/gold/days.sql': `${config('days', 'day')}
select id, half::date as day, ${made}, bad from {{ ref('halves') }} where {{ partition.filter('half') }}`,
  'models/gold/months.sql': `${config('months', 'month')}
select id, date_trunc('month', day)::date as month, ${made}, bad from {{ ref('days') }} where {{ partition.filter('day') }}`,
  'models/gold/_gold.yml': `models:
${assets
  .map(
    ({ name }) => `  - name: ${name}
    columns:
      - {name: id, data_tests: [unique]}
      - {name: bad, data_tests: [{accepted_values: {arguments: {values: [false], quote: false}}}]}`,
  )
  .join('\n')}
`,
};

/** Partitions, rows that are missing or too many in one of them, doubled and bad rows, and runs that made one. */
const watched = assets.map(
  ({ name, column, rows }) => `select '${name}', count(*)::int, sum(abs(rows - ${rows}))::int, sum(doubled)::int,
  sum(bad)::int, max(runs)::int
from (select count(*) as rows, count(*) - count(distinct id) as doubled, count(*) filter (bad) as bad,
  count(distinct run) as runs from ${name} group by ${column})`,
);

export type Feed = 'good' | 'bad';

/** A project with 64 partitions of three grains that are published after their tests, by 16 workers, and with readers. */
export class PartitionedProject {
  readonly project = new Project(files);
  readonly #notes = this.project.path('sightings.jsonl');

  remove(): void {
    this.project.remove();
  }

  /** Builds everything, or what is left of everything. */
  async backfill(feed: Feed, ...more: readonly string[]): Promise<void> {
    await this.#run([...words(feed), ...more], exitCodes[feed]);
  }

  /** Goes on with a backfill, from now on with good data. */
  async resume(id: string): Promise<void> {
    await this.#run(['backfill', 'resume', id, '--vars', '{}'], 0);
  }

  /** Takes away everything that was built, and all that is known of it. */
  empty(): void {
    for (const name of ['warehouse.duckdb', 'warehouse.duckdb.wal', '.ingot', 'sightings.jsonl']) {
      rmSync(this.project.path(name), { recursive: true, force: true });
    }
  }

  /** Ids of the backfills that did not come to their end, newest first. */
  async unfinished(): Promise<readonly string[]> {
    const { output } = await this.project.run('backfill', 'ls', '--output', 'json', '--quiet');
    const entries = JSON.parse(output.slice(output.indexOf('['))) as { id: string; status: string }[];
    return entries.filter(({ status }) => status === 'interrupted').map(({ id }) => id);
  }

  /** How many statements a backfill of everything sends. */
  async count(feed: Feed): Promise<number> {
    const run = this.project.startWith(['--import', watchAndKill({})], ...words(feed));
    await run.ended();
    return Number(/statements: (\d+)/.exec(run.output)?.[1]);
  }

  /** A backfill that is killed before its statement of that number, with a reader who never sleeps. Gives whether it was. */
  async killedAt(number: number, feed: Feed): Promise<boolean> {
    const watching = watchAndKill({ at: String(number), file: this.#notes }, watched);
    const run = this.project.startWith(['--import', watching], ...words(feed));
    return wasKilled(await run.ended(), feed, run.output);
  }

  /** A backfill that is killed after some time. Gives whether it was still running. */
  async killedAfter(milliseconds: number, feed: Feed): Promise<boolean> {
    const run = this.project.startWith(['--import', watchAndKill({ file: this.#notes }, watched)], ...words(feed));
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    run.signal('SIGKILL');
    return wasKilled(await run.ended(), feed, run.output);
  }

  /**
   * What readers saw that they must never see. Once everything was filled, no partition is ever missing.
   *
   * @param filled whether everything was, before the readers came.
   */
  sightings(filled: boolean): string[] {
    return this.#lines().filter((line) => {
      const { rows = [], failure = '' } = JSON.parse(line) as { rows?: unknown[][]; failure?: string };
      if (!filled && /does not exist/.test(failure)) return false;
      const asset = assets.find(({ name }) => name === rows[0]?.[0]);
      return !asset || !isWhole(asset, rows[0] ?? [], filled);
    });
  }

  /** Lets readers begin anew. */
  forget(): void {
    rmSync(this.#notes, { force: true });
  }

  /** How many different things readers saw. */
  looks(): number {
    return this.#lines().length;
  }

  #lines(): string[] {
    return existsSync(this.#notes) ? readFileSync(this.#notes, 'utf8').trim().split('\n') : [];
  }

  /** What is wrong with the warehouse once everything was built. */
  async complaints(): Promise<string[]> {
    const complaints: string[] = [];
    const answers = await this.project.queryAll(
      assets.flatMap(({ name }, index) => [
        watched[index] ?? '',
        `select count(distinct partition_key)::int from __ingot_publications
         where event = 'published' and asset = 'model.shop.${name}'`,
      ]),
    );
    for (const [index, asset] of assets.entries()) {
      const [[seen = []] = [], [ledger] = []] = answers.slice(2 * index);
      if (!isWhole(asset, seen, true)) complaints.push(`${asset.name} is ${JSON.stringify(seen)}`);
      if (ledger?.[0] !== asset.partitions)
        complaints.push(`the ledger has ${ledger?.[0]} partitions of ${asset.name}`);
    }
    return complaints;
  }

  /** What the tables hold, whichever run made it. */
  contents(): Promise<unknown[][][]> {
    return this.project.queryAll(
      assets.map(({ name, column }) => `select id, ${column}::varchar, bad from ${name} order by all`),
    );
  }

  /** Relations that nobody needs any more, and leases that somebody still holds. */
  async leftovers(): Promise<unknown[]> {
    const names = ['sales', '__ingot_publications', '__ingot_code_versions', ...assets.map(({ name }) => name)]
      .map((name) => `'${name}'`)
      .join(', ');
    const found = await this.project.query(
      `select table_name from information_schema.tables where table_name not in (${names})
      and table_name not like '%\\_\\_ingot\\_quarantine\\_%' escape '\\'`,
    );
    const { default: Database } = await import('libsql');
    const store = new Database(this.project.path('.ingot/state.db'), { readonly: true });
    const leases = store.prepare('select asset, partition_key from leases').raw().all();
    store.close();
    return [...found.flat(), ...leases];
  }

  async #run(line: readonly string[], wanted: number): Promise<void> {
    const { exit, output } = await this.project.run(...line);
    if (exit !== wanted) throw new Error(`exit code ${exit}\n${output}`);
  }
}

function isWhole(
  { partitions }: (typeof assets)[number],
  [, count, missing, doubled, bad, runs]: readonly unknown[],
  filled: boolean,
): boolean {
  if (count === 0 && !filled) return true;
  return (!filled || count === partitions) && missing === 0 && doubled === 0 && bad === 0 && runs === 1;
}

const exitCodes: Readonly<Record<Feed, number>> = { good: 0, bad: 1 };

function wasKilled(code: number, feed: Feed, output: string): boolean {
  if (code !== 137 && code !== exitCodes[feed]) throw new Error(`exit code ${code}\n${output}`);
  return code === 137;
}

const words = (feed: Feed): string[] => [
  'backfill',
  '+months',
  '--from',
  days.first,
  '--to',
  days.last,
  '--max-parallel',
  '16',
  ...(feed === 'bad' ? ['--vars', 'bad: true'] : []),
];
