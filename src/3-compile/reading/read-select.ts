import {
  foldName,
  type GroupItem,
  type NamedWindow,
  type Query,
  type Select,
  type SelectItem,
  type Star,
} from '../../sql/index.ts';
import { readCondition, unsureBounds } from './conditions.ts';
import { pushLinks } from './edges.ts';
import { type From, mapped, readFrom, scansOf } from './read-from.ts';
import { type Around, type Scope, scopeOf } from './reader.ts';
import { hashOf, otherColumns, type Rows, type Scan, settled, unclear, type Value } from './relation.ts';
import { columnValue, type Looked, look, readValue, sortData } from './values.ts';

/** Reads a SELECT. */
export function readSelect(select: Select, around: Around, tail: Pick<Query, 'orderBy'>): Rows {
  const from = readFrom(select.from, around);
  const scans = scansOf(from);
  const scope = selectScope(select, from, around);
  const behind = behindWindows(select, scope);
  const chosen = readClauses(select, scope, behind);
  const output =
    select.items.length > 0
      ? select.items.map((item, index) => outputOf(item, index, scope))
      : [starOf(allColumns, scope)];
  const columns = output.flatMap(({ columns: some }) => some);
  const open = output.flatMap(({ unlisted }) => unlisted ?? []);
  const unlisted = open.length > 0 ? (key: string) => unlistedIn(open, key, scans) : undefined;
  const marks = [...columns.map(([, { mark }]) => mark), unlisted?.(otherColumns).mark ?? null];
  const looked = select.items.map(({ expression }) =>
    expression.kind === 'star' ? undefined : look(expression, scope),
  );
  const deciding = [
    chosen,
    groupedBy(select, scope, columns, looked),
    looked.flatMap((item) => (item?.multiplies ? [item.data] : [])),
    select.distinct === undefined || select.distinct === 'all' ? null : [marks, look(select.distinct, scope).data],
    look([select.top, select.sample, select.windows, starPatterns(select)], scope).data,
    sortData(tail.orderBy, scope, { columns: new Map(columns), unlisted, scans, shape: '' }),
  ];
  // Who only chooses columns gives the rows that he reads.
  const shape = deciding.every(isNothing) ? from.shape : hashOf(from.shape, deciding);
  const isWhole = select.top === undefined && select.sample === undefined;
  const rows = { columns: new Map(columns), unlisted, scans, shape };
  return mapped(rows, isWhole ? behind : ({ mark }) => settled(mark));
}

const isNothing = (part: unknown): boolean =>
  part === undefined || part === null || (Array.isArray(part) && part.every(isNothing));

function selectScope(select: Select, from: From, around: Around): Scope {
  const { names } = around.reader.dialect;
  const items = new Map<string, SelectItem>();
  for (const item of select.items) if (item.alias) items.set(foldName(item.alias, names), item);
  // An alias does not see itself.
  const open = new Set<SelectItem>();
  const alias = (key: string): Value | undefined => {
    const item = items.get(key);
    if (!item || open.has(item)) return undefined;
    open.add(item);
    const value = readValue(item.expression, scope);
    open.delete(item);
    return value;
  };
  const scope: Scope = { ...scopeOf(around, from.sources, from.merged), alias };
  return scope;
}

/** The conditions of a SELECT. Gives the same for clauses that say the same. */
function readClauses(select: Select, scope: Scope, behind: (value: Value) => Value): unknown {
  const { where, connectBy, having, qualify } = select;
  const { reader, sources, alias } = scope;
  const scans = scansOf(scope);
  // What is chosen by QUALIFY, the windows have seen.
  const seen: Scope = {
    ...scope,
    sources: sources.map(({ path, rows }) => ({ path, rows: mapped(rows, behind) })),
    alias: (key) => {
      const value = alias?.(key);
      return value && behind(value);
    },
  };
  if (connectBy) reader.bounds.push(unsureBounds(unclear(scans, ''), undefined, reader.everything));
  return [
    readClause(where, scope, scans),
    readClause(having, scope, scans),
    readClause(qualify, seen, scans),
    look(connectBy, scope).data,
  ];
}

function readClause(condition: Select['where'], scope: Scope, scans: readonly Scan[]): unknown {
  if (!condition) return null;
  const { reader } = scope;
  const own = new Set(scans);
  const { bounds, links } = readCondition(condition, scope);
  reader.bounds.push(bounds);
  pushLinks(links, reader, (scan) => own.has(scan));
  // A condition of a subquery may choose rows of the query around it, or not, as that uses it.
  for (const { left, right } of links) {
    for (const value of [left, right]) {
      reader.bounds.push(unsureBounds(foreign(value, own), undefined, reader.everything));
    }
  }
  return look(condition, scope).data;
}

function foreign(value: Value, own: ReadonlySet<Scan>): Value {
  return { ...value, from: new Map([...value.from].filter(([scan]) => !own.has(scan))) };
}

function unlistedColumn(key: string, scope: Scope): Value {
  return columnValue([{ kind: 'identifier', text: key, quoted: true, start: -1, end: -1 }], {
    ...scope,
    outer: undefined,
    alias: undefined,
  });
}

/** Which columns a star has is as much as which rows there are, where nobody knows the columns. */
const starPatterns = ({ items }: Select): unknown =>
  items.flatMap(({ expression }) => (expression.kind === 'star' && expression.like ? [expression.like] : []));

interface Output {
  readonly columns: readonly (readonly [string, Value])[];
  /** A column that is not listed; undefined where all are. */
  readonly unlisted: Rows['unlisted'];
}

