import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../temporary-folder.ts';
import { createProject, type TestProject } from './project.ts';
import { type Client, connect } from './server/client.ts';
import { type Fault, startServer, type TestServer } from './server/index.ts';

// What a reader sees after each statement of a build that comes to an end between any two of them. Processes that are
// killed in earnest, and each fault at each statement, are bench/snowflake/kill.mjs.

const lake = temporaryFolder();
let server: TestServer;
let project: TestProject;
let reader: Client;
let readerSession: number;

const files = {
  'seeds/raw_sales.csv':
    'id,amount,sold_at\n1,10,2024-03-01 10:00:00\n2,20,2024-03-01 12:00:00\n3,5,2024-03-02 00:00:00\n',
  'models/sales.sql': [
    "{{ config(materialized='incremental', publish='after_tests',",
    "     partitions={'time': 'day', 'column': 'sold_at', 'start': '2024-03-01', 'end': '2024-03-03'}) }}",
    "select id, amount + {{ var('more', 0) }} as amount, sold_at from {{ ref('raw_sales') }}",
    "where {{ partition.filter('sold_at') }}",
    '',
  ].join('\n'),
  'models/models.yml': [
    'models:',
    '  - {name: sales, columns: [{name: amount, data_tests: [{not_null: {config: {where: "amount < 90 or amount is null"}}}]}]}',
    'sources:',
    '  - name: feeds',
    '    schema: shop',
    '    tables:',
    '      - name: pos',
    '        config: {meta: {external_location: "@analytics.public.landing/"}}',
    '        external: {file_format: (type = csv)}',
    '        columns: [{name: id, data_type: integer}, {name: amount, data_type: integer}]',
    '',
  ].join('\n'),
  'models/copied.sql': "select id, amount from {{ source('feeds', 'pos') }}\n",
};

beforeAll(async () => {
  server = await startServer({ buckets: { 's3://lake': lake } });
  project = createProject({ server, files });
  reader = await connect(server);
  readerSession = Number((await reader.rows('select current_session()'))[0]?.[0]);
  await reader.rows("create stage analytics.public.landing url = 's3://lake'");
  writeFileSync(join(lake, 'a.csv'), '1,10\n2,20\n');
  expect(await project.run('build')).toMatchObject({ exit: 0 });
}, 60_000);
afterAll(async () => {
  await reader.close();
  await server.close();
  project.remove();
});
beforeEach(() => {
  server.log.watch = undefined;
  server.faults.clear();
});

const read = async (table: string): Promise<string> =>
  (await reader.rows(`select id, amount from analytics.shop.${table} order by id, amount`))
    .map((row) => row.join(':'))
    .join(' ');

/** Runs a build, and tells all that a reader has seen of a table, each once. */
async function seenDuring(
  table: string,
  ...words: readonly string[]
): Promise<{ readonly exit: number; readonly seen: readonly string[] }> {
  const seen = [await read(table)];
  server.log.watch = async ({ session }) => {
    if (session === readerSession) return;
    const now = await read(table);
    if (now !== seen.at(-1)) seen.push(now);
  };
  const { exit } = await project.run(...words);
  server.log.watch = undefined;
  server.faults.clear();
  return { exit, seen };
}

/** The statements of a build that goes well. */
async function statementsOf(...words: readonly string[]): Promise<readonly string[]> {
  server.log.clear();
  await project.run(...words);
  return server.log.statements.filter(({ session }) => session !== readerSession).map(({ sql }) => sql);
}

const rowsWith = (more: number): string => `1:${10 + more} 2:${20 + more} 3:5`;
const build = (more: string | number): string[] => [
  'build',
  '--quiet',
  '-s',
  'sales',
  '--partition',
  '2024-03-01',
  '--vars',
  `{more: ${more}}`,
];

/** Each build wants other rows than the one before it, so that it is seen whether they came. */
let last = 0;

async function expectWhole(fault: Fault, when: Parameters<TestServer['faults']['order']>[1]): Promise<void> {
  const before = rowsWith(last);
  const after = rowsWith(last + 1);
  const ordered = server.faults.order(fault, when);
  const { seen } = await seenDuring('sales', ...build(last + 1));
  expect({ when, met: ordered.met > 0 }).toEqual({ when, met: true });
  expect({
    when,
    fault,
    seen: [[before], [before, after]].some((allowed) => allowed.join() === seen.join()) ? 'whole' : seen,
  }).toEqual({ when, fault, seen: 'whole' });
  const again = await seenDuring('sales', ...build(last + 1));
  expect({ when, ...again }).toEqual({ when, exit: 0, seen: seen.at(-1) === after ? [after] : [before, after] });
  last += 1;
}

