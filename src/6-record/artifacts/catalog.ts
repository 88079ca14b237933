import type { CatalogTable, Environment, JsonObject } from '../../core/index.ts';
import { writeAtomically } from './atomic-file.ts';
import { artifactMetadata } from './metadata.ts';

export interface CatalogRequest {
  readonly environment: Environment;
  /** What the warehouse says of models, seeds and snapshots, by unique id. */
  readonly nodes: ReadonlyMap<string, CatalogTable>;
  /** The same of sources. */
  readonly sources: ReadonlyMap<string, CatalogTable>;
}

/** Writes `catalog.json` in dbt's schema v1; readers see the old file or the new one. */
export function writeCatalog(path: string, { environment, nodes, sources }: CatalogRequest): void {
  const content = {
    metadata: artifactMetadata('catalog/v1', environment),
    nodes: entriesOf(nodes),
    sources: entriesOf(sources),
    errors: null,
  };
  writeAtomically(path, [JSON.stringify(content)]);
}

function entriesOf(tables: ReadonlyMap<string, CatalogTable>): JsonObject {
  return Object.fromEntries([...tables].map(([id, table]) => [id, entryOf(id, table)]));
}

function entryOf(id: string, { relation, type, comment, owner, columns }: CatalogTable): JsonObject {
  return {
    metadata: {
      type,
      schema: relation.schema ?? '',
      name: relation.identifier ?? '',
      database: relation.database,
      comment,
      owner,
    },
    columns: Object.fromEntries(
      columns.map((column, index) => [
        column.name,
        { type: column.type, index: index + 1, name: column.name, comment: column.comment },
      ]),
    ),
    // No warehouse of ours counts anything yet; dbt's readers want this one all the same.
    stats: {
      has_stats: {
        id: 'has_stats',
        label: 'Has Stats?',
        value: false,
        include: false,
        description: 'Indicates whether there are statistics for this table',
      },
    },
    unique_id: id,
  };
}
