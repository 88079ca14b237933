import { unsupported } from '../errors.ts';
import { Cursor } from './cursor.ts';
import { expressionOf } from './expression.ts';
import { literal, type Scope } from './names.ts';
import { type Node, splitByComma } from './nodes.ts';

/** `flatten(input => v, path => 'a.b', outer => true)` as a lateral query with Snowflake's six columns. */
export function flattenTable(nodes: readonly Node[], scope: Scope): string {
  const given = new Map(splitByComma(nodes).map((part) => argument(part)));
  const mode = text(given.get('MODE'));
  if (given.has('RECURSIVE') && text(given.get('RECURSIVE')) !== 'FALSE') throw unsupported('FLATTEN RECURSIVE');
  if (mode !== '' && mode !== 'BOTH') throw unsupported(`FLATTEN MODE => ${mode}`);
  const whole = `main.sf_variant(${expressionOf(given.get('INPUT') ?? [], scope)})`;
  const path = text(given.get('PATH'));
  const input = path === '' ? whole : `json_extract(${whole}, ${literal(`$.${path}`)})`;
  const rows =
    `SELECT 1 AS "SEQ", CASE WHEN i.kind = 'OBJECT' THEN e.key END AS "KEY", ` +
    `CASE WHEN i.kind = 'ARRAY' THEN ${literal(path)} || '[' || e.key || ']' ELSE ${literal(path === '' ? '' : `${path}.`)} || e.key END AS "PATH", ` +
    `CASE WHEN i.kind = 'ARRAY' THEN CAST(e.key AS BIGINT) END AS "INDEX", e.value AS "VALUE", i.input AS "THIS" ` +
    `FROM (SELECT ${input} AS input, json_type(${input}) AS kind) i, json_each(i.input) e WHERE i.kind IN ('ARRAY', 'OBJECT')`;
  if (text(given.get('OUTER')) !== 'TRUE') return `LATERAL (${rows})`;
  const none = `SELECT 1, NULL, NULL, NULL, NULL, ${input} WHERE NOT coalesce(json_array_length(${input}) > 0 OR len(json_keys(${input})) > 0, FALSE)`;
  return `LATERAL (${rows} UNION ALL ${none})`;
}

function argument(part: readonly Node[]): [string, readonly Node[]] {
  const cursor = new Cursor(part);
  if (!cursor.seesSymbol('=>', 1)) return ['INPUT', part];
  const name = cursor.expectWord();
  cursor.expectSymbol('=>');
  return [name, cursor.rest()];
}

function text(nodes: readonly Node[] | undefined): string {
  const [only] = nodes ?? [];
  return only && only.kind !== 'group' ? (only.kind === 'string' ? only.value : only.value.toUpperCase()) : '';
}
