import type { Grant, Table } from '../../core/index.ts';
import { cellsByName } from './list-relations.ts';

/** The rows of `show grants` that a project can say something about: what roles may do. Ownership is none of them. */
export function grantsOf(table: Table): readonly Grant[] {
  const read = cellsByName(table);
  return table.rows
    .filter((row) => read(row, 'granted_to') === 'ROLE' && read(row, 'privilege') !== 'OWNERSHIP')
    .map((row) => ({ privilege: read(row, 'privilege').toLowerCase(), grantee: read(row, 'grantee_name') }));
}
