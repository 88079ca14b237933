import type { Json, Relation, Table } from '../../core/index.ts';
import { cellsByName } from './list-relations.ts';
import { literal, renderRelation, storedName } from './naming.ts';

export function showDynamicTable(relation: Relation): string {
  const schema = renderRelation({ ...relation, identifier: null });
  // `like` reads these as patterns.
  const name = storedName(relation, 'identifier').replace(/[\\_%]/g, '\\$&');
  return `show dynamic tables like ${literal(name)} in schema ${schema}`;
}

/** How a dynamic table is set up, under the names of its clauses; undefined where there is none. */
export function dynamicTableSettings(table: Table): Readonly<Record<string, Json>> | undefined {
  const [row] = table.rows;
  if (row === undefined) return undefined;
  const read = cellsByName(table);
  const text = (name: string): string | null => {
    const value = read(row, name);
    return value === '' || value.toUpperCase() === 'NONE' ? null : value;
  };
  return {
    target_lag: text('target_lag'),
    warehouse: text('warehouse'),
    initialization_warehouse: text('initialization_warehouse'),
    refresh_mode: text('refresh_mode'),
    scheduler: text('scheduler'),
    cluster_by: text('cluster_by'),
    immutable_where: text('immutable_where'),
  };
}
