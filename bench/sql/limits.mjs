// Long and deep statements: what has to be accepted is, and past the limit there is an error, never a crash; and the
// time (CPU) grows no faster than the text.
//   nice node bench/sql/limits.mjs [--ingot FILE]
import { parseArgs } from 'node:util';
import { loadIngot } from './load.mjs';

const { values } = parseArgs({ options: { ingot: { type: 'string' } } });
const { parse, print, analyze } = await loadIngot(values.ingot);

const many = (count, write, separator = ', ') =>
  Array.from({ length: count }, (_, index) => write(index)).join(separator);
const nest = (count, before, inside, after) => before.repeat(count) + inside + after.repeat(count);

/** `needed` is the count that has to be accepted; `deep` ones may be refused past it. */
const shapes = [
  { name: 'nested calls', needed: 500, deep: true, write: (n) => `SELECT ${nest(n, 'f(', 'a', ')')} FROM t` },
  { name: 'nested parentheses', needed: 500, deep: true, write: (n) => `SELECT ${nest(n, '(', 'a', ')')} FROM t` },
  {
    name: 'nested CASE',
    needed: 200,
    deep: true,
    write: (n) => `SELECT ${nest(n, 'CASE WHEN a THEN ', 'b', ' END')} FROM t`,
  },
  {
    name: 'nested subqueries',
    needed: 100,
    deep: true,
    write: (n) => `${nest(n, 'SELECT * FROM (', 'SELECT 1', ') x')}`,
  },
  {
    name: 'nested scalar subqueries',
    needed: 100,
    deep: true,
    write: (n) => nest(n, 'SELECT (', 'SELECT 1', ') FROM t'),
  },
  { name: 'nested arrays', needed: 200, deep: true, write: (n) => `SELECT ${nest(n, '[', '1', ']')}` },
  { name: 'nested objects', needed: 200, deep: true, write: (n) => `SELECT ${nest(n, "{'a': ", '1', '}')}` },
  {
    name: 'nested joins',
    needed: 100,
    deep: true,
    write: (n) => `SELECT * FROM ${nest(n, '(', 't', ' CROSS JOIN u)')}`,
  },
  { name: 'nested query parentheses', needed: 200, deep: true, write: (n) => nest(n, '(', 'SELECT 1', ')') },
  { name: 'NOT NOT NOT', needed: 200, deep: true, write: (n) => `SELECT ${'NOT '.repeat(n)}a FROM t` },
  { name: '- - -', needed: 200, deep: true, write: (n) => `SELECT ${'- '.repeat(n)}a FROM t` },
  {
    name: 'nested types',
    needed: 50,
    deep: true,
    write: (n) => `SELECT a::${nest(n, 'ARRAY(', 'INT', ')')}`,
    dialects: ['snowflake'],
  },
  {
    name: 'nested WITH',
    needed: 50,
    deep: true,
    write: (n) => nest(n, 'WITH c AS (', 'SELECT 1', ') SELECT * FROM c'),
  },
  {
    name: 'branches of CASE',
    needed: 1000,
    write: (n) => `SELECT CASE ${many(n, (i) => `WHEN a = ${i} THEN 'x${i}'`, ' ')} END FROM t`,
  },
  { name: 'items of IN', needed: 5000, write: (n) => `SELECT a FROM t WHERE b IN (${many(n, (i) => i)})` },
  {
    name: 'common tables',
    needed: 300,
    write: (n) => `WITH ${many(n, (i) => `c${i} AS (SELECT * FROM ${i ? `c${i - 1}` : 't'})`)} SELECT * FROM c${n - 1}`,
  },
  { name: 'arms of UNION ALL', needed: 2000, write: (n) => many(n, (i) => `SELECT ${i} AS a`, ' UNION ALL ') },
  {
    name: 'arms of EXCEPT and INTERSECT',
    needed: 1000,
    write: (n) => many(n, (i) => `SELECT ${i} AS a ${i % 2 ? 'EXCEPT' : 'INTERSECT'}`, ' ').concat(' SELECT 1'),
  },
  { name: 'terms of AND', needed: 5000, write: (n) => `SELECT a FROM t WHERE ${many(n, (i) => `b <> ${i}`, ' AND ')}` },
  { name: 'terms of OR', needed: 5000, write: (n) => `SELECT a FROM t WHERE ${many(n, (i) => `b = ${i}`, ' OR ')}` },
  { name: 'terms of +', needed: 5000, write: (n) => `SELECT ${many(n, (i) => `a${i}`, ' + ')} FROM t` },
  { name: 'terms of ||', needed: 5000, write: (n) => `SELECT ${many(n, (i) => `'a${i}'`, ' || ')}` },
  { name: 'columns', needed: 5000, write: (n) => `SELECT ${many(n, (i) => `a${i} AS b${i}`)} FROM t` },
  { name: 'joins', needed: 200, write: (n) => `SELECT * FROM t ${many(n, (i) => `JOIN u${i} ON t.a = u${i}.a`, ' ')}` },
  { name: 'commas in FROM', needed: 1000, write: (n) => `SELECT * FROM ${many(n, (i) => `t${i}`)}` },
  {
    name: 'rows of VALUES',
    needed: 5000,
    write: (n) => `SELECT * FROM (VALUES ${many(n, (i) => `(${i}, 'x')`)}) AS v (a, b)`,
  },
  { name: 'rows of INSERT', needed: 5000, write: (n) => `INSERT INTO t VALUES ${many(n, (i) => `(${i}, 'x')`)}` },
  { name: 'casts in a row', needed: 100, write: (n) => `SELECT a${'::int'.repeat(n)} FROM t` },
  { name: 'subscripts in a row', needed: 100, write: (n) => `SELECT a${'[0]'.repeat(n)} FROM t` },
  { name: 'statements', needed: 2000, write: (n) => many(n, (i) => `SELECT ${i}`, '; ') },
  { name: 'comments', needed: 5000, write: (n) => `SELECT a ${many(n, (i) => `/* ${i} */`, ' ')} FROM t` },
  { name: 'a long text', needed: 100_000, write: (n) => `SELECT '${"x''".repeat(n)}'` },
  { name: 'open parentheses', needed: 0, deep: true, write: (n) => `SELECT ${'('.repeat(n)}` },
  { name: 'open calls', needed: 0, deep: true, write: (n) => `SELECT ${'f('.repeat(n)}` },
  { name: 'open CASE', needed: 0, deep: true, write: (n) => `SELECT ${'CASE WHEN '.repeat(n)}` },
  { name: 'open brackets', needed: 0, deep: true, write: (n) => `SELECT ${'['.repeat(n)}` },
  { name: 'open braces', needed: 0, deep: true, write: (n) => `SELECT ${"{'a':".repeat(n)}` },
  { name: 'open subqueries', needed: 0, deep: true, write: (n) => 'SELECT * FROM ('.repeat(n) },
  { name: 'open lambdas', needed: 0, deep: true, write: (n) => `SELECT f(${'x -> '.repeat(n)}` },
  { name: 'open WITH', needed: 0, deep: true, write: (n) => 'WITH c AS ('.repeat(n) },
  { name: 'closing parentheses', needed: 0, write: (n) => `SELECT a ${')'.repeat(n)}` },
  { name: 'commas', needed: 0, write: (n) => `SELECT a ${','.repeat(n)} FROM t` },
  { name: 'semicolons', needed: 0, write: (n) => ';'.repeat(n) },
  { name: 'open comments', needed: 0, write: (n) => `SELECT 1 ${'/* '.repeat(n)}` },
  { name: 'words', needed: 0, write: (n) => 'select from where '.repeat(n) },
  { name: 'selects', needed: 0, write: (n) => 'SELECT '.repeat(n) },
  { name: 'openings that may be lambdas', needed: 0, deep: true, write: (n) => `SELECT ${'f((a, b, '.repeat(n)}` },
  {
    name: 'openings that may be joins',
    needed: 0,
    deep: true,
    write: (n) => `SELECT * FROM ${'(((a JOIN '.repeat(n)}`,
  },
];

