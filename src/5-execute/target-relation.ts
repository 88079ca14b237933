import type { Node, Relation } from '../core/index.ts';

/** What a node leaves in the warehouse, by its name and by the format that its configuration asks for. */
export function targetRelation({ database, schema, alias, config }: Node): Relation {
  const { table_format: format } = config;
  return { database, schema, identifier: alias, ...(typeof format === 'string' ? { format } : {}) };
}
