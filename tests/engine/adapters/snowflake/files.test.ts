import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../temporary-folder.ts';
import { createProject, type TestProject } from './project.ts';
import { type Client, connect } from './server/client.ts';
import { startServer, type TestServer } from './server/index.ts';

const lake = temporaryFolder();
let server: TestServer;
let client: Client;
let project: TestProject;

beforeAll(async () => {
  server = await startServer({ buckets: { 's3://lake': lake } });
  client = await connect(server);
}, 60_000);
afterAll(() => server.close());
beforeEach(async () => {
  server.faults.clear();
  server.log.clear();
  rmSync(join(lake, 'pos'), { recursive: true, force: true });
  for (const name of ['raw', 'shop']) await client.rows(`drop schema if exists analytics.${name}`);
  await client.rows('create schema analytics.raw');
  await client.rows("create stage analytics.raw.landing url = 's3://lake'");
  project?.remove();
  project = createProject({ server, files: bronze() });
});
afterAll(() => project.remove());

function bronze(external: readonly string[] = []): Record<string, string> {
  return {
    'models/sources.yml': [
      'sources:',
      '  - name: feeds',
      '    schema: raw',
      '    tables:',
      '      - name: pos',
      '        config:',
      '          meta: {external_location: "@analytics.raw.landing/pos/"}',
      '          freshness: {warn_after: {count: 1, period: day}}',
      '        external:',
      `          file_format: "(type = csv skip_header = 1)"`,
      ...external.map((line) => `          ${line}`),
      '        columns:',
      '          - {name: id, data_type: integer}',
      '          - {name: amount, data_type: "number(10,2)", data_tests: [not_null]}',
      '',
    ].join('\n'),
    'models/sales.sql': "{{ config(materialized='table') }}\nselect id, amount from {{ source('feeds', 'pos') }}\n",
  };
}

function drop(name: string, ...lines: readonly string[]): void {
  const file = join(lake, 'pos', name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, ['id,amount', ...lines, ''].join('\n'));
}

const sales = async (): Promise<unknown> =>
  (await client.rows('select * from analytics.shop.sales order by 1, 2')).map((row) => row.join(' '));
const sent = (about: RegExp): string[] =>
  server.log
    .sql()
    .map((sql) => sql.replace(/\s+/g, ' '))
    .filter((sql) => about.test(sql));

