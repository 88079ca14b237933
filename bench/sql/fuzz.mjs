// Looks for texts that break the SQL front end: random valid statements of both dialects, and corpora with random
// changes. What is checked of every text is in tests/engine/sql/fuzz/check.ts; besides, none may take longer than 1 s.
//   nice node bench/sql/fuzz.mjs [--cases 100000] [--seed 0] [--corpus DIR] [--dialect snowflake|duckdb] [--ingot FILE]
//     [--list FILE]
// Case N is always the same text for the same corpus; `--seed N --cases 1` runs it alone. Every group of failures is
// printed with the seed and a text made as short as it still fails. DuckDB's own parser says for DuckDB's SQL what is
// valid; where Ingot says otherwise about a changed text, that is counted and listed, but is no failure.
// The cases run in a worker; a case that hangs is reported by its seed, and the worker starts again behind it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { bundle, bundleIngot } from './load.mjs';

const slow = 1000;
const countNames = ['generated', 'mutated', 'accepted', 'refused', 'characters'];
const hung = 10_000;

if (isMainThread) await watch();
else await work(workerData);

async function watch() {
  const { values } = parseArgs({
    options: {
      cases: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '0' },
      corpus: { type: 'string' },
      dialect: { type: 'string' },
      ingot: { type: 'string' },
      list: { type: 'string' },
    },
  });
  const folder = 'tests/engine/sql/fuzz';
  const names = ['write-statement', 'mutate', 'check', 'shrink'];
  const fuzz = await bundle(Object.fromEntries(names.map((name) => [name, `${folder}/${name}.ts`])));
  const ingot = values.ingot ?? (await bundleIngot());
  const end = Number(values.seed) + Number(values.cases);
  const current = new Int32Array(new SharedArrayBuffer(4));
  const shared = new Float64Array(new SharedArrayBuffer(8 * countNames.length));
  const groups = new Map();
  const started = Date.now();
  for (let next = Number(values.seed); next < end; ) {
    next = await runWorker({
      fuzz,
      ingot,
      current,
      shared,
      from: next,
      end,
      corpus: values.corpus,
      dialect: values.dialect,
    });
  }
  const counts = Object.fromEntries(countNames.map((name, index) => [name, shared[index]]));
  const lines = describe();
  console.log(lines.join('\n'));
  if (values.list) writeFileSync(values.list, `${lines.join('\n')}\n`);
  process.exitCode = [...groups.values()].some(({ severity }) => severity === 'failure') ? 1 : 0;

  /** The number of the case to go on with. */
  function runWorker(data) {
    return new Promise((done) => {
      const worker = new Worker(new URL(import.meta.url), { workerData: data });
      let last = -1;
      let since = Date.now();
      const watchdog = setInterval(() => {
        const now = Atomics.load(current, 0);
        if (now !== last) [last, since] = [now, Date.now()];
        else if (Date.now() - since > hung) finish(`took more than ${hung / 1000} s`);
      }, 200);
      const finish = (detail) => {
        clearInterval(watchdog);
        void worker.terminate();
        const seed = Atomics.load(current, 0);
        if (detail !== undefined) note({ severity: 'failure', kind: 'hang or crash', detail, seed, sql: '' });
        done(detail === undefined ? end : seed + 1);
      };
      worker.on('message', (message) => {
        if (message.finding) return note(message.finding);
        finish();
      });
      worker.on('error', (error) => finish(String(error.stack ?? error)));
    });
  }

  function note(finding) {
    const key = groupOf(finding);
    const group = groups.get(key) ?? { severity: finding.severity, count: 0, finding };
    group.count++;
    if (finding.sql.length < group.finding.sql.length) group.finding = finding;
    groups.set(key, group);
  }

  /** Failures with the same cause are mostly alike in these words. */
  function groupOf({ kind, detail, sql }) {
    if (kind === 'print-unstable')
      return `${kind}: ${/--|\/\*|\/\//.test(sql) ? 'with a comment' : 'without comments'}`;
    const path = detail.split(':')[0].split('.').slice(-2).join('.');
    const text = kind === 'print-differs' ? `${path}${/ became undefined/.test(detail) ? ' is lost' : ''}` : detail;
    return `${kind}: ${text
      .replace(/\d+/g, 'N')
      .replace(/ in: [\s\S]*| \| [\s\S]*/, '')
      .slice(0, 120)}`;
  }

  function describe() {
    const of = (severity) =>
      [...groups.entries()]
        .filter(([, group]) => group.severity === severity)
        .sort(([, a], [, b]) => b.count - a.count);
    const total = (severity) => of(severity).reduce((sum, [, { count }]) => sum + count, 0);
    const heading = (title, severity) => `\n${title}: ${total(severity)} in ${of(severity).length} groups`;
    const entry = ([key, { count, finding }]) =>
      `${count} × ${key}\n  seed ${finding.seed} (${finding.dialect}): ${JSON.stringify(finding.sql)}\n  ${finding.detail.slice(0, 600)}`;
    const seconds = ((Date.now() - started) / 1000).toFixed(0);
    return [
      `${values.cases} cases from seed ${values.seed}, ${counts.generated} generated, ${counts.mutated} mutated, ${counts.accepted} accepted, ${counts.refused} refused, ${(counts.characters / 1e6).toFixed(1)} MB, ${seconds} s`,
      heading('Failures', 'failure'),
      ...of('failure').map(entry),
      heading("Judged otherwise than by DuckDB's parser", 'opinion'),
      ...of('opinion').map(entry),
    ];
  }
}