let wrong = 0;
console.log(
  '| shape | needed | dialect | parse ms | print ms | analyse ms | 10× and 40× the size, parse ms | past the limit |',
);
console.log('|---|--:|---|--:|--:|--:|--:|---|');
for (const { name, needed, deep, write, dialects = ['snowflake', 'duckdb'] } of shapes) {
  for (const dialect of dialects) {
    const base = Math.max(needed, 1000);
    const small = needed > 0 ? run(write(needed), dialect) : undefined;
    const [ten, forty] = [10, 40].map((times) => best(write(base * times), dialect));
    const growth = forty.ms / Math.max(ten.ms, 10);
    const huge = run(write(deep ? 200_000 : base * 20), dialect, { printed: !deep });
    const faults = [
      small?.outcome !== undefined && `needed size: ${small.outcome}`,
      small?.printFault,
      small?.analyzeFault,
      small?.analyzeMs > 2000 && `analysis takes ${small.analyzeMs.toFixed(0)} ms`,
      ten.crashed && `10×: ${ten.outcome}`,
      huge.crashed && `huge: ${huge.outcome}`,
      huge.printFault,
      huge.analyzeFault,
      needed > 0 && !deep && huge.outcome !== undefined && `20×: ${huge.outcome}`,
      growth > 8 && `time grows ${growth.toFixed(1)}-fold for four times the text`,
    ].filter(Boolean);
    wrong += faults.length;
    const cells = [
      name,
      needed || '',
      dialect,
      small?.ms.toFixed(1) ?? '',
      small?.printMs?.toFixed(1) ?? '',
      small?.analyzeMs?.toFixed(1) ?? '',
      `${ten.ms.toFixed(0)}, ${forty.ms.toFixed(0)}`,
    ];
    console.log(
      `| ${cells.join(' | ')} | ${faults.length > 0 ? `**${faults.join('; ')}**` : (huge.outcome ?? 'accepted')} |`,
    );
  }
}
console.log(`\n${wrong} faults`);
process.exitCode = wrong > 0 ? 1 : 0;

