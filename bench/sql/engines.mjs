// The parsers that accept.mjs and speed.mjs compare. Each `load` gives a function `parse(sql, dialect)` that returns
// undefined for a statement that was understood, { refused: message }, or { fallback: true } where a parser takes a
// statement only as a text or a bare list of tokens.
//
// --rivals DIR is a Node project outside the tree with @polyglot-sql/sdk, @guanmingchiu/sqlparser-ts and sqlglot-ts;
// node-sql-parser is a development dependency of Ingot. --python PATH is a Python with sqlglot (see sqlglot_run.py).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadIngot } from './load.mjs';

/** What can be run with these options, in the order of the tables' columns. */
export function findEngines({ ingot, rivals, python }) {
  const inRivals = (name, entry) => {
    const file = rivals && join(resolve(rivals), 'node_modules', name, entry);
    return file && existsSync(file) ? pathToFileURL(file).href : undefined;
  };
  const polyglot = inRivals('@polyglot-sql/sdk', 'dist/index.node.js');
  const datafusion = inRivals('@guanmingchiu/sqlparser-ts', 'dist/index.mjs');
  const port = inRivals('sqlglot-ts', 'dist/index.mjs');
  const portDialects = inRivals('sqlglot-ts', 'dist/dialects/index.mjs');
  return [
    { name: 'ingot', load: async () => ingotParser(await loadIngot(ingot)) },
    ...(polyglot ? [{ name: '@polyglot-sql/sdk', load: async () => polyglotParser(await import(polyglot)) }] : []),
    ...(datafusion ? [{ name: 'sqlparser-ts', load: async () => datafusionParser(await import(datafusion)) }] : []),
    ...(port ? [{ name: 'sqlglot-ts', load: async () => portParser(await importAll(port, portDialects)) }] : []),
    { name: 'node-sql-parser', load: async () => nodeParser() },
    ...(python ? [{ name: 'sqlglot (Python)', batch: (requests) => runPython(python, requests) }] : []),
  ];
}

/** The module `first`, after those that only register themselves with it. */
async function importAll(first, ...others) {
  for (const other of others) await import(other);
  return import(first);
}

/** Its fallback is for administrative statements only, and called a command. */
function ingotParser({ parse }) {
  return (sql, dialect) => {
    const { statements, diagnostics } = parse(sql, { dialect });
    const error = diagnostics.find(({ severity }) => severity === 'error');
    if (error) return { refused: `${error.line}:${error.column} ${error.message}` };
    return statements.some(({ kind }) => kind === 'command') ? { fallback: true } : undefined;
  };
}

function polyglotParser({ parse }) {
  return (sql, dialect) => {
    const result = parse(sql, dialect);
    if (!result.success) return { refused: result.error };
    const trees = typeof result.ast === 'string' ? JSON.parse(result.ast) : result.ast;
    return trees.some((tree) => 'command' in tree || 'raw' in tree) ? { fallback: true } : undefined;
  };
}

async function datafusionParser({ init, parse }) {
  await init?.();
  return (sql, dialect) => refusal(() => void parse(sql, dialect));
}

function portParser({ parse }) {
  return (sql, dialect) =>
    refusal(() =>
      parse(sql, { read: dialect, dialect }).some((tree) => tree?.constructor?.name === 'Command')
        ? { fallback: true }
        : undefined,
    );
}

/** It has no DuckDB; its PostgreSQL is the nearest. */
function nodeParser() {
  const require = createRequire(import.meta.url);
  const parsers = {
    snowflake: new (require('node-sql-parser/build/snowflake').Parser)(),
    duckdb: new (require('node-sql-parser/build/postgresql').Parser)(),
  };
  const names = { snowflake: 'snowflake', duckdb: 'postgresql' };
  return (sql, dialect) => refusal(() => void parsers[dialect].astify(sql, { database: names[dialect] }));
}

function refusal(parse) {
  try {
    return parse();
  } catch (error) {
    return { refused: String(error?.message ?? error).split('\n')[0] };
  }
}

/** One Python process for everything; `requests` are as sqlglot_run.py describes them. */
function runPython(python, requests) {
  const script = fileURLToPath(new URL('sqlglot_run.py', import.meta.url));
  const run = spawnSync(python, [script], { input: JSON.stringify(requests), maxBuffer: 1 << 30, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`sqlglot_run.py: ${run.stderr || run.error}`);
  return JSON.parse(run.stdout);
}
