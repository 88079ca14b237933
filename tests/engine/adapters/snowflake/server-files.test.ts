import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../temporary-folder.ts';
import { type Client, connect, errorOf } from './server/client.ts';
import { startServer, type TestServer } from './server/index.ts';

const folder = temporaryFolder();
let now = new Date('2026-01-01T00:00:00Z');
let server: TestServer;
let client: Client;
beforeAll(async () => {
  server = await startServer({ buckets: { 's3://lake': folder, inbox: folder }, now: () => now });
  client = await connect(server);
});
afterAll(() => server.close());
beforeEach(async () => {
  rmSync(join(folder, 'in'), { recursive: true, force: true });
  now = new Date('2026-01-01T00:00:00Z');
  await rows('create or replace schema analytics.public');
  await rows(
    "create stage landing url = 's3://lake/in/' file_format = (type = csv skip_header = 1 field_optionally_enclosed_by = '\"')",
  );
  await rows('create table t (id int, name varchar)');
});

const rows = (sql: string): Promise<unknown[][]> => client.rows(sql);
const outcome = async (sql: string): Promise<unknown[][]> => (await rows(sql)).map((row) => row.slice(0, 4));
const fails = (sql: string) => errorOf(client.rows(sql));

function drop(path: string, text: string, modified?: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  if (modified) utimesSync(file, new Date(modified), new Date(modified));
}

describe('a stage', () => {
  it('lists files with their bucket, and those of Snowflake’s own with the name of the stage', async () => {
    drop('in/a.csv', 'id,name\n1,x\n');
    drop('in/sub/b.csv', 'id,name\n');
    expect((await rows('list @landing')).map(([name, size]) => [name, size])).toEqual([
      ['s3://lake/in/a.csv', '12'],
      ['s3://lake/in/sub/b.csv', '8'],
    ]);
    expect((await rows("list @analytics.public.landing/sub/ pattern = '.*[.]csv'")).map(([name]) => name)).toEqual([
      's3://lake/in/sub/b.csv',
    ]);
    await rows('create stage inbox');
    expect((await rows('ls @inbox/in/a')).map(([name]) => name)).toEqual(['inbox/in/a.csv']);
    expect((await fails('list @nowhere')).code).toBe('002003');
  });
});