describe('the files of a stage', () => {
  test('are loaded before what reads them, each once, and what has changed takes the place of what it was', async () => {
    drop('a.csv', '1,1.50');
    drop('b.csv', '2,2.00', '3,3.00');
    const first = await project.run('build');
    expect(first).toMatchObject({ exit: 0 });
    expect(first.output).toContain('OK loaded source feeds.pos');
    expect(first.output).toContain('[LOAD 3 from 2 files');
    expect(await sales()).toEqual(['1 1.50', '2 2.00', '3 3.00']);
    server.log.clear();
    expect((await project.run('build')).output).toContain('[LOAD 0 from 0 files');
    expect(sent(/raw\.pos|landing|loaded_files/).map((sql) => sql.split(' ', 2).join(' '))).toEqual([
      ...['select file,', 'list @analytics.raw.landing/pos/'],
      ...['describe table', 'select count(*)', 'create or'],
    ]);
    drop('a.csv', '1,1.75');
    drop('c.csv', '4,4.00');
    expect(await project.run('build')).toMatchObject({ exit: 0 });
    expect(await sales()).toEqual(['1 1.75', '2 2.00', '3 3.00', '4 4.00']);
    expect(project.read('target/run_results.json')).not.toContain('source.shop');
  }, 60_000);

  test('that stop a build leave nothing of themselves, and what reads them is not built', async () => {
    drop('a.csv', '1,1.50', 'x,2.00');
    const { exit, output } = await project.run('build');
    expect(exit).toBe(1);
    expect(output).toContain("Numeric value 'x' is not recognized");
    expect(output).toContain('models/sources.yml');
    expect(output).toContain('SKIP relation shop.sales');
    expect(await client.rows('select count(*) from analytics.raw.pos')).toEqual([['0']]);
    drop('a.csv', '1,1.50');
    expect(await project.run('retry')).toMatchObject({ exit: 0 });
    expect(await sales()).toEqual(['1 1.50']);
  }, 60_000);

  test('that cannot be read are left out where the source allows it, tried again, and leave what was there of them', async () => {
    project.write(bronze(['on_error: skip_file', "pattern: '.*[.]csv'"]));
    drop('a.csv', 'x,1.50');
    drop('b.csv', '2,2.00');
    drop('notes.txt', 'z');
    const { exit, output } = await project.run('build');
    expect(exit).toBe(0);
    expect(output).toContain('snowflake/file-errors');
    expect(output).toContain("'s3://lake/pos/a.csv' was left out");
    drop('a.csv', '1,1.50');
    expect((await project.run('build')).output).toContain('[LOAD 1 from 1 file');
    expect(await sales()).toEqual(['1 1.50', '2 2.00']);
    drop('a.csv', 'y,9.00');
    drop('c.csv', '3,3.00');
    expect((await project.run('build')).output).toContain('[LOAD 1 from 1 file');
    expect(await sales()).toEqual(['1 1.50', '2 2.00', '3 3.00']);
  }, 60_000);

  test('are loaded once when somebody else has loaded them, when all is built again, and when the table is gone', async () => {
    drop('a.csv', '1,1.50');
    await client.rows(
      'create table analytics.raw.pos (id int, amount number(10,2), metadata_filename varchar, metadata_file_row_number int, _dbt_copied_at timestamp_ntz)',
    );
    await client.rows("insert into analytics.raw.pos select 1, 9, 'pos/a.csv', 1, null");
    expect(await project.run('build')).toMatchObject({ exit: 0 });
    expect(await sales()).toEqual(['1 1.50']);
    expect((await project.run('build', '--full-refresh')).output).toContain('[LOAD 1 from 1 file');
    await client.rows('drop table analytics.raw.pos');
    expect((await project.run('run')).output).toContain('[LOAD 1 from 1 file');
    expect(await sales()).toEqual(['1 1.50']);
  }, 60_000);

  test('come from a stage, by a format, that are made where the source asks for it and they are not there', async () => {
    await client.rows('drop stage analytics.raw.landing');
    const asked = bronze([
      'create_stage: "(url = \'s3://lake\')"',
      'create_file_format: "(type = csv skip_header = 1)"',
    ]);
    const written = asked['models/sources.yml'] ?? '';
    project.write({
      'models/sources.yml': written.replace(
        'file_format: "(type = csv skip_header = 1)"\n',
        'file_format: analytics.raw.plain\n',
      ),
    });
    drop('a.csv', '1,2.50');
    for (const _ of ['first', 'again']) expect(await project.run('build')).toMatchObject({ exit: 0 });
    expect(await client.rows('select id, amount from analytics.raw.pos')).toHaveLength(1);
    const made = server.log.sql().filter((sql) => /^create (stage|file format) if/.test(sql));
    expect(made.map((sql) => sql.replace(/\s+/g, ' ').replace(/ \/\*.*/, ''))).toEqual([
      "create stage if not exists analytics.raw.landing url = 's3://lake'",
      'create file format if not exists analytics.raw.plain type = csv skip_header = 1',
    ]);
    const without = written
      .replace(/ {8}columns:[\s\S]*/, '')
      .replace('        external:', '        external:\n          infer_schema: true');
    project.write({ 'models/sources.yml': without });
    const refused = await project.run('build', '--full-refresh');
    expect(refused.output).toContain(
      "'external.infer_schema' of source.shop.feeds.pos needs a 'file_format' that is a name",
    );
  }, 60_000);

  test('can be read as an external table', async () => {
    project.write(bronze(['materialized: external_table']));
    drop('a.csv', '1,1.50');
    const first = await project.run('build');
    expect(first.output).toContain('OK loaded source feeds.pos');
    drop('b.csv', '2,2.00');
    expect(await project.run('build')).toMatchObject({ exit: 0 });
    expect(sent(/external table/).map((sql) => sql.split(' (')[0])).toEqual([
      'create external table analytics.raw.pos',
      'alter external table analytics.raw.pos refresh',
    ]);
    expect(await sales()).toEqual(['1 1.50', '2 2.00']);
  }, 60_000);

  test('are left alone by a test, by models that do not read them, and by a target that reads no stages', async () => {
    project.write({ 'models/other.sql': "select id from {{ ref('sales') }}\n" });
    expect((await project.run('run', '-s', 'other')).output).not.toContain('source feeds.pos');
    expect((await project.run('test')).output).not.toContain('source feeds.pos');
    expect(sent(/copy into|list @/)).toEqual([]);
    const onFile = await project.run('build', '--target', 'duck');
    expect(onFile.output).not.toContain('loaded source');
  }, 60_000);
});

describe('the freshness of a source', () => {
  const asked = async (): Promise<string> => (await project.run('source', 'freshness')).output;

  test('is known by what was copied into it, with what could not be', async () => {
    drop('a.csv', '1,1.50');
    expect(await project.run('build')).toMatchObject({ exit: 0 });
    drop('b.csv', 'x,2.00');
    await client.rows(
      'copy into analytics.raw.pos (id, amount) from (select $1, $2 from @analytics.raw.landing/pos/) file_format = (type = csv skip_header = 1) on_error = skip_file',
    );
    const output = await asked();
    expect(output).toContain('PASS freshness of feeds.pos');
    expect(output).toContain('1 files could not be loaded');
    expect(sent(/copy_history/)).toHaveLength(1);
  }, 60_000);

  test('is known by its pipe, with what is wrong with that', async () => {
    project.write(bronze(['pipe: analytics.raw.arrivals']));
    drop('a.csv', '1,1.50');
    await client.rows('create table analytics.raw.pos (id int, amount number(10,2))');
    await client.rows(
      'create pipe analytics.raw.arrivals as copy into analytics.raw.pos from @analytics.raw.landing/pos/',
    );
    server.setPipe('analytics.raw.arrivals', {
      executionState: 'PAUSED',
      lastIngestedTimestamp: '2026-01-01T00:00:00.000Z',
    });
    const output = await asked();
    expect(output).toContain('WARN freshness of feeds.pos');
    expect(output).toContain('alter pipe analytics.raw.arrivals set pipe_execution_paused = false');
    expect(await project.run('build')).toMatchObject({ exit: 0 });
    expect(sent(/^copy into|^list/)).toEqual([]);
  }, 60_000);

  test('is known by when the table was changed, where nothing else is', async () => {
    await client.rows('create table analytics.raw.pos (id int, amount number(10,2))');
    project.write({ 'models/sources.yml': project.read('models/sources.yml').replace(/ +meta: .*\n/, '') });
    expect(await asked()).toContain('PASS freshness of feeds.pos');
    await client.rows('drop table analytics.raw.pos');
    expect(await asked()).toContain('WARN freshness of feeds.pos');
  }, 60_000);
});
