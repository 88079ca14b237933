// Speed and size of the parsers as a Markdown table: statements a second, cold start, memory.
//   nice node bench/sql/speed.mjs --corpus DIR [--rivals DIR] [--python PATH] [--ingot FILE] [--engine NAME]…
//     [--runs 7] [--seconds 5]
// Each parser parses TPC-DS (99 queries) again and again in a process of its own for some seconds, then counts the
// median pass; time is CPU time of the process, other threads (compiler, collector) included, because other work may run
// on the machine. Cold start is a fresh process that loads the parser and parses one statement, less a process
// that loads only this script (median, wall clock; CPU time in parentheses). Memory is what the process with
// the passes has at their end.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findEngines } from './engines.mjs';
import { bundleIngot } from './load.mjs';

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    rivals: { type: 'string' },
    python: { type: 'string' },
    ingot: { type: 'string' },
    engine: { type: 'string', multiple: true },
    runs: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '5' },
    child: { type: 'string' },
    task: { type: 'string' },
  },
});
const dialect = 'snowflake';

if (values.child === undefined) await report();
else await work();

async function report() {
  if (!values.corpus) throw new Error('--corpus DIR is missing: the folder that corpus.py made');
  values.ingot ??= await bundleIngot();
  const statements = readStatements();
  const bytes = statements.reduce((sum, sql) => sum + Buffer.byteLength(sql), 0);
  const empty = median(repeat(() => wall(process.execPath, ['-e', ''])));
  const base = cold('ingot', 'nothing');
  console.log(
    `TPC-DS, ${statements.length} queries, ${bytes} bytes; Node ${process.version}, empty process ${empty.toFixed(0)} ms\n`,
  );
  console.log(
    '| parser | parsed | statements a second | MB/s | first pass ms | median (best) pass ms | cold start ms (CPU) | memory MB |',
  );
  console.log('|---|--:|--:|--:|--:|--:|--:|--:|');
  for (const engine of findEngines(values)) {
    if (values.engine && !values.engine.includes(engine.name)) continue;
    const figures = engine.batch ? python(engine, statements) : child(engine.name, 'passes');
    const pass = median(figures.passes);
    const start = engine.batch ? { wall: coldPython(engine) } : cold(engine.name, 'cold');
    const understood = figures.accepted ?? statements.length;
    const cells = [
      `${understood}`,
      (understood / pass).toFixed(0),
      (bytes / pass / 1e6).toFixed(1),
      (figures.passes[0] * 1000).toFixed(0),
      `${(pass * 1000).toFixed(1)} (${(Math.min(...figures.passes) * 1000).toFixed(1)})`,
      engine.batch
        ? start.wall.toFixed(0)
        : `${(start.wall - base.wall).toFixed(0)} (${(start.cpu - base.cpu).toFixed(0)})`,
      figures.megabytes.toFixed(0),
    ];
    console.log(`| ${engine.name} | ${cells.join(' | ')} |`);
  }
}

/** In a process of its own: `nothing`, `cold` (load, one statement) or `passes`. */
async function work() {
  if (values.task === 'nothing') return reportCpu();
  const parse = await findEngines(values)
    .find(({ name }) => name === values.child)
    .load();
  if (values.task === 'cold') {
    parse('SELECT a, sum(b) AS b FROM t WHERE c = 1 GROUP BY a', dialect);
    return reportCpu();
  }
  const statements = readStatements();
  const accepted = [];
  const passes = [];
  const end = process.hrtime.bigint() + BigInt(Number(values.seconds) * 1e9);
  while (process.hrtime.bigint() < end || passes.length < 3) {
    const before = process.cpuUsage();
    for (const sql of statements) if (!parse(sql, dialect)?.refused && passes.length === 0) accepted.push(sql);
    const { user, system } = process.cpuUsage(before);
    passes.push((user + system) / 1e6);
  }
  const megabytes = process.memoryUsage().rss / 2 ** 20;
  process.stdout.write(JSON.stringify({ passes, accepted: accepted.length, megabytes }));
}

function child(name, task) {
  const run = spawnSync(process.execPath, childArguments(name, task), { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.status !== 0) throw new Error(`${name}: ${run.stderr}`);
  return JSON.parse(run.stdout);
}

function childArguments(name, task) {
  const pairs = Object.entries({ ...values, engine: undefined, child: name, task }).filter(([, value]) => value);
  return [fileURLToPath(import.meta.url), ...pairs.flatMap(([key, value]) => [`--${key}`, value])];
}

function reportCpu() {
  const { user, system } = process.cpuUsage();
  process.stdout.write(JSON.stringify({ cpu: (user + system) / 1000 }));
}

/** Medians of fresh processes, milliseconds. */
function cold(name, task) {
  const runs = repeat(() => {
    let cpu = 0;
    const elapsed = time(() => {
      cpu = child(name, task).cpu;
    });
    return { wall: elapsed, cpu };
  });
  return { wall: median(runs.map((one) => one.wall)), cpu: median(runs.map((one) => one.cpu)) };
}

function python(engine, statements) {
  return engine.batch({ speed: { dialect, statements, seconds: Number(values.seconds) } });
}

function coldPython(engine) {
  const empty = median(repeat(() => wall(values.python, ['-c', ''])));
  return median(repeat(() => time(() => engine.batch({ accept: [{ dialect, statements: ['SELECT 1'] }] })))) - empty;
}

function readStatements() {
  return JSON.parse(readFileSync(join(values.corpus, 'tpc-ds.json'), 'utf8')).map(({ sql }) => sql);
}

function wall(command, given) {
  return time(() => {
    const run = spawnSync(command, given, { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(run.stderr);
  });
}

function time(run) {
  const start = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function repeat(run) {
  return Array.from({ length: Number(values.runs) }, run);
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
