// Compares `ingot diff` of two large tables with one aggregate scan of both: what does finding the differences cost?
//   node bench/data-diff.mjs [--rows 10000000] [--runs 3] [--dir DIR]
// The tables have a key, a date, two numbers and two texts; the second lacks some rows, has some more and some others.
// Build Ingot first (npm run build).
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { measure, median } from './measure.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000000' },
    runs: { type: 'string', default: '3' },
    dir: { type: 'string' },
    scan: { type: 'string' },
  },
});
const columns = ['id', 'sold_on', 'quantity', 'amount', 'store', 'note'];

if (values.scan) await scan(values.scan);
else await compare();

async function compare() {
  const rows = Number(values.rows);
  const project = values.dir ? resolve(values.dir) : mkdtempSync(join(tmpdir(), 'ingot-diff-'));
  mkdirSync(join(project, 'models'), { recursive: true });
  const file = join(project, 'warehouse.duckdb');
  await makeTables(file, rows);
  writeFileSync(
    join(project, 'project.yml'),
    'name: bench\ntargets:\n  dev: {type: duckdb, path: warehouse.duckdb, schema: main, threads: 2}\n',
  );
  writeFileSync(
    join(project, 'models/sales.sql'),
    "{{ config(materialized='table', unique_key='id') }}\nselect 1 as id\n",
  );
  const diff = [
    process.execPath,
    join(here, '../dist/cli/main.cjs'),
    'diff',
    'sales',
    '--against',
    'main.before_sales',
  ];
  const commands = new Map([
    ['one aggregate scan of both tables', [process.execPath, fileURLToPath(import.meta.url), '--scan', file]],
    ['`ingot diff`, 300 rows differ', diff],
    ['`ingot diff`, every row differs', [...diff.slice(0, -1), 'main.other_sales']],
    [
      '`ingot diff`, every row differs, all compared',
      [...diff.slice(0, -1), 'main.other_sales', '--row-limit', String(rows)],
    ],
  ]);
  const results = new Map([...commands.keys()].map((name) => [name, []]));
  for (let run = 0; run < Number(values.runs); run += 1) {
    for (const [name, command] of commands) {
      const result = await measure(command, { cwd: project });
      if (result.code !== 0) throw new Error(`${name} ended with ${result.code}\n${result.stdout}${result.stderr}`);
      results.get(name).push(result);
    }
  }
  console.log(`${rows.toLocaleString('en-US')} rows a table, ${columns.length} columns, median of ${values.runs}\n`);
  console.log('| | wall s | CPU s | MB | wall ratio |\n|---|--:|--:|--:|--:|');
  const base = median(results.values().next().value);
  for (const [name, measured] of results) {
    const { wall, cpu, memory } = median(measured);
    const figures = [wall.toFixed(2), cpu.toFixed(2), memory.toFixed(0), (wall / base.wall).toFixed(2)];
    console.log(`| ${name} | ${figures.join(' | ')} |`);
  }
  console.log(`\n${results.get('`ingot diff`, 300 rows differ')[0].stdout}`);
  if (!values.dir) rmSync(project, { recursive: true, force: true });
}

async function makeTables(file, rows) {
  rmSync(file, { force: true });
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  const changed = `i % ${Math.floor(rows / 100)} = 0`;
  for (const sql of [
    `create table before_sales as select i as id, date '2024-01-01' + (i % 365)::int as sold_on, i % 9 as quantity,
       (i * 7919 % 100000)::decimal(18, 2) as amount, 'store ' || i % 40 as store, md5(i::varchar) as note
     from range(${rows}) as t(i)`,
    `create table sales as select id, sold_on, quantity, case when ${changed.replace('i', 'id')} then amount + 1 else amount end as amount, store, note
     from before_sales where id % ${Math.floor(rows / 100)} <> 7
     union all select ${rows} + i, date '2025-01-01', 1, 1, 'new', 'new' from range(100) as t(i)`,
    'create table other_sales as select * replace (amount + 1 as amount) from sales',
    'checkpoint',
  ]) {
    await connection.run(sql);
  }
  connection.disconnectSync();
  instance.closeSync();
}

/** Counts the rows of both tables and adds up a hash of every row. */
async function scan(file) {
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY', threads: '2' });
  const connection = await instance.connect();
  for (const table of ['before_sales', 'sales']) {
    await connection.run(`select count(*), sum(hash(${columns.join(', ')})) from ${table}`);
  }
  connection.disconnectSync();
  instance.closeSync();
}
