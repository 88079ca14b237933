import {
  type DerivedTable,
  foldName,
  type Join,
  type Name,
  type Place,
  type TableExpression,
} from '../../sql/index.ts';
import { allBounds } from './bounds.ts';
import { type Link, readCondition, type Said, unsureBounds } from './conditions.ts';
import { pushLinks } from './edges.ts';
import {
  type Around,
  type CommonTables,
  mostScans,
  type ReadTable,
  type Scope,
  type Source,
  scopeOf,
  TooManyScans,
} from './reader.ts';
import {
  columnOf,
  contentOf,
  hashOf,
  joined,
  type Rows,
  type Scan,
  unclear,
  unclearRows,
  type Value,
  workedOut,
} from './relation.ts';
import { look } from './values.ts';

/** What FROM gives. */
export interface From extends Pick<Scope, 'sources' | 'merged'> {
  readonly shape: string;
}

export const scansOf = ({ sources }: Pick<From, 'sources'>): readonly Scan[] =>
  sources.flatMap(({ rows }) => rows.scans);

export function readFrom(tables: readonly TableExpression[], around: Around): From {
  const all: From[] = [];
  for (const table of tables) {
    const before = all.flatMap(({ sources }) => sources);
    all.push(readTable(table, around, before));
  }
  return {
    sources: all.flatMap(({ sources }) => sources),
    merged: new Map(all.flatMap(({ merged }) => [...merged])),
    shape: all.length === 1 ? all[0]!.shape : hashOf('from', ...all.map(({ shape }) => shape)),
  };
}

/** @param before what stands left of it, which a lateral query sees. */
function readTable(table: TableExpression, around: Around, before: readonly Source[]): From {
  switch (table.kind) {
    case 'table': {
      const found = readTableNamed(table.name, table, around);
      const path = table.alias?.name ? [table.alias.name] : table.name.parts;
      const { travel, changes, sample, withOrdinality } = table;
      const changed = travel || changes || sample || withOrdinality || table.alias?.columns.length;
      const made = changed ? unclearRows(found.scans, hashOf(contentOf(found), shapeOf(table, around))) : found;
      return named(made, path, around, before);
    }
    case 'derived-table': {
      const found = around.reader.query(table.query, lateral(table, around, before));
      const renames = table.sample || table.alias?.columns.length;
      const { alias, sample } = table;
      const result = renames
        ? unclearRows(found.scans, hashOf(contentOf(found), look([alias?.columns, sample], scopeOf(around, [])).data))
        : found;
      return named(result, table.alias?.name ? [table.alias.name] : [], around, before);
    }
    case 'nested-table':
      return table.alias
        ? unread(table, [readTable(table.table, around, before)], around, before)
        : readTable(table.table, around, before);
    case 'join':
      return readJoin(table, around, before);
    case 'pivoted-table':
    case 'match-recognize':
      return unread(table, [readTable(table.table, around, before)], around, before);
    default:
      return unread(table, [], around, before);
  }
}

function lateral(table: DerivedTable, around: Around, before: readonly Source[]): Around {
  const sees = table.lateral || around.reader.dialect.names.lateralByItself;
  return sees && before.length > 0 ? { ...around, outer: scopeOf(around, before) } : around;
}

/** Of such rows only is known where they come from. */
function unread(table: TableExpression, inner: readonly From[], around: Around, before: readonly Source[]): From {
  const alias = 'alias' in table ? table.alias?.name : undefined;
  const within = inner.flatMap(({ sources }) => sources);
  const result = unclearRows(
    inner.flatMap(scansOf),
    hashOf(
      look(table, scopeOf(around, [...before, ...within])).data,
      inner.map(({ shape }) => shape),
      within.map(({ rows }) => contentOf(rows)),
    ),
  );
  return named(result, alias ? [alias] : [], around, before);
}

const shapeOf = (table: TableExpression, around: Around): string => hashOf(look(table, scopeOf(around, [])).data);

/** @param before the sources left of it: columns of a table that stands in FROM twice are told apart by their place. */
function named(rows: Rows, path: Name['parts'], { reader }: Around, before: readonly Source[]): From {
  const { names } = reader.dialect;
  const keys = path.filter(({ text }) => text !== '').map((part) => foldName(part, names));
  const place = before.length;
  const placed = (value: Value): Value => ({ ...value, mark: hashOf('source', place, value.mark) });
  const own = place === 0 ? rows : mapped(rows, placed);
  return { sources: [{ path: keys, rows: own }], merged: new Map(), shape: rows.shape };
}

/** A common table, a view, which is read as if its query stood there, or a table of the warehouse. */
export function readTableNamed(name: Name, place: Place, around: Around): Rows {
  const { reader, tables } = around;
  const keys = name.parts.map((part) => foldName(part, reader.dialect.names));
  const common = keys.length === 1 ? commonTable(keys[0]!, tables) : undefined;
  if (common) return reader.commonTable(common, reader);
  const table = reader.table(keys);
  if (!table) return scanRows({ name: keys.join('.'), columns: undefined }, place, around);
  const { view } = table;
  if (!view) return scanRows(table, place, around);
  const within = { ...reader, table: view.table, place: reader.place ?? place };
  return reader.query(view.query, { outer: undefined, tables: undefined, reader: within });
}

