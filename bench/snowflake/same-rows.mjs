// Builds a project twice on the test server, through the real driver, and twice in a DuckDB file, and compares the rows of
// every table and view.
//
//   node bench/snowflake/same-rows.mjs --project DIR [--command build] [--database NAME] [--stage NAME]
//
// --stage makes a stage in the schema `public` over the project's folder. Columns that say when something was done differ.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { connect, outputFor, program, startServer } from './test-server.mjs';

const { values } = parseArgs({
  options: {
    project: { type: 'string' },
    command: { type: 'string', default: 'build' },
    database: { type: 'string', default: 'retail' },
    stage: { type: 'string' },
    folders: { type: 'string' },
  },
});
const { database } = values;
const volatile = /^(loaded_at|dbt_updated_at|dbt_valid_from|dbt_scd_id)$/i;

const folder = mkdtempSync(join(tmpdir(), 'ingot-same-rows-'));
const copied = values.folders?.split(',') ?? ['.'];
for (const part of copied) {
  cpSync(join(values.project, part), join(folder, 'project', part), {
    recursive: true,
    filter: (path) => !/\/(\.git|node_modules|target|logs)(\/|$)/.test(path),
  });
}
const project = join(folder, 'project');
const server = await startServer({
  databases: [database.toUpperCase()],
  parameters: { TIMEZONE: 'UTC' },
  buckets: { 's3://project': project },
});
const client = await connect(server, { database });
if (values.stage) await client.rows(`create stage ${database}.public.${values.stage} url = 's3://project'`);
mkdirSync(join(folder, 'profiles'));
writeFileSync(
  join(folder, 'profiles/profiles.yml'),
  [
    'both:',
    '  target: duck',
    '  outputs:',
    `    snow: ${outputFor(server, { database, schema: 'main', threads: 4 })}`,
    `    duck: {type: duckdb, path: ${join(folder, `${database}.duckdb`)}, schema: main, threads: 4}`,
    '',
  ].join('\n'),
);

let failed = false;
for (const target of ['snow', 'snow', 'duck', 'duck']) {
  server.log.clear();
  const started = Date.now();
  const { code, output } = await ingot(values.command, '--target', target);
  const sent = target === 'snow' ? `, ${server.log.statements.length} statements` : '';
  console.log(
    `${target}: exit ${code}, ${((Date.now() - started) / 1000).toFixed(1)} s${sent}; ${output.trim().split('\n').at(-1)}`,
  );
  failed ||= code !== 0;
  if (code !== 0) console.log(output);
}
failed = !(await compare()) || failed;
await client.close();
await server.close();
rmSync(folder, { recursive: true, force: true });
process.exit(failed ? 1 : 0);

function ingot(...words) {
  const places = ['--project-dir', project, '--profiles-dir', join(folder, 'profiles'), '--profile', 'both'];
  const child = spawn(process.execPath, [program, ...words, ...places], { cwd: project });
  let output = '';
  child.stdout.on('data', (text) => {
    output += text;
  });
  child.stderr.on('data', (text) => {
    output += text;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}

async function compare() {
  const instance = await DuckDBInstance.create(join(folder, `${database}.duckdb`), { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const read = async (sql) => (await connection.runAndReadAll(sql)).getRows();
  const tables = await read(
    "select table_schema, table_name from information_schema.tables where table_name not like '%ingot%' order by 1, 2",
  );
  const counts = { tables: 0, rows: 0, different: 0 };
  for (const [schema, name] of tables) {
    const names = (
      await read(
        `select column_name from information_schema.columns where table_schema = '${schema}' and table_name = '${name}' order by ordinal_position`,
      )
    ).map(String);
    const sql = `select ${names.filter((column) => !volatile.test(column)).join(', ')} from ${schema}.${name}`;
    const rowsOf = (rows) => rows.map((row) => JSON.stringify(row.map(plain))).sort();
    const [here, there] = [rowsOf(await read(sql)), rowsOf(await client.rows(sql))];
    const same = here.length === there.length && here.every((row, index) => row === there[index]);
    counts.tables += 1;
    counts.rows += here.length;
    if (same) continue;
    counts.different += 1;
    const [left, right] = [new Set(here), new Set(there)];
    console.log(`${schema}.${name}: ${here.length} and ${there.length} rows`);
    console.log(
      '  only in DuckDB:',
      here.find((row) => !right.has(row)),
      '\n  only on the server:',
      there.find((row) => !left.has(row)),
    );
  }
  console.log(`${counts.tables} tables and views, ${counts.rows} rows, ${counts.different} different`);
  return counts.different === 0;
}

/** A value as both write it: without zeros behind the point, midnight as a day. */
function plain(value) {
  if (value === null || value === undefined) return null;
  const text = value instanceof Date ? value.toISOString() : String(value);
  if (text === 'NULL') return null;
  if (/^-?\d+(\.\d+)?$/.test(text)) return String(Number(text));
  return text
    .replace(/^(\d{4}-\d\d-\d\d)[ T]00:00:00(\.0+)?(Z| ?[+-]\d+)?$/, '$1')
    .replace(/^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.0+)?(Z| ?[+-]\d+)?$/, '$1 $2');
}