function best(sql, dialect) {
  const runs = [0, 1, 2].map(() => run(sql, dialect, { printed: false }));
  return runs.reduce((least, one) => (one.ms < least.ms ? one : least));
}

/** `outcome` is undefined for an accepted text, else the first error; `crashed` if anything was thrown. */
function run(sql, dialect, { printed = true } = {}) {
  const start = process.cpuUsage();
  try {
    const { statements, diagnostics } = parse(sql, { dialect });
    const ms = since(start);
    const error = diagnostics.find(({ severity }) => severity === 'error');
    if (error) return { ms, outcome: `${error.message.slice(0, 100)} (${diagnostics.length} in all)` };
    return {
      ms,
      outcome: undefined,
      ...(printed ? { ...runPrint(statements, dialect), ...runAnalyze(sql, dialect) } : {}),
    };
  } catch (error) {
    return { ms: since(start), outcome: `THROWN ${String(error).slice(0, 100)}`, crashed: true };
  }
}

function runPrint(statements, dialect) {
  const start = process.cpuUsage();
  try {
    for (const statement of statements) print(statement, { dialect });
    return { printMs: since(start) };
  } catch (error) {
    return { printFault: `print: THROWN ${String(error).slice(0, 100)}` };
  }
}

function runAnalyze(sql, dialect) {
  const start = process.cpuUsage();
  try {
    analyze(sql, { dialect, schema: [] });
    return { analyzeMs: since(start) };
  } catch (error) {
    return { analyzeFault: `analyze: THROWN ${String(error).slice(0, 100)}` };
  }
}

/** CPU time, because other work may run on the machine. */
function since(start) {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
