import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import duckdb from '../../../../src/adapters/duckdb/index.ts';
import { openProblem } from '../../../../src/adapters/duckdb/open-problems.ts';
import { Problem } from '../../../../src/core/index.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const folder = temporaryFolder();
const root = fileURLToPath(new URL('../../../..', import.meta.url));

async function problemOf(path: string, more: Record<string, string> = {}) {
  const thrown = await duckdb.connect({ type: 'duckdb', path, config_options: more }, { threads: 1 }).then(
    async (warehouse) => {
      await warehouse.close();
      return undefined;
    },
    (failure: unknown) => failure,
  );
  expect(thrown).toBeInstanceOf(Problem);
  return (thrown as Problem).diagnostics[0];
}

/** A process of its own that has the file open. */
function holdOpen(path: string): Promise<ChildProcess> {
  const script = `
    const { DuckDBInstance } = await import('@duckdb/node-api');
    globalThis.instance = await DuckDBInstance.create(${JSON.stringify(path)});
    console.log('open');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: root });
  return new Promise((resolve, reject) => {
    child.stdout.once('data', () => resolve(child));
    child.once('exit', () => reject(new Error('the holder ended')));
  });
}

test('a locked file names the process that has it, and says what to do', async () => {
  const path = join(folder, 'locked.duckdb');
  const holder = await holdOpen(path);
  try {
    const problem = await problemOf(path);
    expect(problem).toMatchObject({ code: 'duckdb/locked', severity: 'error' });
    expect(problem?.message).toContain(`process ${holder.pid}`);
    expect(problem?.message).toContain('--input-type=module');
    expect(problem?.message).toContain(path);
    expect(problem?.hint).toContain('run again');
  } finally {
    holder.removeAllListeners('exit');
    holder.kill('SIGKILL');
  }
});

test('a locked attached file is named too', async () => {
  const path = join(folder, 'attached.duckdb');
  const holder = await holdOpen(path);
  try {
    const output = { type: 'duckdb', path: ':memory:', attach: [{ path, alias: 'other' }] };
    const thrown = await duckdb.connect(output, { threads: 1 }).catch((failure: Problem) => failure);
    expect((thrown as Problem).diagnostics[0]).toMatchObject({ code: 'duckdb/locked' });
    expect((thrown as Problem).message).toContain(path);
  } finally {
    holder.removeAllListeners('exit');
    holder.kill('SIGKILL');
  }
});

test('something else than a database', async () => {
  const path = join(folder, 'not-a-database.duckdb');
  writeFileSync(path, 'once upon a time '.repeat(2000));
  expect(await problemOf(path)).toMatchObject({ code: 'duckdb/corrupt' });
});

test('a database of which the end is missing', async () => {
  const path = join(folder, 'cut.duckdb');
  const warehouse = await duckdb.connect({ type: 'duckdb', path }, { threads: 1 });
  await (await warehouse.openSession()).execute('create table t as select range as x from range(1000)');
  await warehouse.close();
  truncateSync(path, 20_000);
  expect(await problemOf(path)).toMatchObject({ code: 'duckdb/corrupt' });
});

test('a damaged database', async () => {
  const path = join(folder, 'damaged.duckdb');
  const warehouse = await duckdb.connect({ type: 'duckdb', path }, { threads: 1 });
  await (await warehouse.openSession()).execute('create table t as select 1 as x');
  await warehouse.close();
  const { openSync, writeSync, closeSync } = await import('node:fs');
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(64, 7), 0, 64, 0);
  closeSync(file);
  expect(await problemOf(path)).toMatchObject({ code: 'duckdb/corrupt' });
});

test('a folder', async () => {
  const path = join(folder, 'folder.duckdb');
  mkdirSync(path);
  expect(await problemOf(path)).toMatchObject({ code: 'duckdb/folder', hint: expect.stringContaining('path') });
});

test('a folder that cannot be made', async () => {
  writeFileSync(join(folder, 'file'), '');
  expect(await problemOf(join(folder, 'file/below/a.duckdb'))).toMatchObject({ code: 'duckdb/no-folder' });
});

test('a folder that cannot be written', async () => {
  const readOnly = join(folder, 'read-only');
  mkdirSync(readOnly);
  chmodSync(folder, 0o755);
  chmodSync(readOnly, 0o555);
  const isRoot = process.geteuid?.() === 0;
  // Permissions do not hold for root.
  if (isRoot) process.seteuid?.(65534);
  try {
    expect(await problemOf(join(readOnly, 'a.duckdb'))).toMatchObject({ code: 'duckdb/not-writable' });
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
});

test('a setting that DuckDB does not have', async () => {
  expect(await problemOf(':memory:', { nonsense: 'true' })).toMatchObject({
    code: 'duckdb/setting',
    message: expect.stringContaining('nonsense'),
    at: ['config_options', 'nonsense'],
  });
});

test('a session has the settings of the target, be it the first or not', async () => {
  const warehouse = await duckdb.connect({ path: ':memory:', settings: { TimeZone: 'Asia/Tokyo' } }, { threads: 2 });
  for (const session of [await warehouse.openSession(), await warehouse.openSession()]) {
    expect((await session.query("select current_setting('TimeZone')")).rows).toEqual([['Asia/Tokyo']]);
  }
  await warehouse.close();
});

test('a file of another database is called so, whatever DuckDB says of the extension that reads it', async () => {
  const failure = new Error('IO Error: Failed to download extension "sqlite_scanner" at URL "http://x"');
  expect(await openProblem(failure, '/x.db')).toMatchObject({
    code: 'duckdb/extension',
    message: expect.stringContaining(
      "'/x.db' is no DuckDB file: the extension that reads it could not be loaded (sqlite_scanner)",
    ),
  });
});

test.each([
  ['IO Error: Could not write file "/x.duckdb": No space left on device', 'duckdb/disk-full'],
  ['IO Error: Cannot open file "/x.duckdb": Read-only file system', 'duckdb/not-writable'],
  [
    'IO Error: Trying to read a database file with version number 99, but we can only read versions between 64 and 67.\nThe database file was created with a newer version of DuckDB.',
    'duckdb/version',
  ],
  ['IO Error: Failed to download extension "spatial" at URL "http://x"', 'duckdb/extension'],
  ['Something Error: else', 'duckdb/open'],
])('%j becomes %s', async (text, code) => {
  expect(await openProblem(new Error(text), '/x.duckdb')).toMatchObject({ code, severity: 'error', at: ['path'] });
});