async function work({ fuzz, ingot, current, shared, from, end, corpus, dialect: only }) {
  const load = (name) => import(pathToFileURL(join(fuzz, `${name}.mjs`)).href);
  const { writeStatement } = await load('write-statement');
  const { mutate } = await load('mutate');
  const { check } = await load('check');
  const { shrink } = await load('shrink');
  const front = await import(pathToFileURL(ingot).href);
  const { openOracle } = await import('./oracle.mjs');
  const oracle = await openOracle();
  const corpora = readCorpora(corpus);
  const count = (name, by = 1) => {
    shared[countNames.indexOf(name)] += by;
  };
  const shrunk = new Map();

  for (let seed = from; seed < end; seed++) {
    Atomics.store(current, 0, seed);
    const dialect = only ?? (seed % 2 === 0 ? 'snowflake' : 'duckdb');
    const { sql, valid } = await text(seed, dialect);
    count(valid ? 'generated' : 'mutated');
    count('characters', sql.length);
    const start = performance.now();
    const failure = check(front, sql, dialect, valid);
    const taken = performance.now() - start;
    if (failure) report(failure, sql, valid, seed, dialect);
    if (taken > slow)
      report({ kind: 'slow', detail: `${taken.toFixed(0)} ms, ${sql.length} characters` }, sql, valid, seed, dialect);
    await compare(sql, dialect, seed, failure);
  }
  parentPort.postMessage({ done: true });

  /** A third is written, the rest changed from the corpora or from what was written. */
  async function text(seed, dialect) {
    const depth = 1 + (Math.floor(seed / 2) % 5);
    const fresh = () => writeStatement(dialect, seed, depth);
    if (seed % 3 === 0) {
      const sql = fresh();
      return { sql, valid: dialect === 'snowflake' || (await oracle.accepts(sql)) };
    }
    const known = corpora[dialect];
    const base = known.length === 0 || seed % 3 === 1 ? fresh() : known[(seed * 7919) % known.length];
    return { sql: mutate(base, seed), valid: false };
  }

  function report(failure, sql, valid, seed, dialect) {
    const key = `${failure.kind}: ${failure.detail.replace(/\d+/g, 'N').slice(0, 60)}`;
    const often = shrunk.get(key) ?? 0;
    shrunk.set(key, often + 1);
    const until = Date.now() + 2000;
    const fails = (one) => {
      if (Date.now() > until) return false;
      const other = check(front, one, dialect, valid);
      return (
        other?.kind === failure.kind &&
        (failure.kind !== 'thrown' || other.detail.slice(0, 60) === failure.detail.slice(0, 60))
      );
    };
    const short =
      often < 3 && shrunk.size < 200 && failure.kind !== 'slow' && failure.kind !== 'refused'
        ? shrink(sql, fails)
        : sql;
    const detail = (short === sql ? undefined : check(front, short, dialect, valid)?.detail) ?? failure.detail;
    parentPort.postMessage({ finding: { severity: 'failure', ...failure, detail, sql: short, seed, dialect } });
  }

  /** DuckDB's parser also refuses for reasons that are no syntax: only what it calls a syntax error counts. */
  async function compare(sql, dialect, seed, failure) {
    const error = failure
      ? undefined
      : front.parse(sql, { dialect }).diagnostics.find((one) => one.severity === 'error');
    count(error || failure?.kind === 'refused' ? 'refused' : 'accepted');
    if (dialect !== 'duckdb' || failure) return;
    const verdict = await oracle.judge(sql);
    const invalid = verdict?.includes('syntax error') || verdict?.includes('unterminated');
    if (error && verdict === undefined) opinion('only DuckDB accepts', error.message, sql, seed);
    if (!error && verdict === undefined) await judgePrinted(sql, dialect, seed);
    if (!error && invalid) opinion('only Ingot accepts', verdict.replace(/"[^"]*"+/g, '…'), sql, seed);
  }

  /** What DuckDB accepts, it has to accept as printed too. */
  async function judgePrinted(sql, dialect, seed) {
    const printed = front.print(front.parse(sql, { dialect }).statements, { dialect });
    const verdict = await oracle.judge(printed);
    if (verdict === undefined) return;
    const finding = { kind: 'printed, DuckDB refuses', detail: `${verdict} in: ${printed}`, sql, seed, dialect };
    parentPort.postMessage({ finding: { severity: 'failure', ...finding } });
  }

  function opinion(kind, detail, sql, seed) {
    parentPort.postMessage({ finding: { severity: 'opinion', kind, detail, sql, seed, dialect: 'duckdb' } });
  }
}

/** Texts that are changed, by dialect. */
function readCorpora(folder) {
  const read = (name) => {
    const file = folder && join(folder, `${name}.json`);
    return file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).map(({ sql }) => sql) : [];
  };
  const both = [...read('tpc-h'), ...read('tpc-ds')];
  return { snowflake: [...read('snowflake'), ...read('identity'), ...both], duckdb: [...read('duckdb'), ...both] };
}
