import { cpSync } from 'node:fs';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { buildProgram, Project, statementsToKillAt } from './ingot-process.ts';

beforeAll(buildProgram, 120_000);

const projects: Project[] = [];
afterEach(() => {
  for (const project of projects.splice(0)) project.remove();
});

/** Everything that can change at once: rows that change, go and come, and a new column. The time stands still. */
const files = {
  'models/_sources.yml': 'sources: [{name: shop, schema: main, tables: [{name: items}]}]',
  'macros/time.sql': `{% macro snapshot_get_time() %}cast('{{ var('now') }}' as timestamp){% endmacro %}`,
  'snapshots/_snapshots.yml': `snapshots:
  - name: item_versions
    relation: source('shop', 'items')
    config: {unique_key: id, strategy: check, check_cols: all, hard_deletes: new_record, publish: after_tests, post-hook: "insert into taken values ('{{ var('now') }}')"}
    columns: [{name: name, data_tests: [not_null]}]
`,
};
const before = [
  "create table items as select range as id, 'item ' || range as name from range(100)",
  'create table taken (moment varchar)',
];
const changes = [
  'delete from items where id < 10',
  "update items set name = name || '!' where id between 20 and 30",
  "insert into items values (200, 'new')",
  'alter table items add column price integer default 5',
];

it('a first snapshot killed before one of its statements, and taken again, is as if nothing had happened', async () => {
  const base = await newProject();
  await base.change(...before);
  await killAtStatements(base, '2024-05-01');
}, 300_000);

it('the same for one that finds changes', async () => {
  const base = await newProject();
  await base.change(...before);
  expect(await base.run('snapshot', '--vars', 'now: "2024-05-01"')).toMatchObject({ exit: 0 });
  await base.change(...changes);
  await killAtStatements(base, '2024-05-02');
}, 300_000);

it('the same for one that is published after its tests', async () => {
  const base = await newProject();
  await base.change(...before);
  expect(await base.run('build', '--vars', 'now: "2024-05-01"')).toMatchObject({ exit: 0 });
  await base.change(...changes);
  await killAtStatements(base, '2024-05-02', 'build');
}, 300_000);

async function killAtStatements(base: Project, now: string, command = 'snapshot'): Promise<void> {
  const words = [command, '--vars', `now: "${now}"`];
  const undisturbed = await newProject(base);
  const counting = undisturbed.startWith(['--import', hook('')], ...words);
  expect(await counting.ended(), counting.output).toBe(0);
  const statements = Number(/statements: (\d+)/.exec(counting.output)?.[1]);
  expect(statements).toBeGreaterThan(8);
  const [untouched, wanted] = [await contents(base), await contents(undisturbed)];
  const numbers = statementsToKillAt(statements);
  const killedAt = async (number: number): Promise<void> => {
    const project = await newProject(base);
    const killed = project.startWith(['--import', hook(`?at=${number}`)], ...words);
    expect(await killed.ended(), `statement ${number}\n${killed.output}`).toBe(137);
    // What the hook wrote and the versions are of one transaction.
    const left = await contents(project);
    expect([untouched, wanted], `killed before statement ${number}`).toContainEqual(left);
    const again = await project.run(...words);
    expect(again.exit, `after statement ${number}\n${again.output}`).toBe(0);
    const { versions } = await contents(project);
    expect(versions, `killed before statement ${number}`).toEqual(wanted.versions);
    project.remove();
  };
  const lane = async (): Promise<void> => {
    for (let number = numbers.shift(); number !== undefined; number = numbers.shift()) await killedAt(number);
  };
  await Promise.all([lane(), lane()]);
}

interface Contents {
  /** Empty where there is no table. */
  readonly versions: unknown[][];
  readonly taken: unknown[][];
}

async function contents(project: Project): Promise<Contents> {
  const [taken = [], there = []] = await project.queryAll([
    'select * from taken',
    "select 1 from duckdb_tables() where table_name = 'item_versions'",
  ]);
  return { versions: there.length > 0 ? await project.query('select * from item_versions order by all') : [], taken };
}

async function newProject(base?: Project): Promise<Project> {
  const project = new Project(files);
  projects.push(project);
  if (base) cpSync(base.path('warehouse.duckdb'), project.path('warehouse.duckdb'));
  return project;
}

const hook = (query: string): string => new URL(`./kill-at-statement.mjs${query}`, import.meta.url).href;
