// How much SQL each parser accepts, as a Markdown table, and what Ingot does not, with the reason.
//   node bench/sql/accept.mjs --corpus DIR [--rivals DIR] [--python PATH] [--ingot FILE] [--engine NAME]…
//     [--only CORPUS]… [--list FILE]
// --corpus is the folder that corpus.py made. --rivals and --python: see engines.mjs. --ingot is a built `ingot/sql`;
// without it the working tree is bundled. --list FILE gets every statement that Ingot does not accept (or should not
// have accepted). DuckDB's own parser decides what is DuckDB's SQL: of its
// tests, which may be newer than it, and of identity.sql, which is of no dialect in particular.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findEngines } from './engines.mjs';
import { openOracle } from './oracle.mjs';

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    rivals: { type: 'string' },
    python: { type: 'string' },
    ingot: { type: 'string' },
    engine: { type: 'string', multiple: true },
    only: { type: 'string', multiple: true },
    list: { type: 'string' },
  },
});
if (!values.corpus) throw new Error('--corpus DIR is missing: the folder that corpus.py made');

/** `valid` tells whether the statements are to be accepted. */
const corpora = [
  { name: 'snowflake', title: "sqlglot's Snowflake tests", dialect: 'snowflake', valid: true },
  { name: 'identity', title: "sqlglot's identity.sql as Snowflake", dialect: 'snowflake', valid: true },
  { name: 'identity', title: "sqlglot's identity.sql, what DuckDB accepts", dialect: 'duckdb', valid: true },
  { name: 'tpc-h', title: 'TPC-H as Snowflake', dialect: 'snowflake', valid: true },
  { name: 'tpc-h', title: 'TPC-H as DuckDB', dialect: 'duckdb', valid: true },
  { name: 'tpc-ds', title: 'TPC-DS as Snowflake', dialect: 'snowflake', valid: true },
  { name: 'tpc-ds', title: 'TPC-DS as DuckDB', dialect: 'duckdb', valid: true },
  { name: 'duckdb', title: "DuckDB's tests, queries", dialect: 'duckdb', valid: true },
  { name: 'refused-snowflake', title: 'invalid, Snowflake', dialect: 'snowflake', valid: false },
  { name: 'refused-duckdb', title: 'invalid, DuckDB', dialect: 'duckdb', valid: false },
  { name: 'identity', title: "sqlglot's identity.sql, what DuckDB refuses", dialect: 'duckdb', valid: false },
  { name: 'duckdb-refused', title: "DuckDB's tests, parser errors", dialect: 'duckdb', valid: false },
]
  .filter(({ name }) => values.only === undefined || values.only.includes(name))
  .map((corpus) => ({ ...corpus, statements: readCorpus(corpus.name) }))
  .filter(({ statements }) => statements !== undefined);

const oracle = await openOracle();
for (const corpus of corpora.filter(({ name, dialect }) => dialect === 'duckdb' && !name.startsWith('tpc'))) {
  const verdicts = await Promise.all(corpus.statements.map(({ sql }) => oracle.accepts(sql)));
  const agreed = corpus.statements.filter((_, index) => verdicts[index] === corpus.valid);
  const left = corpus.statements.length - agreed.length;
  if (left > 0 && corpus.name !== 'identity')
    console.error(`${corpus.title}: ${left} left out, DuckDB ${oracle.version} sees them otherwise`);
  corpus.statements = agreed;
}

const engines = findEngines(values).filter(({ name }) => values.engine === undefined || values.engine.includes(name));
const results = new Map();
for (const engine of engines) {
  results.set(engine.name, await run(engine));
  console.error(`${engine.name} done`);
}

console.log(`| corpus | statements | ${engines.map(({ name }) => name).join(' | ')} |`);
console.log(`|---|--:|${engines.map(() => '--:|').join('')}`);
corpora.forEach((corpus, index) => {
  const cells = engines.map(({ name }) => cell(results.get(name)[index], corpus.valid));
  console.log(`| ${corpus.title} | ${corpus.statements.length} | ${cells.join(' | ')} |`);
});
if (values.list && results.has('ingot')) writeFileSync(values.list, listOfIngot(results.get('ingot')));

/** One list of results a corpus, in the order of the statements. */
async function run(engine) {
  if (engine.batch) {
    const requests = corpora.map(({ dialect, statements }) => ({
      dialect,
      statements: statements.map(({ sql }) => sql),
    }));
    return engine.batch({ accept: requests });
  }
  const parse = await engine.load();
  return corpora.map(({ dialect, statements }) =>
    statements.map(({ sql }) => {
      try {
        return parse(sql, dialect);
      } catch (error) {
        return { refused: `THROWN ${error?.stack ?? error}` };
      }
    }),
  );
}

function cell(outcomes, valid) {
  const share = (number) => (outcomes.length === 0 ? '–' : `${((100 * number) / outcomes.length).toFixed(1)} %`);
  const accepted = outcomes.filter((one) => !one?.refused).length;
  const asText = outcomes.filter((one) => one?.fallback).length;
  if (!valid) return `${accepted} accepted`;
  return `${share(accepted)}${asText > 0 ? ` (${asText} as text)` : ''}`;
}

function readCorpus(name) {
  if (name.startsWith('refused-')) {
    const file = fileURLToPath(new URL(`../../tests/engine/sql/corpus/${name}.sql`, import.meta.url));
    return readFileSync(file, 'utf8')
      .split('\n')
      .map((sql, index) => ({ sql, from: `${basename(file)}:${index + 1}` }))
      .filter(({ sql }) => sql !== '' && !sql.startsWith('--'));
  }
  const file = join(values.corpus, `${name}.json`);
  if (!existsSync(file)) console.error(`${name}: not in ${readdirSync(values.corpus).join(', ')}`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** Grouped by what the message says, names and numbers aside; the largest group first. */
function listOfIngot(perCorpus) {
  const parts = corpora.map((corpus, index) => {
    const wrong = corpus.statements
      .map((one, place) => ({ ...one, refused: perCorpus[index][place]?.refused }))
      .filter(({ refused }) => (refused === undefined) !== corpus.valid);
    const groups = Map.groupBy
      ? Map.groupBy(wrong, groupOf)
      : wrong.reduce((map, one) => map.set(groupOf(one), [...(map.get(groupOf(one)) ?? []), one]), new Map());
    const blocks = [...groups.entries()]
      .sort(([, a], [, b]) => b.length - a.length)
      .map(([group, members]) => {
        const lines = members.map(
          ({ sql, from, refused }) => `- ${from}: \`${oneLine(sql)}\`${refused ? ` — ${oneLine(refused)}` : ''}`,
        );
        return `### ${members.length} × ${group}\n\n${lines.join('\n')}\n`;
      });
    return `## ${corpus.title}: ${wrong.length} of ${corpus.statements.length} ${corpus.valid ? 'not accepted' : 'accepted wrongly'}\n\n${blocks.join('\n')}`;
  });
  return `${parts.join('\n')}\n`;
}

function groupOf({ refused }) {
  if (refused === undefined) return 'accepted';
  if (refused.startsWith('THROWN')) return oneLine(refused.split('\n')[0]);
  return oneLine(refused)
    .replace(/^\d+:\d+ /, '')
    .replace(/'[^']*'|`[^`]*`|"[^"]*"/g, '…')
    .replace(/\d+/g, 'N');
}

function oneLine(text) {
  return text.replace(/\s+/g, ' ').trim().slice(0, 400);
}
