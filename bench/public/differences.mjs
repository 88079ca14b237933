// What two runs of the same project left behind, compared: results, compiled SQL, rows. Each gives a summary in Markdown,
// and the differences one by one.
import { existsSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

/** Statuses and failing rows of every node, of two `run_results.json`. */
export function compareOutcomes(one, other) {
  if (!one || !other) return { summary: absent(one, other) };
  const [first, second] = [one, other].map(
    ({ results }) => new Map(results.map((result) => [result.unique_id, result])),
  );
  const shown = (result) =>
    result ? `${result.status}${result.failures == null ? '' : ` (${result.failures})`}` : 'not there';
  const different = union(first, second).filter((id) => shown(first.get(id)) !== shown(second.get(id)));
  const counts = countBy([...first.values()], ({ status }) => status);
  const lines = different.map(
    (id) =>
      `${id}\n  dbt: ${shown(first.get(id))} ${first.get(id)?.message}\n  Ingot: ${shown(second.get(id))} ${second.get(id)?.message}\n`,
  );
  return {
    summary: `${first.size} with dbt (${counts}), ${second.size} with Ingot; ${different.length} different\n${lines.slice(0, 12).join('')}`,
    details: lines.join('\n'),
  };
}

/** The compiled SQL of every node, of two `manifest.json`. */
export function compareCode(one, other) {
  if (!one || !other) return { summary: absent(one, other) };
  const [first, second] = [one, other].map(({ nodes }) => new Map(Object.entries(nodes)));
  const groups = new Map();
  const add = (type, kind, id, text = '') => {
    const group = groups.get(type) ?? new Map();
    groups.set(type, group.set(kind, [...(group.get(kind) ?? []), { id, text }]));
  };
  for (const id of union(first, second)) {
    const [left, right] = [first.get(id), second.get(id)];
    const type = (left ?? right).resource_type;
    if (!left || !right) add(type, left ? 'only with dbt' : 'only with Ingot', id);
    else
      add(
        type,
        kindOf(left.compiled_code, right.compiled_code),
        id,
        firstDifference(left.compiled_code, right.compiled_code),
      );
  }
  const rows = [...groups].map(
    ([type, kinds]) => `${type}: ${[...kinds].map(([kind, { length }]) => `${length} ${kind}`).join(', ')}`,
  );
  const details = [...groups].flatMap(([, kinds]) =>
    [...kinds].flatMap(([kind, nodes]) =>
      kind.startsWith('the same') ? [] : nodes.map(({ id, text }) => `${id}: ${kind}\n${text}\n`),
    ),
  );
  return { summary: rows.join('\n'), details: details.join('\n') };
}

function kindOf(left, right) {
  if ((left ?? null) === null && (right ?? null) === null) return 'the same (nothing compiled)';
  if (left === right) return 'the same';
  if ((left ?? null) === null || (right ?? null) === null)
    return left === undefined || left === null ? 'compiled by Ingot only' : 'compiled by dbt only';
  if (spaced(left) === spaced(right)) return 'the same but for whitespace';
  return timeless(left) === timeless(right) ? 'the same but for whitespace and the time of the run' : 'different';
}

/** Without moments to the microsecond: what `run_started_at` gives. */
const timeless = (text) => spaced(text).replace(/\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\.\d+(\+00:00)?/g, '<time>');

/** Whitespace counts as one blank between words, and as nothing beside a bracket, a comma or an operator. */
const spaced = (text) =>
  text
    .replace(/\s+/g, ' ')
    .replace(/ ?([(),[\]=<>+*/|-]) ?/g, '$1')
    .trim();

function firstDifference(left, right) {
  if (typeof left !== 'string' || typeof right !== 'string') return '';
  const [a, b] = [spaced(left), spaced(right)];
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const around = (text) => text.slice(Math.max(0, at - 60), at + 140);
  return `  dbt:   …${around(a)}…\n  Ingot: …${around(b)}…`;
}

/** Relations and their numbers of rows, in two DuckDB files. */
export async function compareRows(one, other) {
  const [first, second] = [await rowCounts(one), await rowCounts(other)];
  const different = union(first, second).filter((name) => first.get(name) !== second.get(name));
  const lines = different.map(
    (name) => `${name}: ${first.get(name) ?? 'not there'} with dbt, ${second.get(name) ?? 'not there'} with Ingot`,
  );
  const total = [...first.values()].reduce((sum, rows) => sum + Number(rows || 0), 0);
  return {
    summary: `${first.size} relations with ${total} rows with dbt, ${second.size} with Ingot; ${different.length} different\n${lines.slice(0, 20).join('\n')}`,
    details: lines.join('\n'),
  };
}

async function rowCounts(path) {
  const counts = new Map();
  if (!existsSync(path)) return counts;
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const relations = await connection.runAndReadAll(
    "select table_schema, table_name, table_type from information_schema.tables where table_schema not like 'pg_%' order by all",
  );
  for (const [schema, name, type] of relations.getRows()) {
    const count = await connection
      .runAndReadAll(`select count(*) from "${schema}"."${name}"`)
      .then((rows) => String(rows.getRows()[0]?.[0]))
      .catch((failure) => `unreadable: ${String(failure.message).split('\n')[0]}`);
    counts.set(`${schema}.${name} (${type})`, count);
  }
  connection.closeSync();
  instance.closeSync();
  return counts;
}

function absent(one, other) {
  const who = [...(one ? [] : ['dbt']), ...(other ? [] : ['Ingot'])];
  return `not compared: ${who.join(' and ')} wrote none`;
}

const union = (first, second) => [...new Set([...first.keys(), ...second.keys()])].sort();

function countBy(items, key) {
  const counts = new Map();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return [...counts].map(([name, number]) => `${number} ${name}`).join(', ');
}
