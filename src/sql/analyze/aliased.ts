import { noLineage } from '../lineage/index.ts';
import { foldName, type Relation, type RelationColumn, storedName } from '../names/index.ts';
import type { DataType, Identifier, TableAlias } from '../tree.ts';
import { readDataType, unknownType } from '../types/index.ts';
import { type Context, report } from './context.ts';

/** A relation with the names, and types, that an alias gives its first columns. */
export function aliased(context: Context, relation: Relation, alias: TableAlias | undefined): Relation {
  if (!alias || alias.columns.length === 0) return relation;
  const { columns: names, types } = alias;
  if (types)
    return {
      columns: names.map((name, index) => typedColumn(context, name, types[index], relation.columns[index])),
      open: false,
    };
  return renamed(context, relation, names);
}

/**
 * A relation whose first columns have other names.
 *
 * @param strict - Whether more names than columns are an error.
 */
export function renamed(context: Context, relation: Relation, names: readonly Identifier[], strict = true): Relation {
  if (names.length === 0) return relation;
  const extra = names[relation.columns.length];
  if (extra && strict && !relation.open) {
    const message = `${names.length} names are given, but there are only ${relation.columns.length} columns.`;
    report(context, 'sql/too-many-names', extra, message);
  }
  if (relation.open)
    return { columns: names.map((name) => typedColumn(context, name, undefined, undefined)), open: true };
  const columns = relation.columns.map((column, index): RelationColumn => {
    const name = names[index];
    if (!name) return column;
    return { ...column, name: storedName(name, context.rules), key: foldName(name, context.rules), named: true };
  });
  return { ...relation, columns };
}

function typedColumn(
  context: Context,
  name: Identifier,
  type: DataType | undefined,
  before: RelationColumn | undefined,
): RelationColumn {
  return {
    name: storedName(name, context.rules),
    key: foldName(name, context.rules),
    named: true,
    type: type ? readDataType(type, context.dialect) : unknownType,
    nullable: true,
    lineage: before?.lineage ?? noLineage,
  };
}

/** A query's result as others see it: a name that stands twice is numbered where the dialect does that. */
export function derived(context: Context, relation: Relation): Relation {
  if (context.rules.repeatedNames !== 'numbered') return relation;
  const taken = new Set<string>();
  let changed = false;
  const columns = relation.columns.map((column): RelationColumn => {
    let { name, key } = column;
    for (let number = 1; taken.has(key); number += 1) {
      name = `${column.name}_${number}`;
      key = name.toLowerCase();
    }
    taken.add(key);
    if (key === column.key) return column;
    changed = true;
    return { ...column, name, key };
  });
  return changed ? { ...relation, columns } : relation;
}
