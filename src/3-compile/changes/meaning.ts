import { foldName, type Query } from '../../sql/index.ts';
import { allTime } from '../reading/bounds.ts';
import { readRows } from '../reading/read-rows.ts';
import type { ReadTable } from '../reading/reader.ts';
import { hashOf, otherColumns } from '../reading/relation.ts';
import type { SideQuery } from './side.ts';

/** What a query makes of what it reads: hashes, the same for the same meaning. */
export interface Meaning {
  /** Of all that decides which rows there are. */
  readonly rows: string;
  /** Of each column, in their order. */
  readonly columns: ReadonlyMap<string, string>;
  /** Of columns that are not listed, because those of a table are not known; null where all are listed. */
  readonly rest: string | null;
  /** Of the order that the rows come out in. */
  readonly order: string;
}

/** What a query reads, by unique ids: its columns, and which version of itself it is. */
export type Tables = (id: string) => Omit<ReadTable, 'name'>;

/** The meaning of a query over some tables; undefined for one that is nested too deeply, or reads too much. */
export function meaningOf(side: SideQuery, tables: Tables): Meaning | undefined {
  const query = withoutInjected(side);
  const { limit, offset, body } = query;
  // Which rows there are, the order decides only where some are left out.
  const isCut = limit !== undefined || offset !== undefined || (body.kind === 'select' && isChosenByOrder(body));
  const read = readRows(isCut ? query : { ...query, orderBy: [], orderByAll: undefined }, {
    dialect: side.dialect,
    table: (parts) => {
      const id = side.node(parts);
      return id === undefined ? undefined : { name: id, ...tables(id) };
    },
    everything: () => allTime,
    isWhole: () => false,
  });
  if (!read) return undefined;
  const { shape, columns, unlisted } = read.rows;
  return {
    rows: shape,
    columns: new Map([...columns].map(([key, { mark }]) => [key, mark])),
    rest: unlisted ? unlisted(otherColumns).mark : null,
    order: isCut ? '' : hashOf(withoutPlaces([query.orderBy, query.orderByAll])),
  };
}

const isChosenByOrder = ({ top, distinct }: Extract<Query['body'], { readonly kind: 'select' }>): boolean =>
  top !== undefined || typeof distinct === 'object';

/** Ephemeral models are read as tables of their own. */
function withoutInjected({ query, injected, dialect }: SideQuery): Query {
  if (!query.with || injected.size === 0) return query;
  const tables = query.with.tables.filter(({ name }) => !injected.has(foldName(name, dialect.names)));
  return { ...query, with: { ...query.with, tables } };
}

function withoutPlaces(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withoutPlaces);
  if (typeof part !== 'object' || part === null) return part;
  return Object.entries(part).flatMap(([key, value]) =>
    key === 'start' || key === 'end' || key === 'comments' ? [] : [[key, withoutPlaces(value)]],
  );
}

/** What differs between two meanings. Columns are told by what their names are compared by. */
export interface MeaningDifference {
  readonly rows: boolean;
  /** Columns that both have, worked out in another way. */
  readonly values: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** New names of columns whose value is that of one that is gone. */
  readonly renamed: readonly (readonly [from: string, to: string])[];
  /** Columns that nobody can list may be other ones. */
  readonly unlisted: boolean;
  /** The columns, or the rows, come in another order. */
  readonly reordered: boolean;
}

export const sameMeaning: MeaningDifference = {
  rows: false,
  values: [],
  added: [],
  removed: [],
  renamed: [],
  unlisted: false,
  reordered: false,
};

/** Compares two meanings of queries over the same tables. */
export function differenceOf(before: Meaning, after: Meaning): MeaningDifference {
  const gone = [...before.columns.keys()].filter((key) => !after.columns.has(key));
  const fresh = [...after.columns.keys()].filter((key) => !before.columns.has(key));
  const renamed = gone.flatMap((from): [string, string][] => {
    const mark = before.columns.get(from);
    const same = fresh.filter((to) => after.columns.get(to) === mark);
    const others = gone.filter((other) => before.columns.get(other) === mark);
    return same.length === 1 && others.length === 1 ? [[from, same[0]!]] : [];
  });
  const [from, to] = [new Set(renamed.map(([name]) => name)), new Set(renamed.map(([, name]) => name))];
  const shared = [...before.columns.keys()].filter((key) => after.columns.has(key));
  const inOrder = [...after.columns.keys()].filter((key) => before.columns.has(key));
  return {
    rows: before.rows !== after.rows,
    values: shared.filter((key) => before.columns.get(key) !== after.columns.get(key)),
    added: fresh.filter((key) => !to.has(key)),
    removed: gone.filter((key) => !from.has(key)),
    renamed,
    unlisted: before.rest !== after.rest,
    reordered: shared.some((key, index) => key !== inOrder[index]) || before.order !== after.order,
  };
}

/** What differs in one or the other variant of a node's SQL. */
export function joinDifferences(all: readonly MeaningDifference[]): MeaningDifference {
  const merge = (some: readonly (readonly string[])[]): readonly string[] => [...new Set(some.flat())];
  const [first] = all;
  if (all.length < 2) return first ?? sameMeaning;
  return {
    rows: all.some(({ rows }) => rows),
    values: merge(all.map(({ values }) => values)),
    added: merge(all.map(({ added }) => added)),
    removed: merge(all.map(({ removed }) => removed)),
    renamed: [...new Map(all.flatMap(({ renamed }) => renamed))],
    unlisted: all.some(({ unlisted }) => unlisted),
    reordered: all.some(({ reordered }) => reordered),
  };
}

/** Whether anything of it can be told from the data. */
export const differs = ({ rows, values, added, removed, renamed, unlisted }: MeaningDifference): boolean =>
  rows || unlisted || values.length + added.length + removed.length + renamed.length > 0;
