import type { Dialect } from '../dialect.ts';
import { foldName } from '../names/index.ts';
import type { Name } from '../tree.ts';
import type { SyntaxNode } from '../visit.ts';

export interface LastingRowsRequest {
  readonly dialect: Dialect;
  /** Whether a table gets more rows, by the parts of its name as names are compared. */
  readonly grows: (parts: readonly string[]) => boolean;
}

/** Of what a query gives: the rows stay, and so do the values of all columns but these. */
export type Moving = ReadonlyMap<string, Move>;

/** A count that only gets more, or a value that may be any other. */
export type Move = 'up' | 'any';

/** `still`: all is as it was. `unsure`: rows may go. */
export type Rows = 'still' | 'unsure' | Moving;

export interface Around extends LastingRowsRequest {
  readonly tables: CommonTables | undefined;
}

export interface CommonTables {
  readonly key: string;
  readonly rows: Rows;
  readonly next: CommonTables | undefined;
}

/** What a name stands for: a common table, or one of the warehouse. */
export function tableRows(name: Name, around: Around): Rows {
  const parts = name.parts.map((part) => keyOf(part, around));
  for (let level = parts.length === 1 ? around.tables : undefined; level; level = level.next) {
    if (level.key === parts[0]) return level.rows;
  }
  return around.grows(parts) ? new Map() : 'still';
}

/** Whether it names a table that is not as it was. */
export const reads = (node: SyntaxNode, around: Around): boolean =>
  (node.kind === 'table' || node.kind === 'table-query') && tableRows(node.name, around) !== 'still';

/** What a name is compared by. */
export const keyOf = (name: Name['parts'][number], { dialect }: Pick<Around, 'dialect'>): string =>
  foldName(name, dialect.names);