function commonTable(key: string, tables: CommonTables | undefined): CommonTables | undefined {
  let level = tables;
  while (level && level.key !== key) level = level.next;
  return level;
}

function scanRows(table: ReadTable, place: Place, { reader }: Around): Rows {
  const { name, columns, version, open, identity = (key) => key } = table;
  const scan: Scan = { table: name, place: reader.place ?? { start: place.start, end: place.end } };
  if (reader.scans.length >= mostScans) throw new TooManyScans();
  reader.scans.push(scan);
  const shape = hashOf('table', name, version?.(undefined) ?? null);
  const columnAt = (key: string): Value => columnOf(scan, identity(key), version?.(key));
  return {
    columns: new Map(columns?.map((key) => [key, columnAt(key)])),
    unlisted: columns && !open ? undefined : columnAt,
    scans: [scan],
    shape,
  };
}

function readJoin(join: Join, around: Around, before: readonly Source[]): From {
  const left = readTable(join.left, around, before);
  const right = readTable(join.right, around, [...before, ...left.sources]);
  const both = scopeOf(around, [...left.sources, ...right.sources], new Map([...left.merged, ...right.merged]));
  const using = join.natural
    ? sharedKeys(left, right)
    : (join.using ?? []).map((name) => foldName(name, around.reader.dialect.names));
  const equal = using.flatMap((key): [string, Link][] => {
    const [one, other] = [columnIn(left, key), columnIn(right, key)];
    return one && other ? [[key, { left: one, right: other, operator: '=' }]] : [];
  });
  const conditions = [join.on, join.matchCondition].flatMap((condition) =>
    condition ? [readCondition(condition, both)] : [],
  );
  const said: Said = {
    bounds: allBounds(conditions.map(({ bounds }) => bounds)),
    links: [...equal.map(([, link]) => link), ...conditions.flatMap((condition) => condition.links)],
  };
  const [keepsLeft, keepsRight] = kept(join);
  const reached = new Set([...(keepsLeft ? [] : scansOf(left)), ...(keepsRight ? [] : scansOf(right))]);
  around.reader.bounds.push(new Map([...said.bounds].filter(([scan]) => reached.has(scan))));
  pushLinks(said.links, around.reader, (scan) => reached.has(scan));
  // Which columns a NATURAL join compares, nobody knows where a table's columns are unknown.
  if (join.natural && both.sources.some(({ rows }) => rows.unlisted)) {
    around.reader.bounds.push(unsureBounds(unclear([...reached], ''), undefined, around.reader.everything));
  }
  const on = [join.on, join.matchCondition].map((condition) => (condition ? look(condition, both).data : null));
  const shape = hashOf(
    join.type,
    join.asof,
    join.natural && both.sources.map(({ rows }) => contentOf(rows)),
    left.shape,
    right.shape,
    on,
    using,
    equal.map(([, link]) => [link.left.mark, link.right.mark]),
  );
  const [shownLeft, shownRight] = [
    keepsRight ? lacking(left, said.links) : left,
    keepsLeft ? lacking(right, said.links) : right,
  ];
  if (join.type === 'semi' || join.type === 'anti') return { ...left, shape };
  const merged = equal.map(([key, link]): [string, Value] => [key, mergedValue(link, join)]);
  return {
    sources: [...shownLeft.sources, ...shownRight.sources],
    merged: new Map([...left.merged, ...right.merged, ...merged]),
    shape,
  };
}

/** Whether all rows of the left and of the right side come out, whatever the condition says. */
function kept({ type }: Join): readonly [boolean, boolean] {
  return [
    type === 'left' || type === 'full' || type === 'anti' || type === 'positional',
    type === 'right' || type === 'full' || type === 'positional',
  ];
}

/**
 * The side of an outer join that may have no row. Who chooses by one of its columns may choose rows of the other side,
 * with which they are joined.
 */
function lacking(side: From, links: readonly Link[]): From {
  const linked = links.flatMap(({ left, right }) => [left, right]);
  const wrap = (value: Value): Value => ({ ...value, from: workedOut([value, ...linked], '').from });
  return { ...side, sources: side.sources.map(({ path, rows }): Source => ({ path, rows: mapped(rows, wrap) })) };
}

export function mapped(rows: Rows, change: (value: Value) => Value): Rows {
  const { columns, unlisted } = rows;
  return {
    ...rows,
    columns: new Map([...columns].map(([key, value]) => [key, change(value)])),
    unlisted: unlisted && ((key) => change(unlisted(key))),
  };
}

function mergedValue(link: Link, { type }: Join): Value {
  const both = joined([link.left, link.right], hashOf('using', type, link.left.mark, link.right.mark));
  if (type === 'left') return { ...both, traces: link.left.traces };
  return type === 'right' ? { ...both, traces: link.right.traces } : both;
}

function columnIn({ sources, merged }: From, key: string): Value | undefined {
  const listed = sources.flatMap(({ rows }) => rows.columns.get(key) ?? []);
  return merged.get(key) ?? listed[0] ?? sources.find(({ rows }) => rows.unlisted)?.rows.unlisted?.(key);
}

function sharedKeys(left: From, right: From): string[] {
  const keysOf = ({ sources }: From): readonly string[] => sources.flatMap(({ rows }) => [...rows.columns.keys()]);
  const others = new Set(keysOf(right));
  return keysOf(left).filter((key) => others.has(key));
}
