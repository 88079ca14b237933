import { hash } from 'node:crypto';
import type { CatalogTable } from '../../sql/index.ts';
import type { KeptByKey } from '../kept-by-key.ts';
import { type NodeAnalysis, unknownAnalysis } from './node-analysis.ts';

/** A node's columns in few characters. */
export type PackedColumns = readonly [
  complete: 0 | 1,
  columns: readonly (readonly [name: string, nullable: 0 | 1, type: string | null])[],
];

/** The columns of nodes in whose SQL nothing was wrong. */
export type KnownColumns = KeptByKey<PackedColumns>;

const digests = new WeakMap<CatalogTable, string>();

/** One text for the SQL of a node and the tables that it reads. */
export function columnsKey(sql: string, tables: ReadonlyMap<string, CatalogTable>): string {
  let text = sql;
  for (const [name, table] of tables) {
    let digest = digests.get(table);
    if (digest === undefined) {
      digest = hash('sha1', JSON.stringify(table), 'base64');
      digests.set(table, digest);
    }
    text += `\0${name}\0${digest}`;
  }
  return hash('sha1', text, 'base64');
}

/** Undefined where more is known than what is kept: problems. */
export function packColumns({ columns, complete, readable, diagnostics }: NodeAnalysis): PackedColumns | undefined {
  if (diagnostics.length > 0 || !readable) return undefined;
  return [complete ? 1 : 0, columns.map(({ name, nullable, type }) => [name, nullable ? 1 : 0, type ?? null] as const)];
}

export function unpackColumns([complete, columns]: PackedColumns): NodeAnalysis {
  return {
    ...unknownAnalysis,
    complete: complete === 1,
    columns: columns.map(([name, nullable, type]) => ({
      name,
      nullable: nullable === 1,
      type: type ?? undefined,
      sources: [],
    })),
  };
}
