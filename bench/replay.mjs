// Compares `ingot build` with sending the same statements to DuckDB directly: what does Ingot itself cost?
//   node bench/replay.mjs [--models 1000] [--materialized table] [--runs 3] [--dir DIR]
// A build keeps every statement that it sent in .ingot/state.db. They are sent again by this one process into an empty
// database: over as many connections as the build had, each node as soon as the nodes that it reads are done. That is
// less than Ingot waits for (tests hold back what is downstream), so the comparison is not in Ingot's favour.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
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
    models: { type: 'string', default: '1000' },
    materialized: { type: 'string', default: 'table' },
    runs: { type: 'string', default: '3' },
    threads: { type: 'string', default: '4' },
    dir: { type: 'string' },
    replay: { type: 'string' },
  },
});

if (values.replay) await replay(values.replay, Number(values.threads));
else await compare();

async function compare() {
  const work = values.dir ? resolve(values.dir) : mkdtempSync(join(tmpdir(), 'ingot-replay-'));
  const project = join(work, 'project');
  const generate = ['generate.mjs', '--models', values.models, '--materialized', values.materialized, '--out', project];
  execFileSync(process.execPath, [join(here, generate[0]), ...generate.slice(1)]);
  const build = [process.execPath, join(here, '../dist/cli/main.cjs'), 'build', '--quiet', '--threads', values.threads];
  const again = [process.execPath, fileURLToPath(import.meta.url), '--replay', project, '--threads', values.threads];
  const [firsts, builds, replays] = [[], [], []];
  for (let run = 0; run < Number(values.runs); run += 1) {
    putAway(join(project, 'target'), join(work, `old-${run}`));
    rmSync(join(project, '.ingot'), { recursive: true, force: true });
    firsts.push(await mustRun(build, project));
    replays.push(await mustRun(again, project));
    rmSync(join(project, 'target/bench.duckdb'));
    builds.push(await mustRun(build, project));
  }
  const direct = median(replays);
  console.log(
    `${values.models} models as ${values.materialized}s, ${replays[0]?.stdout.trim()}, median of ${values.runs}\n`,
  );
  console.log('| | wall s | CPU s | MB | wall ratio | CPU ratio |\n|---|--:|--:|--:|--:|--:|');
  for (const [name, { wall, cpu, memory }] of [
    ['the same statements, directly', direct],
    ['`ingot build`, never parsed before', median(firsts)],
    ['`ingot build`, parsed before', median(builds)],
  ]) {
    const ratios = [wall / direct.wall, cpu / direct.cpu].map((ratio) => ratio.toFixed(2));
    console.log(`| ${name} | ${wall.toFixed(2)} | ${cpu.toFixed(2)} | ${memory.toFixed(0)} | ${ratios.join(' | ')} |`);
  }
  if (!values.dir) rmSync(work, { recursive: true, force: true });
}

/** Sends what the project's last build has sent into an empty database. */
async function replay(project, threads) {
  const state = new Database(join(project, '.ingot/state.db'), { readonly: true });
  const rows = state
    .prepare('select node_id, sql from statements join sql_texts using (sql_hash) order by number')
    .raw()
    .all();
  const { parent_map: parents } = JSON.parse(readFileSync(join(project, 'target/manifest.json'), 'utf8'));
  const tasks = new Map();
  for (const [id, sql] of rows) {
    const before = tasks.get(id) ?? [];
    const loads = id.startsWith('seed.') && sql.startsWith('create') ? [loadSeed(project, id)] : [];
    tasks.set(id, [...before, sql, ...loads]);
  }
  const file = join(project, 'target/replay', 'bench.duckdb');
  rmSync(dirname(file), { recursive: true, force: true });
  mkdirSync(dirname(file), { recursive: true });
  const instance = await DuckDBInstance.create(file);
  const connections = await Promise.all(Array.from({ length: threads }, () => instance.connect()));
  await send(tasks, parents, [...connections]);
  // With its last handle, DuckDB writes the log into the file: a build ends with that as well.
  for (const connection of connections) connection.disconnectSync();
  instance.closeSync();
  console.log(`${rows.length} statements`);
}

/** The history has no rows of seeds: without them everything would run on empty tables. */
function loadSeed(project, id) {
  const name = id.split('.').at(-1);
  const from = join(project, 'seeds', `${name}.csv`).replaceAll("'", "''");
  return `insert into "bench"."main"."${name}" select * from read_csv('${from}', header = true)`;
}

/** Each node as soon as what it reads is done and a connection is free. */
function send(tasks, parents, free) {
  const open = new Map(
    [...tasks.keys()].map((id) => [id, parents[id]?.filter((parent) => tasks.has(parent)).length ?? 0]),
  );
  const children = new Map();
  for (const id of tasks.keys())
    for (const parent of parents[id] ?? []) children.set(parent, [...(children.get(parent) ?? []), id]);
  const ready = [...tasks.keys()].filter((id) => open.get(id) === 0);
  let left = tasks.size;
  return new Promise((done, failed) => {
    const advance = () => {
      while (free.length > 0 && ready.length > 0) run(ready.shift(), free.pop()).catch(failed);
      if (left === 0) done();
    };
    const run = async (id, connection) => {
      for (const sql of tasks.get(id)) await connection.run(sql);
      left -= 1;
      free.push(connection);
      for (const child of children.get(id) ?? []) {
        open.set(child, open.get(child) - 1);
        if (open.get(child) === 0) ready.push(child);
      }
      advance();
    };
    advance();
  });
}

/** Moved, not deleted: on ext4, files are written several times as slowly right after thousands were deleted. */
function putAway(from, to) {
  if (existsSync(from)) renameSync(from, to);
}

async function mustRun(command, cwd) {
  const result = await measure(command, { cwd, env: { UV_THREADPOOL_SIZE: '32' } });
  if (result.code !== 0)
    throw new Error(`${command.join(' ')} ended with ${result.code}\n${result.stdout}${result.stderr}`);
  return result;
}
