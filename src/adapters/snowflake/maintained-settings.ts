import type { Json, Relation, Table } from '../../core/index.ts';
import { cellsByName, isYes } from './list-relations.ts';
import { literal, renderRelation, storedName } from './naming.ts';
import type { Settings } from './setting-changes.ts';

/** Asks how a dynamic table, or a materialized view, is set up. */
export function showMaintained(relation: Relation): string {
  return showLike(relation, relation.type === 'materialized_view' ? 'materialized views' : 'dynamic tables');
}

/** Asks for what the list of dynamic tables does not have: whether one is transient. */
export const showTable = (relation: Relation): string => showLike(relation, 'tables');

export function isShownTransient(table: Table): boolean {
  const [row] = table.rows;
  return row !== undefined && /transient/i.test(cellsByName(table)(row, 'kind'));
}

function showLike(relation: Relation, kind: string): string {
  const schema = renderRelation({ ...relation, identifier: null });
  // `like` reads these as patterns.
  const name = storedName(relation, 'identifier').replace(/[\\_%]/g, '\\$&');
  return `show ${kind} like ${literal(name)} in schema ${schema}`;
}

const clauses = [
  'target_lag',
  'warehouse',
  'initialization_warehouse',
  'refresh_mode',
  'scheduler',
  'cluster_by',
  'immutable_where',
] as const;

/** How it is set up, under the names of its clauses; undefined where there is none. */
export function maintainedSettings(table: Table): Settings | undefined {
  const [row] = table.rows;
  if (row === undefined) return undefined;
  const read = cellsByName(table);
  const given = (name: string): Json => {
    const value = read(row, name);
    return value === '' || value.toUpperCase() === 'NONE' ? null : value;
  };
  return {
    ...Object.fromEntries(clauses.map((name) => [name, given(name)])),
    iceberg: isYes(read(row, 'is_iceberg')),
    secure: isYes(read(row, 'is_secure')),
    invalid: isYes(read(row, 'invalid')),
  };
}
