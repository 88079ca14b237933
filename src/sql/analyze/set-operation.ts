import { type Lineage, pourFilter, union } from '../lineage/index.ts';
import type { Relation, RelationColumn } from '../names/index.ts';
import { remembered } from '../remembered.ts';
import type { Place } from '../tree.ts';
import { commonType, nullType, type SqlType, typeText, unknownType } from '../types/index.ts';
import { type Context, type QueryScope, report } from './context.ts';
import { reportMismatch } from './expressions/type-mismatch.ts';

/** One arm of a set operation, looked through. */
export interface Arm {
  readonly operator: 'union' | 'intersect' | 'except' | 'minus';
  readonly byName: boolean;
  readonly place: Place;
  readonly relation: Relation;
}

/** Looks at what the arms of a set operation give together. Those of EXCEPT and INTERSECT only choose rows. */
export function combineArms(context: Context, first: Relation, arms: readonly Arm[], around: QueryScope): Relation {
  if (arms.some(({ byName }) => byName)) return combineByName(context, first, arms);
  checkWidths(context, first, arms);
  const giving = [first, ...arms.filter(({ operator }) => operator === 'union').map(({ relation }) => relation)];
  for (const { operator, relation } of arms) {
    if (operator === 'union') continue;
    for (const { lineage } of relation.columns) pourFilter(lineage, around.reads, 'filter');
  }
  const positional = giving.every(({ open }) => !open);
  const columns = first.columns.map((column, index): RelationColumn => {
    if (!positional) return { ...column, type: unknownType, nullable: true };
    const all = giving.flatMap(({ columns: own }) => own[index] ?? []);
    const types = [first, ...arms.map(({ relation }) => relation)].flatMap(({ columns: own }) => own[index] ?? []);
    return together(context, column, all, types, arms[0]?.place);
  });
  const open = giving.find((relation) => relation.open);
  return { ...first, columns, open: first.open || (open !== undefined && first.columns.length === 0) };
}

function together(
  context: Context,
  shown: RelationColumn,
  all: readonly RelationColumn[],
  typed: readonly RelationColumn[],
  place: Place | undefined,
): RelationColumn {
  const lineage: Lineage = union(all.map((column) => column.lineage));
  const type = armType(context, typed, place);
  return { ...shown, type, nullable: all.some(({ nullable }) => nullable), lineage };
}

function armType(context: Context, columns: readonly RelationColumn[], place: Place | undefined): SqlType {
  const { united } = context.dialect.types;
  if (united) return unitedType(context, columns, united);
  const isText = ({ place: own }: RelationColumn) => own && 'kind' in own && own.kind === 'string';
  const firm = columns.filter((column) => !isText(column)).map(({ type }) => type);
  const types = firm.some(({ kind }) => kind !== 'null') ? firm : columns.map(({ type }) => type);
  const common = commonType(types, context.dialect);
  if (common) return common.kind === 'varchar' && firm.length < columns.length ? { kind: 'varchar' } : common;
  const names = [...new Set(types.filter((type) => type !== nullType).map((type) => typeText(type, context.dialect)))];
  const name = columns[0]?.name ?? '';
  if (place) reportMismatch(context, types, place, `The types of "${name}" cannot be united: ${names.join(', ')}.`);
  return unknownType;
}

function unitedType(
  { dialect }: Context,
  columns: readonly RelationColumn[],
  united: (left: SqlType, right: SqlType) => SqlType,
): SqlType {
  const types = columns.map(({ type }) => type);
  return types.reduce((found, type) => commonType([found, type], dialect) ?? united(found, type), nullType);
}

function checkWidths(context: Context, first: Relation, arms: readonly Arm[]): void {
  if (first.open) return;
  for (const { relation, place } of arms) {
    if (relation.open || relation.columns.length === first.columns.length) continue;
    const message = `This query has ${relation.columns.length} columns, but the first one has ${first.columns.length}.`;
    report(context, 'sql/set-operation-width', place, message, 'All queries of a set operation need the same number.');
  }
}

function combineByName(context: Context, first: Relation, arms: readonly Arm[]): Relation {
  const groups = new Map<string, RelationColumn[]>();
  const relations = [first, ...arms.map(({ relation }) => relation)];
  for (const { columns } of relations) {
    for (const column of columns) remembered(groups, column.key, (): RelationColumn[] => []).push(column);
  }
  const open = relations.some((relation) => relation.open);
  const columns = [...groups.values()].map((group): RelationColumn => {
    const column = together(context, group[0]!, group, group, arms[0]?.place);
    return { ...column, nullable: column.nullable || group.length < relations.length };
  });
  return { columns, open };
}
