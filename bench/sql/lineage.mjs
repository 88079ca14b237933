// Compares the column lineage of TPC-H and TPC-DS with that of Python's sqlglot, and lists every difference by reason.
//   python bench/sql/lineage.py --corpus DIR > DIR/lineage-sqlglot.json
//   nice node bench/sql/lineage.mjs --corpus DIR [--ingot FILE] [--list FILE]
// For each output column the sets of base columns that its value comes from are compared. Also measured: the time to
// analyse TPC-DS once warm.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadIngot } from './load.mjs';

const { values } = parseArgs({
  options: { corpus: { type: 'string' }, ingot: { type: 'string' }, list: { type: 'string' } },
});
if (!values.corpus) throw new Error('--corpus DIR is missing: the folder that corpus.py made');
const read = (name) => JSON.parse(readFileSync(join(values.corpus, `${name}.json`), 'utf8'));
const { analyze } = await loadIngot(values.ingot);
const dialect = 'snowflake';
const theirs = read('lineage-sqlglot');
const schemas = Object.fromEntries(Object.entries(read('schemas')).map(([name, tables]) => [name, schemaOf(tables)]));
const differences = [];

console.log('| corpus | queries | analysed without errors | output columns | same sources | different |');
console.log('|---|--:|--:|--:|--:|--:|');
for (const name of ['tpc-h', 'tpc-ds']) {
  let [clean, columns, same] = [0, 0, 0];
  const queries = read(name);
  queries.forEach(({ sql, from }, index) => {
    const ours = analyze(sql, { dialect, schema: schemas[name] });
    const errors = ours.diagnostics.filter(({ severity }) => severity === 'error');
    if (errors.length === 0) clean++;
    for (const { message, line } of errors)
      differences.push({ from, column: `line ${line}`, reason: `an error: ${message}` });
    const other = theirs[name][index].columns ?? [];
    if (other.length !== ours.columns.length) {
      const reason = `${ours.columns.length} columns, in sqlglot ${other.length}`;
      differences.push({ from, column: '', reason });
    }
    other.forEach((column, place) => {
      columns++;
      const found = compare(ours.columns[place], column, ours.filters);
      if (found.length === 0) same++;
      differences.push(...found.map((one) => ({ from, column: column.name, ...one })));
    });
  });
  console.log(`| ${name} | ${queries.length} | ${clean} | ${columns} | ${same} | ${columns - same} |`);
}
console.log(`\nTPC-DS analysed: ${measure()}\n`);
const list = describe();
console.log(list);
if (values.list) writeFileSync(values.list, list);

function compare(ours, column, filters) {
  if (ours === undefined) return [{ reason: 'the column is missing', what: column.sources.join(', ') }];
  const nameOf = ({ relation, column: name }) => `${relation.split('.').at(-1)}.${name}`.toLowerCase();
  const mine = new Set(ours.sources.map(nameOf));
  const chosen = new Set(filters.map(nameOf));
  const lacking = column.sources.filter((one) => !mine.has(one));
  const more = [...mine].filter((one) => !column.sources.includes(one));
  const byWindow = lacking.filter((one) => chosen.has(one) && !column.without_windows.includes(one));
  const rest = lacking.filter((one) => !byWindow.includes(one));
  const reasons = [
    ['only sqlglot: PARTITION BY or ORDER BY of a window, which for us chooses rows and is in `filters`', byWindow],
    ['only sqlglot; for us it chooses, joins, groups or orders rows', rest.filter((one) => chosen.has(one))],
    ['only sqlglot; for us it has no part', rest.filter((one) => !chosen.has(one))],
    ['only ours', more],
  ];
  return reasons.filter(([, names]) => names.length > 0).map(([reason, names]) => ({ reason, what: names.join(', ') }));
}

function schemaOf(tables) {
  return Object.entries(tables).map(([name, columns]) => ({
    name,
    columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
  }));
}

/** Median and best of passes over all queries, CPU time. */
function measure() {
  const queries = read('tpc-ds').map(({ sql }) => sql);
  const passes = Array.from({ length: 20 }, () => {
    const before = process.cpuUsage();
    for (const sql of queries) analyze(sql, { dialect, schema: schemas['tpc-ds'] });
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  const [first] = passes;
  const sorted = [...passes].sort((a, b) => a - b);
  return `first pass ${first.toFixed(0)} ms, median ${sorted[10].toFixed(1)} ms, best ${sorted[0].toFixed(1)} ms CPU for ${queries.length} queries`;
}

function describe() {
  const reasons = [...new Set(differences.map(({ reason }) => reason))];
  return reasons
    .map((reason) => {
      const members = differences.filter((one) => one.reason === reason);
      return `### ${members.length} × ${reason}\n\n${members.map(({ from, column, what = '' }) => `- ${from}, \`${column}\`: ${what}`).join('\n')}\n`;
    })
    .join('\n');
}
