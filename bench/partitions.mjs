// How much time and memory planning takes with very many partitions, and `why` and `partitions` with a very long ledger.
//   node bench/partitions.mjs [--assets 500] [--ranges 20] [--repeat 5] [--cli dist/cli/main.cjs] [--work DIR]
//
// Every model is kept by a million hourly partitions and reads one or two others. The ledger is filled directly, as runs
// would have: each asset by ten runs in ranges, with holes; one asset more with a row for each of a million partitions.
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { measure, median } from './measure.mjs';
import { serveSource } from './serve-source.mjs';

const { values } = parseArgs({
  options: {
    assets: { type: 'string', default: '500' },
    ranges: { type: 'string', default: '20' },
    repeat: { type: 'string', default: '5' },
    cli: { type: 'string', default: 'dist/cli/main.cjs' },
    work: { type: 'string', default: join(tmpdir(), 'ingot-partitions') },
  },
});
const assets = Number(values.assets);
const repeat = Number(values.repeat);
/** Of each asset and each of its ten runs. */
const ranges = Number(values.ranges) / 10;
const cli = resolve(values.cli);
const hours = 1_000_000;
const begin = Date.UTC(1910, 0, 1);
const key = (hour) => `${new Date(begin + hour * 3_600_000).toISOString().slice(0, 16)}Z`;

/** A project of models in levels of fifty, each reading two of the level before. */
function writeProject(folder, names, reads) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'models/silver'), { recursive: true });
  writeFileSync(
    join(folder, 'project.yml'),
    `name: many
version: '1.0'
targets:
  default: dev
  dev: {type: duckdb, path: many.duckdb, schema: main, threads: 4}
partitions:
  hourly: {time: hour, start: ${key(0).slice(0, 10)}, end: '${key(hours)}'}
`,
  );
  for (const [index, name] of names.entries()) {
    const parents = reads(index).map((parent) => `select * from {{ ref('${parent}') }}`);
    const from = parents.length === 0 ? "select timestamp '2000-01-01' as ts, 1 as n" : parents.join(' union all ');
    writeFileSync(
      join(folder, `models/silver/${name}.sql`),
      `{{ config(materialized='incremental', partitions={'use': 'hourly', 'column': 'ts'}) }}
select ts, n from (${from}) where {{ partition.filter('ts') }}
`,
    );
  }
}

async function writeLedger(folder, names, fill) {
  const instance = await DuckDBInstance.create(join(folder, 'many.duckdb'));
  const connection = await instance.connect();
  await connection.run(`create table __ingot_publications (event varchar, asset varchar, partition_key varchar, run_id varchar,
    code_version varchar, rows_affected bigint, content varchar, relation varchar, at_ms bigint)`);
  for (const name of names) await connection.run(`create table ${name} (ts timestamp, n integer)`);
  await fill(connection);
  connection.closeSync();
  instance.closeSync();
}

async function times(title, folder, ...words) {
  const all = [];
  for (let index = 0; index < repeat + 1; index += 1) {
    const one = await measure(['node', cli, ...words], { cwd: folder });
    if (one.code !== 0)
      throw new Error(`${words.join(' ')}: exit ${one.code}\n${one.stdout.slice(-2000)}${one.stderr.slice(-2000)}`);
    // The first one reads the project; those that follow are measured.
    if (index > 0) all.push(one);
  }
  const { wall, cpu, memory } = median(all);
  console.log(`| ${title} | ${cpu.toFixed(2)} | ${wall.toFixed(2)} | ${Math.round(memory)} |`);
}

/** The same command again and again in one process, from its words to its answer: what it takes once the program is loaded. */
async function warmTimes(title, folder, ...words) {
  const server = await serveSource();
  const { runCommandLine } = await server.ssrLoadModule('/src/cli/run-command-line.ts');
  const engine = await server.ssrLoadModule('/src/pipeline.ts');
  process.chdir(folder);
  const stream = { write: () => undefined, isTerminal: false, size: () => ({ columns: 80, rows: 24 }) };
  const all = [];
  for (let index = 0; index < 20; index += 1) {
    const [startedAt, cpu] = [performance.now(), process.cpuUsage()];
    const outside = { cwd: folder, env: process.env, homeDir: tmpdir(), pid: process.pid, uuid: randomUUID };
    const world = { ...outside, now: () => new Date(), signal: new AbortController().signal };
    const code = await runCommandLine(words, {
      ...world,
      stdout: stream,
      stderr: stream,
      loadEngine: async () => engine,
    });
    if (code !== 0) throw new Error(`${words.join(' ')}: exit ${code}`);
    const { user, system } = process.cpuUsage(cpu);
    if (index >= 10) all.push({ wall: performance.now() - startedAt, cpu: (user + system) / 1000 });
  }
  const middle = (name) => all.map((one) => one[name]).sort((a, b) => a - b)[all.length >> 1];
  console.log(`| ${title}, warm | ${(middle('cpu') / 1000).toFixed(3)} | ${(middle('wall') / 1000).toFixed(3)} | |`);
  await server.close();
}

