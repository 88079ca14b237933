import type { BaseRelation, Lineage } from '../lineage/index.ts';
import { remembered } from '../remembered.ts';
import type { Place } from '../tree.ts';
import type { SqlType } from '../types/index.ts';

/** A column of a relation: of a table of the schema, or of the result of a query. */
export interface RelationColumn {
  readonly name: string;
  /** What names are compared by. */
  readonly key: string;
  /** Whether the name is certain: that of an expression without alias is not. */
  readonly named: boolean;
  readonly type: SqlType;
  readonly nullable: boolean;
  readonly lineage: Lineage;
  /** The expression that it comes from. */
  readonly place?: Place;
}

/** Rows with columns. */
export interface Relation {
  readonly columns: readonly RelationColumn[];
  /** Whether it may have columns beside those listed, because some table's columns are unknown. */
  readonly open: boolean;
  /** What the columns that are not listed belong to, if that is certain. */
  readonly base?: BaseRelation;
}

const indexes = new WeakMap<Relation, ReadonlyMap<string, readonly RelationColumn[]>>();

/** Most relations have no more columns than this: to look through them takes no longer than to make an index. */
const few = 24;

/** The columns with a name; several if the relation has a name twice. */
export function columnsNamed(relation: Relation, key: string): readonly RelationColumn[] {
  // An index is kept alive, with all lineage below, through the collections of young objects. Most relations are one CTE's.
  if (relation.columns.length <= few) return relation.columns.filter((column) => column.key === key);
  return remembered(indexes, relation, () => indexOf(relation.columns)).get(key) ?? [];
}

/** Whether `columnsNamed` finds any: asked of each relation that a name may be in. */
export function hasColumnNamed(relation: Relation, key: string): boolean {
  if (relation.columns.length <= few) return relation.columns.some((column) => column.key === key);
  return columnsNamed(relation, key).length > 0;
}

function indexOf(columns: readonly RelationColumn[]): ReadonlyMap<string, readonly RelationColumn[]> {
  const index = new Map<string, RelationColumn[]>();
  for (const column of columns) remembered(index, column.key, (): RelationColumn[] => []).push(column);
  return index;
}
