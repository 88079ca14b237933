// Compares a backfill of daily partitions with sending the same statements to DuckDB directly: what does Ingot cost?
//   node bench/backfill.mjs [--days 365] [--tests] [--runs 5] [--program dist/cli/main.cjs]
// A run keeps every statement that it sent in .ingot/state.db. They are sent again by one process that does nothing else,
// over as many connections, each partition's in their order; and once more without what makes them safe (rows staged
// aside, the ledger): `begin; delete; insert; commit`. Each of the three starts with the same table, filled.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import Database from 'libsql';
import { measure, median } from './measure.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '365' },
    tests: { type: 'boolean', default: false },
    runs: { type: 'string', default: '5' },
    threads: { type: 'string', default: '4' },
    program: { type: 'string', default: join(here, '../dist/cli/main.cjs') },
    replay: { type: 'string' },
    bare: { type: 'boolean', default: false },
  },
});
const threads = Number(values.threads);

const fact = `{{ config(
    materialized='incremental',
    publish='${values.tests ? 'after_tests' : 'before_tests'}',
    partitions={'use': 'daily', 'column': 'day'}
) }}
select cast(sold_at as date) as day, region, sum(amount) as amount, count(*) as sales
from {{ ref('sold') }}
where {{ partition.filter('sold_at') }}
group by all
`;

const schema = `models:
  - name: fact
    columns:
      - {name: day, data_tests: [not_null]}
      - {name: region, data_tests: [not_null, {accepted_values: {arguments: {values: [EU, US]}}}]}
`;

/** The day that a statement is about. */
const dateOf = (sql) => /(?:>= cast\('|'model\.speed\.fact', ')(\d{4}-\d\d-\d\d)/.exec(sql)?.[1];

if (values.replay) await replay(values.replay);
else await compare();

async function compare() {
  const project = mkdtempSync(join(tmpdir(), 'ingot-backfill-'));
  const days = Number(values.days);
  const end = new Date(Date.UTC(2024, 0, 1 + days)).toISOString().slice(0, 10);
  const last = new Date(Date.UTC(2024, 0, days)).toISOString().slice(0, 10);
  write(project, 'project.yml', projectFile(end));
  write(project, 'models/sold.sql', sold(days));
  write(project, 'models/fact.sql', fact);
  if (values.tests) write(project, 'models/schema.yml', schema);
  const ingot = [process.execPath, resolve(values.program)];
  await mustRun([...ingot, 'build', '--quiet', '--full-refresh', '--partition', `2024-01-01..${last}`], project);
  const backfill = [...ingot, 'backfill', 'fact', '--quiet', '--from', '2024-01-01', '--to', last];
  const again = [process.execPath, fileURLToPath(import.meta.url), '--replay', project, '--threads', values.threads];
  const found = { ingot: [], batches: [], same: [], bare: [] };
  let said = '';
  for (let run = 0; run < Number(values.runs); run += 1) {
    found.ingot.push(await mustRun(backfill, project));
    const same = await mustRun(again, project);
    said = same.stdout.trim();
    found.same.push(same);
    found.bare.push(await mustRun([...again, '--bare'], project));
    found.batches.push(await mustRun([...backfill, '--batch-size', '30'], project));
  }
  const direct = median(found.same);
  const [counts] = said.split(', in ');
  console.log(`${days} days${values.tests ? ' with three tests each' : ''}: ${counts}, median of ${values.runs}\n`);
  console.log('| | wall s | CPU s | MB | of the same statements |\n|---|--:|--:|--:|--:|');
  for (const [name, runs] of [
    ['ingot backfill', found.ingot],
    ['the same statements, directly', found.same],
    ['delete and insert alone', found.bare],
    ['ingot backfill --batch-size 30', found.batches],
  ]) {
    const { wall, cpu, memory } = median(runs);
    const ratio = (wall / direct.wall).toFixed(2);
    console.log(`| ${name} | ${wall.toFixed(2)} | ${cpu.toFixed(2)} | ${memory.toFixed(0)} | ${ratio} |`);
  }
  rmSync(project, { recursive: true, force: true });
}

/** Sends what the last run has sent. */
async function replay(project) {
  const state = new Database(join(project, '.ingot/state.db'), { readonly: true });
  const rows = state
    .prepare(
      `select node_id, sql from statements join sql_texts using (sql_hash)
       where run_id = (select run_id from runs order by started_at desc limit 1) order by number`,
    )
    .raw()
    .all();
  const lanes = values.bare ? bareOf(rows) : lanesOf(rows);
  const instance = await DuckDBInstance.create(join(project, 'w.duckdb'));
  const [partitions, statements] = [lanes.length, lanes.flat().length];
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: threads }, () => send(lanes, instance)));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(2);
  instance.closeSync();
  console.log(`${partitions} partitions, ${statements} statements, in ${seconds} s`);
}

async function send(lanes, instance) {
  const connection = await instance.connect();
  for (let lane = lanes.pop(); lane; lane = lanes.pop()) for (const sql of lane) await connection.run(sql);
  connection.closeSync();
}

/** The statements of each partition, in the order in which they were sent. */
function lanesOf(rows) {
  const parts = new Map();
  const dates = new Map();
  for (const [, sql] of rows) {
    const staged = /__ingot_(?:staged|preview)_(\w+)/.exec(sql)?.[1];
    const date = dateOf(sql);
    if (staged && date) dates.set(date, staged);
    const key = staged ?? dates.get(date);
    if (key === undefined) continue;
    parts.set(key, [...(parts.get(key) ?? []), sql]);
  }
  return [...parts.values()].map((sqls) => {
    const deletes = sqls.findIndex((sql) => /^delete /i.test(sql));
    const drops = sqls.findIndex((sql) => /^drop view/i.test(sql));
    const first = drops >= 0 && drops < deletes ? drops : deletes;
    return [...sqls.slice(0, first), 'begin', ...sqls.slice(first), 'commit'];
  });
}

/** What a script would do that only wants the rows. */
function bareOf(rows) {
  const sqls = rows.map(([, sql]) => sql);
  const deletes = new Map(sqls.filter((sql) => /^delete /i.test(sql)).map((sql) => [dateOf(sql), sql]));
  return sqls.flatMap((sql) => {
    const query = /^create or replace table .*? as \(([\s\S]*)\)\s*;?\s*$/i.exec(sql)?.[1];
    if (query === undefined) return [];
    return [['begin', deletes.get(dateOf(sql)), `insert into "w"."main"."fact" ${query}`, 'commit']];
  });
}

async function mustRun(command, cwd) {
  const result = await measure(command, { cwd });
  if (result.code !== 0) throw new Error(`${command.join(' ')} failed:\n${result.stdout}${result.stderr}`);
  return result;
}

function write(project, path, text) {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

function projectFile(end) {
  return `name: speed
targets:
  dev: {type: duckdb, path: w.duckdb, threads: ${threads}}
partitions:
  daily: {time: day, start: 2024-01-01, end: ${end}}
`;
}

/** A sale every five minutes. */
function sold(days) {
  return `{{ config(materialized='table') }}
select
    i as id,
    timestamp '2024-01-01 00:00:00' + to_minutes(5 * i::int) as sold_at,
    case when i % 2 = 0 then 'EU' else 'US' end as region,
    i % 100 as amount
from range(${days * 288}) as t(i)
`;
}
