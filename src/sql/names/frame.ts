import type { Lineage } from '../lineage/index.ts';
import type { SqlType } from '../types/index.ts';
import { columnsNamed, type Relation, type RelationColumn } from './relation.ts';

/** A relation under a name, as FROM brings it in. */
export interface Source {
  /** What it can be called by, outermost part first: `[database, schema, name]`, or `[alias]`; empty without a name. */
  readonly path: readonly string[];
  /** Whether it is a table under its own name, which may stand in a schema that the query does not say. */
  readonly qualifiable: boolean;
  /** As messages say it. */
  readonly title: string;
  readonly relation: Relation;
  /** Whether its columns can only be named with its own name before them, because others stand for them without. */
  readonly hidden?: boolean;
  /** Whether a join can have filled its columns with nulls. */
  readonly nullable: boolean;
}

/** One column that USING or NATURAL made of several. */
export interface Merged {
  readonly key: string;
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
  readonly lineage: Lineage;
  readonly members: readonly { readonly source: Source; readonly column: RelationColumn }[];
}

/** What the clauses of a SELECT can name. */
export interface Frame {
  readonly sources: readonly Source[];
  /** The last join's first. */
  readonly merged: readonly Merged[];
}

export const emptyFrame: Frame = { sources: [], merged: [] };

/** What an unqualified name or a star stands for. */
export type Visible =
  | { readonly kind: 'column'; readonly column: RelationColumn; readonly source: Source }
  | { readonly kind: 'merged'; readonly merged: Merged };

/** All that an unqualified name can mean; several if it is ambiguous. */
export function visibleNamed(frame: Frame, key: string): Visible[] {
  const merged = frame.merged.find((one) => one.key === key);
  const found: Visible[] = merged ? [{ kind: 'merged', merged }] : [];
  for (const source of frame.sources) {
    if (source.hidden) continue;
    if (merged?.members.some((member) => member.source === source)) continue;
    for (const column of columnsNamed(source.relation, key)) found.push({ kind: 'column', column, source });
  }
  return found;
}

/** What `*` stands for, in order. */
export function visibleColumns(frame: Frame, mergedFirst: boolean): Visible[] {
  const shown = new Set<Merged>(mergedFirst ? frame.merged : []);
  const found: Visible[] = [...shown].map((merged) => ({ kind: 'merged', merged }));
  const mergedOf = (source: Source, column: RelationColumn): Merged | undefined =>
    frame.merged.find(({ key, members }) => key === column.key && members.some((member) => member.source === source));
  for (const source of frame.sources) {
    for (const column of source.hidden ? [] : source.relation.columns) {
      // Few queries have any.
      const merged = frame.merged.length > 0 ? mergedOf(source, column) : undefined;
      if (!merged) found.push({ kind: 'column', column, source });
      else if (!shown.has(merged)) found.push({ kind: 'merged', merged });
      if (merged) shown.add(merged);
    }
  }
  return found;
}

/** The sources that a qualifier can mean. */
export function sourcesNamed(frame: Frame, qualifier: readonly string[]): Source[] {
  return frame.sources.filter((source) => isCalled(source, qualifier));
}

function isCalled({ path, qualifiable }: Source, qualifier: readonly string[]): boolean {
  if (path.length === 0) return false;
  if (qualifier.length > path.length && !qualifiable) return false;
  const shared = Math.min(path.length, qualifier.length);
  for (let back = 1; back <= shared; back += 1) {
    if (path[path.length - back] !== qualifier[qualifier.length - back]) return false;
  }
  return true;
}

/** The frame with all its columns possibly null: the side of an outer join that may have no row. */
export function withNulls(frame: Frame): Frame {
  const copies = new Map(frame.sources.map((source) => [source, { ...source, nullable: true }]));
  return {
    sources: [...copies.values()],
    merged: frame.merged.map((merged) => ({
      ...merged,
      nullable: true,
      members: merged.members.map(({ source, column }) => ({ source: copies.get(source) ?? source, column })),
    })),
  };
}

/** Two frames side by side. */
export function beside(left: Frame, right: Frame): Frame {
  if (left.sources.length === 0) return right;
  if (right.sources.length === 0) return left;
  return { sources: [...left.sources, ...right.sources], merged: [...left.merged, ...right.merged] };
}
