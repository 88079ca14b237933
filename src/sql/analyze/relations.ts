import { type BaseRelation, noLineage } from '../lineage/index.ts';
import { foldStored, type Relation } from '../names/index.ts';
import { unknownType } from '../types/index.ts';
import type { CatalogTable } from './catalog.ts';
import { baseColumn, type Context, type KnownRelation } from './context.ts';

/** A relation outside the query of which only the name is known. */
export function openRelation(context: Context, name: string): Relation {
  return knownRelation(context, { name, columns: 'unknown' });
}

/** A relation of the schema; the same object each time, so that its columns are. */
export function knownRelation(context: Context, table: CatalogTable): Relation {
  const before = context.relations.get(table.name);
  if (before) return before.relation;
  const { columns } = table;
  const open = table.open ?? false;
  const base: BaseRelation = { name: table.name, known: columns !== 'unknown' && !open };
  const known: KnownRelation = {
    base,
    columns: new Map(),
    relation: { columns: [], open: true, base },
    changing: table.changing ?? false,
  };
  if (columns === 'unknown') {
    context.relations.set(table.name, known);
    return known.relation;
  }
  const { lineage: isTraced = true } = context.options;
  const listed = columns.map(({ name, key, type, nullable }) => ({
    name: context.rules.folding === 'insensitive' ? name : (key ?? name),
    key: key ?? foldStored(name, context.rules),
    named: true,
    type: type ?? unknownType,
    nullable: nullable ?? true,
    lineage: isTraced ? new Map([[baseColumn(known, name), 'copied' as const]]) : noLineage,
  }));
  const relation: Relation = { columns: listed, open, base };
  context.relations.set(table.name, { ...known, relation });
  return relation;
}