describe('copy into', () => {
  it('loads a file once, and again when its content has changed or it is forced to', async () => {
    drop('in/a.csv', 'id,name\n1,x\n2,"y, ""z"""\n3,\n');
    expect(await outcome('copy into t from @landing')).toEqual([['s3://lake/in/a.csv', 'LOADED', '3', '3']]);
    expect(await rows('select * from t order by id')).toEqual([
      ['1', 'x'],
      ['2', 'y, "z"'],
      ['3', null],
    ]);
    expect(await rows('copy into t from @landing')).toEqual([['Copy executed with 0 files processed.']]);
    await rows("copy into t from @landing files = ('a.csv') force = true");
    expect(await rows('select count(*) from t')).toEqual([['6']]);
    drop('in/a.csv', 'id,name\n4,x\n');
    await rows('copy into t from @landing');
    expect(await rows('select count(*) from t')).toEqual([['7']]);
    await rows('truncate table t');
    await rows('copy into t from @landing');
    expect(await rows('select count(*) from t')).toEqual([['1']]);
  });

  it('forgets after 64 days what it has loaded, and leaves out what it cannot know', async () => {
    drop('in/a.csv', 'id,name\n1,x\n', '2025-12-31');
    await rows('copy into t from @landing');
    now = new Date('2026-03-01');
    expect(await rows('copy into t from @landing')).toHaveLength(1);
    now = new Date('2026-04-01');
    expect(await rows('copy into t from @landing')).toEqual([['Copy executed with 0 files processed.']]);
    await rows('copy into t from @landing load_uncertain_files = true');
    expect(await rows('select count(*) from t')).toEqual([['2']]);
  });

  it('computes columns of fields and of what is known of the file', async () => {
    drop('in/a.json', '{"id": 1, "name": "x"}\n{"id": 2}\n');
    await rows('create table j (id int, name varchar, file varchar, line int)');
    await rows(
      'copy into j (id, name, file, line) from (select $1:id::int, $1:name::varchar, metadata$filename, metadata$file_row_number from @landing) file_format = (type = json)',
    );
    expect(await rows('select * from j order by id')).toEqual([
      ['1', 'x', 'in/a.json', '1'],
      ['2', null, 'in/a.json', '2'],
    ]);
  });

  it('ends at the first error, or leaves out the record or the file, as it is told', async () => {
    drop('in/a.csv', 'id,name\n1,x\nb,y\n');
    drop('in/c.csv', 'id,name\n3,z\n');
    const error = await fails('copy into t from @landing');
    expect(error).toMatchObject({ code: '100038' });
    expect(error.message).toContain("File 's3://lake/in/a.csv', line 3");
    expect(await rows('select count(*) from t')).toEqual([['0']]);
    expect(await outcome('copy into t from @landing on_error = skip_file')).toEqual([
      ['s3://lake/in/a.csv', 'LOAD_FAILED', '2', '0'],
      ['s3://lake/in/c.csv', 'LOADED', '1', '1'],
    ]);
    expect(await outcome('copy into t from @landing on_error = continue')).toEqual([
      ['s3://lake/in/a.csv', 'PARTIALLY_LOADED', '2', '1'],
    ]);
    expect(await rows('select id from t order by id')).toEqual([['1'], ['3']]);
    expect((await fails("copy into t from @landing files = ('none.csv')")).code).toBe('091016');
    drop('in/w.csv', 'id,name\n1,x,9\n');
    expect((await fails("copy into t from @landing files = ('w.csv')")).code).toBe('100080');
  });

  it('belongs to its transaction, and so does what it remembers', async () => {
    drop('in/a.csv', 'id,name\n1,x\n');
    for (const end of ['rollback', 'commit']) {
      await rows('begin');
      await rows('copy into t from @landing');
      await rows(end);
    }
    expect(await rows('select count(*) from t')).toEqual([['1']]);
    expect(
      await rows(
        "select file_name, row_count, status from table(information_schema.copy_history(table_name => 'ANALYTICS.PUBLIC.T', start_time => dateadd(day, -14, current_timestamp())))",
      ),
    ).toEqual([['s3://lake/in/a.csv', '1', 'Loaded']]);
  });
});

describe('an external table', () => {
  it('has the rows of the files that it knew when it was refreshed', async () => {
    drop('in/a.csv', 'id,name\n1,x\n');
    await rows('create file format f type = csv skip_header = 1');
    await rows(
      "create external table e (id int as (value:c1::int), file varchar as (metadata$filename::varchar)) location = @landing/ auto_refresh = false pattern = '.*csv' file_format = (format_name = 'f')",
    );
    drop('in/b.csv', 'id,name\n2,x\n');
    expect(await rows('select id, file from e')).toEqual([['1', 'in/a.csv']]);
    await rows('alter external table e refresh');
    expect(await rows('select id, file from e order by id')).toEqual([
      ['1', 'in/a.csv'],
      ['2', 'in/b.csv'],
    ]);
    await rows('drop external table e');
  });
});

it('a pipe says how it is', async () => {
  await rows('create pipe p auto_ingest = true as copy into t from @landing');
  expect(JSON.parse(String((await rows("select system$pipe_status('analytics.public.p')"))[0]?.[0]))).toMatchObject({
    executionState: 'RUNNING',
  });
  server.setPipe('analytics.public.p', { executionState: 'PAUSED' });
  expect((await rows("select system$pipe_status('p')"))[0]?.[0]).toContain('PAUSED');
  expect((await fails("select system$pipe_status('q')")).code).toBe('002003');
});
