import { createHash } from 'node:crypto';
import type { Cell, Column, Relation, Session, Statements } from '../../core/index.ts';
import type { ForeignKey } from './foreign-keys.ts';
import { valueText } from './mask-values.ts';

/** A table of which rows are sampled. */
export interface SampledTable {
  readonly nodeId: string;
  readonly relation: Relation;
  /** Those that are read. */
  readonly columns: readonly Column[];
  /** Columns that tell rows apart: what rows are chosen by. Empty: nobody says which do. */
  readonly key: readonly string[];
  /** Whether some of its rows are chosen; if not, only those that others refer to are read. */
  readonly isChosen: boolean;
}

/** A table with the rows that were read of it. */
export interface SampledRows extends SampledTable {
  readonly rows: readonly (readonly Cell[])[];
  /** How many of the rows, the last ones, are there because others refer to them. */
  readonly referred: number;
}

export interface SampleRequest {
  readonly tables: readonly SampledTable[];
  /** Between these tables. */
  readonly foreignKeys: readonly ForeignKey[];
  /** How many rows are chosen of a table. */
  readonly rows: number;
  /** Decides which rows: the same for the same text. */
  readonly seed: string;
}

/** Keys are asked for in pieces, since a statement has its limits. */
const keysPerQuery = 500;

/** One link between two tables, with the places of its columns in their rows. */
interface Link {
  readonly child: { readonly rows: readonly (readonly Cell[])[]; readonly at: readonly number[] };
  readonly parent: Reading;
  readonly parentAt: readonly number[];
  /** Keys that are there, or were asked for. */
  readonly known: Set<string>;
  /** How many rows of the child and of the parent have been looked at. */
  seen: { child: number; parent: number };
}

interface Reading {
  readonly table: SampledTable;
  readonly rows: Cell[][];
}

/**
 * Reads some rows of each table, and then the rows that these refer to, until none is missing. Rows of the same key may be
 * left out where a table repeats it; no row stands twice.
 */
export async function sampleRows(
  request: SampleRequest,
  session: Session,
  statements: Statements,
): Promise<readonly SampledRows[]> {
  const readings = new Map<string, Reading>();
  for (const table of request.tables) {
    const rows = table.isChosen ? (await session.query(chooseRows(table, request, statements))).rows : [];
    readings.set(table.nodeId, { table, rows: rows.map((row) => [...row]) });
  }
  const chosen = new Map([...readings].map(([id, { rows }]) => [id, rows.length]));
  const links = request.foreignKeys.flatMap((foreignKey) => linkOf(foreignKey, readings));
  for (let found = true; found; ) {
    found = false;
    for (const link of links) if (await readParents(link, session, statements)) found = true;
  }
  return [...readings].map(([id, { table, rows }]) => ({
    ...table,
    rows,
    referred: rows.length - (chosen.get(id) ?? 0),
  }));
}

/** Rows in an order that looks like none and is the same every time; the first so many. */
function chooseRows({ relation, columns, key }: SampledTable, { rows, seed }: SampleRequest, statements: Statements) {
  const chosenBy = key.length > 0 ? key : columns.filter(({ type }) => isPlain(type)).map(({ name }) => name);
  const texts = chosenBy.map((name) => `coalesce(cast(${statements.quote(name)} as varchar), '')`);
  const order = `md5(${[statements.literal(seed), ...texts].join(" || '|' || ")})`;
  return statements.limited(`${selectFrom(relation, columns, statements)} order by ${order}`, rows);
}

const isPlain = (type: string): boolean =>
  /^(\w*char|\w*text|string|\w*int|integer|number|numeric|decimal|double|float|real|date|time|bool|uuid)/i.test(type);

function selectFrom(relation: Relation, columns: readonly Column[], statements: Statements): string {
  const names = columns.map(({ name }) => statements.quote(name)).join(', ');
  return `select ${names} from ${statements.renderRelation(relation)}`;
}

function linkOf({ child, parent }: ForeignKey, readings: ReadonlyMap<string, Reading>): readonly Link[] {
  const [from, to] = [readings.get(child.nodeId), readings.get(parent.nodeId)];
  if (!from || !to) return [];
  const places = (names: readonly string[], { columns }: SampledTable): number[] =>
    names.map((name) => columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase()));
  const [at, parentAt] = [places(child.columns, from.table), places(parent.columns, to.table)];
  if (at.includes(-1) || parentAt.includes(-1)) return [];
  const comparable = at.every(
    (place, index) => isNumeric(from.table.columns[place]) === isNumeric(to.table.columns[parentAt[index] ?? -1]),
  );
  if (!comparable) return [];
  return [{ child: { rows: from.rows, at }, parent: to, parentAt, known: new Set(), seen: { child: 0, parent: 0 } }];
}

const isNumeric = (column: Column | undefined): boolean =>
  /^(\w*int|integer|number|numeric|decimal|double|float|real)/i.test(column?.type ?? '');

/** Reads the rows that a link's child refers to and that have not been read. Gives whether there were some. */
async function readParents(link: Link, session: Session, statements: Statements): Promise<boolean> {
  const { child, parent, parentAt, known, seen } = link;
  for (; seen.parent < parent.rows.length; seen.parent += 1)
    known.add(keyText(parent.rows[seen.parent] ?? [], parentAt));
  const missing = new Map<string, readonly Cell[]>();
  for (; seen.child < child.rows.length; seen.child += 1) {
    const row = child.rows[seen.child] ?? [];
    const key = child.at.map((place) => row[place] ?? null);
    const text = keyText(row, child.at);
    if (!key.includes(null) && !known.has(text)) missing.set(text, key);
  }
  if (missing.size === 0) return false;
  for (const text of missing.keys()) known.add(text);
  const keys = [...missing.values()];
  let found = false;
  for (let start = 0; start < keys.length; start += keysPerQuery) {
    const sql = selectByKeys(parent.table, parentAt, keys.slice(start, start + keysPerQuery), statements);
    const { rows } = await session.query(sql);
    for (const row of rows) parent.rows.push([...row]);
    found ||= rows.length > 0;
  }
  return found;
}

const keyText = (row: readonly Cell[], at: readonly number[]): string =>
  JSON.stringify(at.map((place) => valueText(row[place] ?? null)));

function selectByKeys(
  { relation, columns }: SampledTable,
  at: readonly number[],
  keys: readonly (readonly Cell[])[],
  statements: Statements,
): string {
  const tuple = (parts: readonly string[]): string => (parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(', ')})`);
  const names = tuple(at.map((place) => statements.quote(columns[place]?.name ?? '')));
  const values = keys.map((key) => tuple(key.map((cell) => literalOf(cell, statements))));
  return `${selectFrom(relation, columns, statements)} where ${names} in (${values.join(', ')})`;
}

/** A cell as it is written in SQL. What has parts is text of JSON. */
export function literalOf(cell: Cell, { literal }: Pick<Statements, 'literal'>): string {
  if (cell === null) return 'null';
  if (typeof cell === 'number' && !Number.isFinite(cell)) return literal(String(cell));
  if (typeof cell === 'number' || typeof cell === 'bigint' || typeof cell === 'boolean') return String(cell);
  return literal(typeof cell === 'string' ? cell : valueText(cell));
}

/** Rows in an order that tells nothing of the one in which they were read. */
export function shuffled(rows: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  const keyed = rows.map((row) => {
    const text = JSON.stringify(row.map(valueText));
    return { row, order: createHash('sha256').update(text).digest('hex') };
  });
  return keyed
    .sort((one, other) => (one.order < other.order ? -1 : one.order > other.order ? 1 : 0))
    .map(({ row }) => row);
}
