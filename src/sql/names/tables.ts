import type { Reads } from '../lineage/index.ts';
import type { CommonTable } from '../tree.ts';
import type { Relation } from './relation.ts';

/** A common table of a WITH that has been looked through. */
export interface DefinedTable {
  readonly key: string;
  readonly definition: CommonTable;
  readonly relation: Relation;
  readonly reads: Reads;
}

/** The common tables that a query sees: those of its own WITH before here, and those of the queries around it. */
export interface Tables {
  readonly own: Map<string, DefinedTable>;
  readonly outer: Tables | undefined;
}

/** The common table of a name, the innermost first. */
export function findTable(tables: Tables | undefined, key: string): DefinedTable | undefined {
  for (let level = tables; level; level = level.outer) {
    const found = level.own.get(key);
    if (found) return found;
  }
  return undefined;
}

/** The names of all common tables that are seen here, for "did you mean". */
export function* tableNames(tables: Tables | undefined): Iterable<string> {
  for (let level = tables; level; level = level.outer) {
    for (const { definition } of level.own.values()) yield definition.name.text;
  }
}