/** What DuckDB alone takes to open a warehouse and to close it, which is a part of all that asks it. */
async function openTimes(folder) {
  const all = [];
  for (let index = 0; index < 10; index += 1) {
    const startedAt = performance.now();
    const instance = await DuckDBInstance.create(join(folder, 'many.duckdb'));
    instance.closeSync();
    all.push(performance.now() - startedAt);
  }
  const middle = all.sort((a, b) => a - b)[all.length >> 1];
  console.log(`| DuckDB opens and closes the file, warm | | ${(middle / 1000).toFixed(3)} | |`);
}

console.log(
  `| ${assets} assets × ${hours} partitions, ${values.ranges} ranges filled of each | CPU s | wall s | MB |\n|---|--:|--:|--:|`,
);

const wide = join(values.work, 'wide');
const names = Array.from({ length: assets }, (_, index) => `m${index}`);
writeProject(wide, names, (index) =>
  index < 50 ? [] : [names[index - 50], names[index - 50 + ((index + 1) % 50 === 0 ? 0 : 1)]],
);
await writeLedger(wide, names, async (connection) => {
  const rows = names.flatMap((name, asset) =>
    Array.from({ length: 10 }, (_, run) => {
      const size = 100_000 / ranges;
      // There is a hole behind each.
      const filled = Array.from({ length: ranges }, (__, part) => {
        const first = run * 100_000 + part * size;
        return `${key(first)}..${key(first + size - 10 - (asset % 7))}`;
      });
      return `('published', 'model.many.${name}', '${filled.join(',')}', 'run${run}', 'v', 1000, 'rows', null, ${1_700_000_000_000 + run * 1_000_000 + asset})`;
    }),
  );
  for (let index = 0; index < rows.length; index += 100) {
    await connection.run(`insert into __ingot_publications values ${rows.slice(index, index + 100).join(',')}`);
  }
});
await times('`ls` (what every command costs here)', wide, 'ls', '-q');
await times('`plan --no-compile`, everything', wide, 'plan', '--no-compile', '-q', '--output', 'json');
await times(
  '`plan --no-compile`, everything, one year named',
  wide,
  'plan',
  '--no-compile',
  '-q',
  '--output',
  'json',
  '--from',
  '2000-01-01',
  '--to',
  '2000-12-31',
);
await times('`partitions`, one asset', wide, 'partitions', names.at(-1), '-q');
await times('`why`', wide, 'why', `${names.at(-1)}[${key(500_000)}]`, '-q');
await warmTimes('`why`', wide, 'why', `${names.at(-1)}[${key(500_000)}]`, '-q');
await openTimes(wide);
await warmTimes('`plan --no-compile`, everything', wide, 'plan', '--no-compile', '-q', '--output', 'json');

const long = join(values.work, 'long');
writeProject(long, ['a', 'b'], (index) => (index === 0 ? [] : ['a']));
await writeLedger(long, ['a', 'b'], async (connection) => {
  for (const [asset, later] of [
    ['a', 0],
    ['b', 500_000],
  ]) {
    await connection.run(`insert into __ingot_publications
      select 'published', 'model.many.${asset}', strftime(timestamp '1910-01-01' + to_hours(i::integer), '%Y-%m-%dT%H:%MZ'),
        'run${asset}' || (i // 1000), 'v', 10, 'rows', null, 1700000000000 + (i // 1000) * 1000000 + ${later} + (i % 1000)
      from range(${hours}) as hours(i)`);
  }
});
console.log('\n| 2 assets, a ledger of 2,000,000 rows of 2,000 runs | CPU s | wall s | MB |\n|---|--:|--:|--:|');
await times('`ls`', long, 'ls', '-q');
await times('`why`', long, 'why', `b[${key(500_000)}]`, '-q');
await warmTimes('`why`', long, 'why', `b[${key(500_000)}]`, '-q');
await times('`partitions`, both', long, 'partitions', '-q');
await times('`plan --no-compile`', long, 'plan', '--no-compile', '-q', '--output', 'json');