describe('a partition that is published after its tests', () => {
  test('is whole to every reader when the client is gone between any two statements of its publication, and the next build mends it', async () => {
    last += 1;
    const statements = await statementsOf(...build(last));
    const publishes = statements.indexOf('begin') + 1;
    expect(statements.slice(publishes).filter((sql) => sql === 'commit')).toHaveLength(1);
    const inPublication = process.env.INGOT_EVERY_STATEMENT ? [1, 2, 3, 4, 5] : [2, 5];
    for (const nth of inPublication.map((more) => publishes + more)) {
      await expectWhole({ kind: 'session-gone' }, { nth, times: Number.POSITIVE_INFINITY, except: readerSession });
    }
  }, 120_000);

  test.each<readonly [Fault['kind'], string, RegExp]>([
    ['lock-timeout', 'the delete', /^delete from analytics\.shop\.sales/],
    ['drop-after', 'the insert', /^insert into analytics\.shop\.sales/],
    ['credits-exhausted', 'the note', /^insert into analytics\.shop\.__ingot_publications/],
    ['drop-after', 'the commit', /^commit/],
  ])(
    'is whole to every reader with %s at %s',
    async (kind, _, sql) => {
      await expectWhole({ kind } as Fault, { sql });
    },
    120_000,
  );

  test('is never seen when its tests find fault with it, whatever else goes wrong', async () => {
    for (const nth of [0, 6]) {
      if (nth > 0) server.faults.order({ kind: 'session-gone' }, { nth, except: readerSession });
      const { exit, seen } = await seenDuring('sales', ...build('null'));
      expect({ nth, exit, seen }).toEqual({ nth, exit: 1, seen: [rowsWith(last)] });
    }
  }, 60_000);
});

test('a table that is released from quarantine is published once more where nobody could note that it was', async () => {
  project.write({
    'models/whole.sql':
      "{{ config(materialized='table', publish='after_tests') }} select 1 as id, {{ var('more', 1) }} as amount\n",
    'models/whole.yml':
      'models: [{name: whole, columns: [{name: amount, data_tests: [{accepted_values: {arguments: {values: [1]}}}]}]}]\n',
  });
  expect(await project.run('build', '-s', 'whole')).toMatchObject({ exit: 0 });
  expect(await project.run('build', '-s', 'whole', '--vars', '{more: 2}')).toMatchObject({ exit: 1 });
  const release = ['quarantine', 'release', 'whole'];
  const note = /^insert into analytics\.shop\.__ingot_publications/i;
  server.faults.order({ kind: 'session-gone' }, { sql: note, times: Number.POSITIVE_INFINITY, except: readerSession });
  expect(await seenDuring('whole', ...release)).toEqual({ exit: 1, seen: ['1:1', '1:2'] });
  expect(await seenDuring('whole', ...release)).toEqual({ exit: 0, seen: ['1:2'] });
}, 60_000);

describe('the files of a source', () => {
  test('are there once and whole when the client is gone in the middle of their transaction, and the next build loads the rest', async () => {
    const load = ['run', '--quiet', '-s', 'copied'];
    writeFileSync(join(lake, 'a.csv'), '1,11\n2,11\n');
    const statements = await statementsOf(...load);
    const [begun, ended] = ['begin', 'commit'].map((sql) => statements.indexOf(sql) + 1);
    expect((ended ?? 0) - (begun ?? 0)).toBe(5);
    for (let nth = (begun ?? 1) + 1; nth <= (ended ?? 0); nth += 2) {
      const before = await read('pos');
      writeFileSync(join(lake, 'a.csv'), `1,${nth}\n2,${nth}\n`);
      writeFileSync(join(lake, `b${nth}.csv`), `${100 + nth},3\n`);
      server.faults.order({ kind: 'session-gone' }, { nth, times: Number.POSITIVE_INFINITY, except: readerSession });
      const { seen } = await seenDuring('pos', ...load);
      expect(await project.run(...load)).toMatchObject({ exit: 0 });
      const after = await read('pos');
      expect(after).toContain(`1:${nth} 2:${nth}`);
      expect(after.split(' ')).toHaveLength(before.split(' ').length + 1);
      expect(seen.filter((state) => state !== before && state !== after)).toEqual([]);
    }
  }, 120_000);
});