const allColumns: Star = { kind: 'star', qualifier: [], exclude: [], replace: [], rename: [], start: -1, end: -1 };

function outputOf(item: SelectItem, index: number, scope: Scope): Output {
  const { expression, alias } = item;
  if (expression.kind === 'star') return starOf(expression, scope);
  const { names } = scope.reader.dialect;
  const key = alias
    ? foldName(alias, names)
    : expression.kind === 'column'
      ? foldName(expression.parts.at(-1)!, names)
      : `column ${index + 1}`;
  return { columns: [[key, readValue(expression, scope)]], unlisted: undefined };
}

function starOf(star: Star, scope: Scope): Output {
  const { names } = scope.reader.dialect;
  const qualifier = star.qualifier.map((part) => foldName(part, names));
  const sources = scope.sources.filter(({ path }) =>
    qualifier.every((key, index) => path.at(index - qualifier.length) === key),
  );
  const merged = qualifier.length === 0 ? scope.merged : new Map<string, Value>();
  const excluded = new Set(star.exclude.map(({ parts }) => foldName(parts.at(-1)!, names)));
  const replaced = new Map(
    star.replace.map(({ alias, expression }) => [alias ? foldName(alias, names) : '', expression]),
  );
  const renamed = new Map(
    star.rename.map(({ from, to }) => [foldName(from.parts.at(-1)!, names), foldName(to, names)]),
  );
  const all = new Map([
    ...merged,
    ...sources.flatMap(({ rows }) => [...rows.columns].filter(([key]) => !merged.has(key))),
  ]);
  const columns = [...all].flatMap(([key, value]): [string, Value][] => {
    if (excluded.has(key)) return [];
    const other = replaced.get(key);
    return [[renamed.get(key) ?? key, other ? readValue(other, scope) : value]];
  });
  const open = sources.filter(({ rows }) => rows.unlisted);
  if (!star.like && open.length === 0) return { columns, unlisted: undefined };
  for (const [key, other] of replaced) if (!all.has(key)) columns.push([key, readValue(other, scope)]);
  for (const [from, to] of renamed) if (!all.has(from)) columns.push([to, unlistedColumn(from, scope)]);
  const others = hashOf(
    [...excluded],
    [...renamed],
    open.map(({ rows }) => rows.unlisted?.(otherColumns).mark),
  );
  const unlisted = (key: string): Value => {
    if (key === otherColumns) return unclear(scansOf({ sources: open }), others);
    if (excluded.has(key) || renamed.has(key)) return settled(hashOf('left out', key));
    return unlistedColumn(key, { ...scope, sources: star.like ? sources : open });
  };
  return { columns, unlisted };
}

/** A column of one of several stars. */
function unlistedIn(open: readonly NonNullable<Rows['unlisted']>[], key: string, scans: readonly Scan[]): Value {
  const [first, ...others] = open.map((unlisted) => unlisted(key));
  if (first && others.length === 0) return first;
  return unclear(scans, hashOf('ambiguous', key, first?.mark, ...others.map(({ mark }) => mark)));
}

/** What rows are made one by. */
function groupedBy(
  select: Select,
  scope: Scope,
  columns: Output['columns'],
  looked: readonly (Looked | undefined)[],
): unknown {
  const gathers = looked.some((item) => item?.gathers);
  if (!select.groupBy) return gathers ? 'one row' : null;
  const items = select.groupBy.items.map((item) => groupMark(item, select, scope));
  if (!select.groupBy.all) return items;
  const keys = select.items.flatMap((item, index) =>
    item.expression.kind === 'star'
      ? columns.map(([, { mark }]) => mark)
      : looked[index]?.gathers
        ? []
        : [readValue(item.expression, scope).mark],
  );
  return ['all', items, keys];
}

function groupMark(item: GroupItem, select: Select, scope: Scope): unknown {
  if (item.kind === 'grouping') return [item.type, item.sets.map((one) => groupMark(one, select, scope))];
  const position = item.kind === 'number' ? select.items[Number(item.text) - 1] : undefined;
  return readValue(position?.expression ?? item, scope).mark;
}

/**
 * To choose rows behind a window function chooses none before it, unless it is by what all of the windows are divided by.
 */
function behindWindows(select: Select, scope: Scope): (value: Value) => Value {
  const windows = windowsOf([select.items, select.qualify], select.windows, scope);
  if (windows.length === 0) return (value) => value;
  const kept = windows.map((partitionBy) => new Set(partitionBy.map((key) => readValue(key, scope).mark)));
  return (value) => (kept.every((marks) => marks.has(value.mark)) ? value : settled(value.mark));
}

type PartitionBy = NamedWindow['window']['partitionBy'];

function windowsOf(part: unknown, named: readonly NamedWindow[], scope: Scope): PartitionBy[] {
  if (typeof part !== 'object' || part === null) return [];
  if (Array.isArray(part)) return part.flatMap((one) => windowsOf(one, named, scope));
  const { kind, over } = part as {
    readonly kind?: string;
    readonly over?:
      | NamedWindow['window']
      | { readonly kind: 'identifier'; readonly text: string; readonly quoted: boolean };
  };
  if (kind === 'query') return [];
  const inside = Object.values(part).flatMap((one) => windowsOf(one, named, scope));
  if (kind !== 'call' || !over) return inside;
  if (over.kind === 'window' && !over.base) return [...inside, over.partitionBy];
  const { names } = scope.reader.dialect;
  const base = over.kind === 'window' ? over.base! : over;
  const found = named.find(({ name }) => foldName(name, names) === foldName(base, names));
  return [...inside, found?.window.partitionBy ?? []];
}
