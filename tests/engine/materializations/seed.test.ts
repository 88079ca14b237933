import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Json } from '../../../src/core/index.ts';
import seed from '../../../src/materializations/seed.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { type Build, build, useBench } from './harness.ts';

const bench = useBench();
const folder = temporaryFolder();
const seedFile = join(folder, 'm.csv');
const m = '"memory"."main"."m"';

const run = (text: string, config: Record<string, Json> = {}, more: Partial<Build> = {}) => {
  writeFileSync(seedFile, text);
  return build(seed, bench, { ...more, config: { materialized: 'seed', ...config }, context: { seedFile } });
};
const content = () => bench.rows('from m');

beforeEach(async () => {
  const found = await bench.existing('m');
  if (found) await bench.given(`drop ${found.type} m`);
});

test('first run: makes the table and loads the file in one transaction', async () => {
  const { statements, result } = await run('id,name\n1,x\n2,y\n');
  expect(statements).toEqual([
    'begin',
    `create or replace table ${m} (\n  "id" integer,\n  "name" varchar\n)`,
    'commit',
  ]);
  expect(result).toMatchObject({ message: 'INSERT 2', rowsAffected: 2, relations: [{ type: 'table' }] });
  expect(await content()).toEqual([
    [1, 'x'],
    [2, 'y'],
  ]);
});

test('again: the table keeps its columns and gets the new rows', async () => {
  await run('id,name\n1,x\n');
  const { statements, result } = await run('id,name\n7,z\n');
  expect(statements).toEqual(['begin', `truncate table ${m}`, 'commit']);
  expect(result.message).toBe('INSERT 1');
  expect(await content()).toEqual([[7, 'z']]);
});

test('new columns need a full refresh; without it the old rows stay', async () => {
  await run('id,name\n1,x\n');
  const refused = (message: string) => ({
    diagnostics: [{ code: 'seed/other-columns', message, hint: expect.stringContaining('--full-refresh') }],
  });
  await expect(run('id,name,more\n1,x,2\n')).rejects.toMatchObject(
    refused("'m.csv' has other columns than the table (new: more)"),
  );
  await expect(run('id,more\n1,2\n')).rejects.toMatchObject(
    refused("'m.csv' has other columns than the table (new: more; gone: name)"),
  );
  expect(await content()).toEqual([[1, 'x']]);
  const { result } = await run('id,name,more\n1,x,2\n', {}, { fullRefresh: true });
  expect(result.message).toBe('CREATE 1');
  expect(await content()).toEqual([[1, 'x', 2]]);
});

test('columns may change their places and letter case', async () => {
  await run('first,last\na,b\n');
  await run('LAST,first\nd,c\n');
  expect(await content()).toEqual([['c', 'd']]);
});

test('a value that does not fit the table says that a full refresh makes it anew', async () => {
  await run('id\n1\n');
  const hint = expect.stringContaining('--full-refresh');
  await expect(run('id\nx\n')).rejects.toMatchObject({ diagnostics: [{ code: 'seed/bad-csv', hint }] });
  expect(await content()).toEqual([[1]]);
});

test('a line that cannot be read leaves the old rows, and names file and line', async () => {
  await run('id\n1\n');
  const failure = await run('id\n1\nsoon\n', { column_types: { id: 'integer' } }, { fullRefresh: true }).catch(
    (thrown) => thrown,
  );
  expect(failure.diagnostics).toMatchObject([
    {
      code: 'seed/bad-csv',
      message: expect.stringMatching(/^Line 3 of 'm\.csv' could not be read: Error when converting/),
      span: { file: 'models/m.sql' },
    },
  ]);
  expect(await content()).toEqual([[1]]);
});

test('delimiter, column_types and quote_columns', async () => {
  const config = { delimiter: ';', column_types: { id: 'bigint' }, quote_columns: false };
  const { statements } = await run('id;Words\n1;x,y\n', config);
  expect(statements[1]).toBe(`create or replace table ${m} (\n  id bigint,\n  Words varchar\n)`);
  expect(await content()).toEqual([[1, 'x,y']]);
});

test('blanks around a name that is not quoted are no part of it, in a new table and in one that is there', async () => {
  for (const rows of ['1,x', '2,y']) {
    await run(`id, word\n${rows}\n`, { quote_columns: false });
    expect(await bench.rows('from (select word from m)')).toEqual([[rows.slice(2)]]);
  }
});

test('hooks are part of it', async () => {
  const { statements } = await run('id\n1\n', {}, { postHooks: [['update m set id = 5', true]] });
  expect(statements.slice(-2)).toEqual(['update m set id = 5', 'commit']);
  expect(await content()).toEqual([[5]]);
});

test('a view in the way is refused, as in dbt', async () => {
  await bench.given('create view m as select 1 as id');
  await expect(run('id\n1\n')).rejects.toThrow(`Cannot seed to '${m}', it is a view`);
});

test('an empty file is refused', async () => {
  const failure = await run('').catch((thrown) => thrown);
  expect(failure.diagnostics).toMatchObject([{ code: 'seed/empty-file', span: { file: 'models/m.sql' } }]);
});

test('a delimiter has to be one character', async () => {
  await expect(run('id\n1\n', { delimiter: '||' })).rejects.toThrow(/'delimiter' of a seed must be one character/);
});
