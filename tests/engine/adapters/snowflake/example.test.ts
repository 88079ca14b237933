import { cpSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import duckdb from '../../../../src/adapters/duckdb/index.ts';
import snowflake from '../../../../src/adapters/snowflake/index.ts';
import type { Adapter, Cell, Json, Session } from '../../../../src/core/index.ts';
import { createProject, type TestProject } from './project.ts';
import { type Client, connect } from './server/client.ts';
import { startServer, type TestServer } from './server/index.ts';

// The example of the repository, as it is, with the first lines of its feeds: the whole of it, with all tests, is built by
// bench/snowflake/same-rows.mjs.

const repository = resolve(import.meta.dirname, '../../../..');
const feeds = ['pos/pos_2025-01.csv', 'orders/orders_2025-01.jsonl', 'inventory/inventory_2025-01.csv'];
let server: TestServer;
let client: Client;
let project: TestProject;

beforeAll(async () => {
  const buckets: Record<string, string> = {};
  server = await startServer({ databases: ['RETAIL'], parameters: { TIMEZONE: 'UTC' }, buckets });
  project = createProject({ server, files: {}, threads: 4 });
  buckets['s3://retail'] = project.folder;
  for (const part of ['models', 'seeds', 'macros', 'snapshots', 'tests/data']) {
    cpSync(join(repository, part), join(project.folder, part), { recursive: true });
  }
  for (const file of feeds) {
    const lines = readFileSync(join(repository, 'data', file), 'utf8')
      .split('\n')
      .slice(0, 120);
    project.write({ [`data/${file}`]: `${lines.join('\n')}\n` });
  }
  project.write({
    'project.yml': readFileSync(join(repository, 'project.yml'), 'utf8').replace(
      /^targets:[\s\S]*?\n\n/m,
      'profile: shop\n\n',
    ),
    'profiles.yml': project
      .read('profiles.yml')
      .replaceAll('analytics', 'retail')
      .replaceAll('schema: shop', 'schema: main'),
  });
  client = await connect(server, { database: 'retail' });
  await client.rows("create stage retail.public.landing url = 's3://retail'");
}, 60_000);
afterAll(async () => {
  await client.close();
  await server.close();
  project.remove();
});

const build = (target: string) =>
  project.run(
    'build',
    '--target',
    target,
    '--exclude-resource-type',
    'test',
    '--vars',
    '{today: 2025-02-01, calendar_end: 2025-02-28}',
  );

async function withSession<T>(
  adapter: Adapter,
  output: Record<string, Json>,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const warehouse = await adapter.connect(output, { threads: 1 });
  try {
    return await work(await warehouse.openSession());
  } finally {
    await warehouse.close();
  }
}

/** What says when it was done is another time each time. */
const isVolatile = (column: string): boolean => /^(loaded_at|dbt_updated_at|dbt_valid_from|dbt_scd_id)$/i.test(column);

const plain = (cell: Cell | undefined): string =>
  typeof cell === 'string' && !/^-?\d+(\.\d+)?$/.test(cell)
    ? cell.replace(/ 00:00:00(\.0+)?$| ?[+]00(:?00)?$/, '').replace(/\.0+$/, '')
    : cell === null
      ? 'null'
      : String(typeof cell === 'boolean' ? cell : Number(cell));

test('the example of the repository has the same rows on Snowflake as on DuckDB, table by table', async () => {
  const onServer = await build('snow');
  expect(onServer.output).toContain('ERROR=0');
  expect(onServer.exit).toBe(0);
  expect(onServer.output).toContain('OK loaded source feeds.pos');
  expect((await build('duck')).exit).toBe(0);
  const duck = { type: 'duckdb', path: join(project.folder, 'warehouse.duckdb') };
  const snow = {
    type: 'snowflake',
    account: 'acme',
    host: server.host,
    port: server.port,
    protocol: 'http',
    user: 'INGOT',
    password: 'secret',
    warehouse: 'COMPUTE_WH',
    database: 'retail',
    schema: 'main',
  };
  const inProject = (rows: string): string => rows.replaceAll(`${project.folder}/`, '');
  const differing: string[] = [];
  let compared = 0;
  await withSession(duckdb, duck, (here) =>
    withSession(snowflake, snow, async (there) => {
      for (const schema of ['seeds', 'bronze', 'silver', 'gold', 'history']) {
        for (const { identifier } of await here.listRelations(null, schema)) {
          if (identifier?.startsWith('__ingot_')) continue;
          const columns = await here.describeQuery(`select * from ${schema}.${identifier}`);
          const names = columns.map(({ name }) => name).filter((name) => !isVolatile(name));
          const sql = `select ${names.join(', ')} from ${schema}.${identifier}`;
          const [left, right] = await Promise.all(
            [here, there].map(async (session) =>
              (await session.query(sql)).rows.map((row) => inProject(row.map(plain).join('|'))).sort(),
            ),
          );
          compared += 1;
          if (left?.join('\n') !== right?.join('\n'))
            differing.push(
              `${schema}.${identifier}: ${left?.find((row, index) => row !== right?.[index])} is ${right?.find((row, index) => row !== left?.[index])}`,
            );
        }
      }
    }),
  );
  expect(differing).toEqual([]);
  expect(compared).toBe(34);
}, 120_000);
