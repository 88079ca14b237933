import { describe, expect, test } from 'vitest';
import duckdb from '../../../../src/adapters/duckdb/index.ts';
import type { Json } from '../../../../src/core/index.ts';

const resolve = (output: Record<string, Json>) => duckdb.resolveTarget({ type: 'duckdb', ...output }, '/project');

describe('resolveTarget of a DuckDB output', () => {
  test('fills in dbt-duckdb’s defaults', () => {
    expect(resolve({})).toMatchObject({
      database: 'memory',
      schema: 'main',
      diagnostics: [],
      visible: {
        type: 'duckdb',
        database: 'memory',
        schema: 'main',
        path: ':memory:',
        external_root: '.',
        plugins: null,
      },
    });
  });

  test.each([
    ['warehouse.duckdb', 'warehouse'],
    ['data/my.db.duckdb', 'my'],
    ['/abs/.hidden.duckdb', 'hidden'],
    ['plain', 'plain'],
  ])('names the database of %s %s, as DuckDB does', (path, database) => {
    expect(resolve({ path }).database).toBe(database);
  });

  test('makes a relative path absolute below the project, but shows it as it was written', () => {
    const target = resolve({ path: 'target/dev.duckdb', attach: [{ path: 'other.duckdb', alias: 'o' }] });
    expect(target.output).toMatchObject({
      path: '/project/target/dev.duckdb',
      attach: [{ path: '/project/other.duckdb', alias: 'o' }],
    });
    expect(target.visible.path).toBe('target/dev.duckdb');
  });

  test('leaves a path with a scheme alone', () => {
    expect(resolve({ attach: [{ path: 's3://bucket/x.duckdb' }] }).output.attach).toEqual([
      { path: 's3://bucket/x.duckdb' },
    ]);
  });

  test('files are looked for in the project, unless the output says where', () => {
    expect(resolve({}).output.config_options).toEqual({ file_search_path: '/project' });
    expect(resolve({ config_options: { file_search_path: '/data' } }).output.config_options).toEqual({
      file_search_path: '/data',
    });
    expect(duckdb.resolveTarget({}, '/a,b').output.config_options).toEqual({});
  });

  test('does not show what may be a secret', () => {
    const target = resolve({
      settings: { s3_region: 'eu', s3_secret_access_key: 'hush' },
      secrets: [{ type: 's3', secret: 'hush' }],
      config_options: { motherduck_token: 'hush', threads: 2 },
    });
    expect(JSON.stringify(target.visible)).not.toContain('hush');
    expect(target.visible).toMatchObject({ settings: { s3_region: 'eu' }, config_options: { threads: 2 } });
  });

  test.each([
    [{ plugins: [{ module: 'excel' }] }, 'plugins'],
    [{ filesystems: [{ fs: 's3' }] }, 'filesystems'],
    [{ remote: { host: 'h', port: 1, user: 'u' } }, 'remote'],
    [{ path: 'md:my_db' }, 'md:'],
  ])('says that %j is not supported', (output, word) => {
    const [problem] = resolve(output as Record<string, Json>).diagnostics;
    expect(problem).toMatchObject({ code: 'duckdb/not-supported', severity: 'error' });
    expect(problem?.message).toContain(word);
    expect(problem?.hint).toBeTruthy();
  });

  test('warns about a key it does not know, with a did-you-mean', () => {
    expect(resolve({ extension: ['httpfs'] }).diagnostics).toMatchObject([
      { code: 'duckdb/unknown-key', severity: 'warning', hint: "Did you mean 'extensions'?", at: ['extension'] },
    ]);
  });

  test('reports a key with a wrong type by its name, not its value', () => {
    const [problem] = resolve({ extensions: 'hush' }).diagnostics;
    expect(problem?.code).toBe('duckdb/invalid-key');
    expect(problem?.message).toContain("'extensions'");
    expect(problem?.message).not.toContain('hush');
  });

  test('refuses a database name that the file cannot have', () => {
    expect(resolve({ path: 'dev.duckdb', database: 'prod' }).diagnostics).toMatchObject([
      { code: 'duckdb/database-name', severity: 'error' },
    ]);
    expect(resolve({ schema: '' }).diagnostics).toMatchObject([{ code: 'duckdb/invalid-key', at: ['schema'] }]);
    const attached = { path: 'dev.duckdb', database: 'prod', attach: [{ path: 'p.duckdb', alias: 'prod' }] };
    expect(resolve(attached).diagnostics).toEqual([]);
  });

  test('warns of an alias that two attached databases have', () => {
    const attach = ['a.duckdb', 'b.duckdb'].map((path) => ({ path, alias: 'other' }));
    expect(resolve({ attach }).diagnostics).toMatchObject([
      { code: 'duckdb/database-name', severity: 'warning', at: ['attach', 1, 'alias'] },
    ]);
  });
});
