import { existsSync, readFileSync } from 'node:fs';
import { Project } from './ingot-process.ts';
import { watchAndKill } from './watch-and-kill.ts';

const rows = 2000;

/** Every row says which run made it, and whether a test finds fault with it. */
const made = "'{{ invocation_id }}' as run";
const files = {
  'models/gold/orders.sql': `{{ config(materialized='table') }}
select range as id, {{ var('bad', false) }} and range = 7 as bad, ${made} from range(${rows})`,
  'models/gold/booked.sql': `{{ config(materialized='incremental', unique_key='id', incremental_strategy='delete+insert') }}
select id, {{ var('bad', false) }} and id = 7 as bad, ${made} from range(${rows}) as r(id)`,
  'models/gold/recent.sql': `{{ config(materialized='view') }}
select range as id, {{ var('bad', false) }} and range = 7 as bad, ${made} from range(${rows})`,
  'models/gold/_gold.yml': `models:
${['orders', 'booked', 'recent']
  .map(
    (name) => `  - name: ${name}
    columns:
      - {name: id, data_tests: [unique]}
      - {name: bad, data_tests: [{accepted_values: {arguments: {values: [false], quote: false}}}]}`,
  )
  .join('\n')}
`,
  'tests/every_booking_has_an_order.sql':
    "select * from {{ ref('booked') }} where id not in (select id from {{ ref('orders') }})",
};
const models = ['orders', 'booked', 'recent'];
const watched = models.map(
  (name) => `select '${name}', count(*), count(distinct id), count(*) filter (bad), count(distinct run) from ${name}`,
);
/** What a reader may see of each of them, at any time. */
const whole = (name: string): string[] => [name, String(rows), String(rows), '0', '1'];

export type Feed = 'good' | 'bad';

/** A project with a table, a view and an incremental model that are published after their tests, and with readers. */
export class PublishedProject {
  readonly #project = new Project(files);
  readonly #notes: string;

  constructor() {
    this.#project.write(
      'project.yml',
      'name: shop\ntest-paths: [tests]\ntargets:\n  dev: {type: duckdb, path: warehouse.duckdb, threads: 1}\n',
    );
    this.#notes = this.#project.path('sightings.jsonl');
  }

  remove(): void {
    this.#project.remove();
  }

  async build(feed: Feed): Promise<void> {
    const { exit, output } = await this.#project.run(...words(feed));
    if (exit !== exitCodes[feed]) throw new Error(`exit code ${exit}\n${output}`);
  }

  /** How many statements a build sends. */
  async count(feed: Feed): Promise<number> {
    const run = this.#project.startWith(['--import', watchAndKill({})], ...words(feed));
    await run.ended();
    return Number(/statements: (\d+)/.exec(run.output)?.[1]);
  }

  /** A build that is killed before its statement of that number, with a reader who never sleeps. Gives whether it was. */
  async killedAt(number: number, feed: Feed): Promise<boolean> {
    const watching = { at: String(number), file: this.#notes };
    const run = this.#project.startWith(['--import', watchAndKill(watching, watched)], ...words(feed));
    const code = await run.ended();
    if (code !== 137 && code !== exitCodes[feed]) throw new Error(`exit code ${code}\n${run.output}`);
    return code === 137;
  }

  /** A build that is killed after some time. Gives whether it was still running. */
  async killedAfter(milliseconds: number, feed: Feed): Promise<boolean> {
    const run = this.#project.startWith(['--import', watchAndKill({ file: this.#notes }, watched)], ...words(feed));
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    run.signal('SIGKILL');
    const code = await run.ended();
    if (code !== 137 && code !== exitCodes[feed]) throw new Error(`exit code ${code}\n${run.output}`);
    return code === 137;
  }

  /** What readers saw that they must never see. */
  sightings(): string[] {
    const lines = existsSync(this.#notes) ? readFileSync(this.#notes, 'utf8').trim().split('\n') : [];
    return lines.filter((line) => {
      const { rows: seen } = JSON.parse(line) as { rows?: string[][] };
      const name = seen?.[0]?.[0];
      return name === undefined || JSON.stringify(seen?.[0]) !== JSON.stringify(whole(name));
    });
  }

  /** What is wrong with the warehouse: half tables, bad rows, a ledger that says something else than the data. */
  async complaints(): Promise<string[]> {
    const complaints: string[] = [];
    const answers = await this.#project.queryAll([
      ...models.flatMap((name, index) => [
        watched[index] ?? '',
        `select any_value(run) from ${name}`,
        `select run_id from __ingot_publications where event = 'published' and asset = 'model.shop.${name}' order by at_ms desc limit 1`,
      ]),
      "select table_name from duckdb_tables() where table_name like '%\\_\\_ingot\\_quarantine\\_%' escape '\\' order by all",
      "select relation from __ingot_publications where event = 'quarantined' order by all",
    ]);
    const [standing, told] = answers.splice(-2);
    for (const [index, name] of models.entries()) {
      const [[seen] = [], [run] = [], [published] = []] = answers.slice(3 * index);
      if (JSON.stringify(seen) !== JSON.stringify(whole(name))) complaints.push(`${name} is ${JSON.stringify(seen)}`);
      if (run?.[0] !== published?.[0]) complaints.push(`${name} is of ${run?.[0]}, the ledger says ${published?.[0]}`);
    }
    if (JSON.stringify(standing) !== JSON.stringify(told)) {
      complaints.push(`in quarantine is ${JSON.stringify(standing)}, the ledger says ${JSON.stringify(told)}`);
    }
    return complaints;
  }

  /** What the tables hold, whichever run made it. */
  contents(): Promise<unknown[][][]> {
    return this.#project.queryAll(models.map((name) => `select id, bad from ${name} order by all`));
  }

  /** Relations that nobody needs any more. */
  async leftovers(): Promise<unknown[]> {
    const names = [...models, '__ingot_publications', '__ingot_code_versions'].map((name) => `'${name}'`).join(', ');
    const found = await this.#project.query(
      `select table_name from information_schema.tables where table_name not in (${names})
      and table_name not like '%\\_\\_ingot\\_quarantine\\_%' escape '\\'`,
    );
    return found.flat();
  }
}

const exitCodes: Readonly<Record<Feed, number>> = { good: 0, bad: 1 };

const words = (feed: Feed): string[] => ['build', '--quiet', ...(feed === 'bad' ? ['--vars', 'bad: true'] : [])];
