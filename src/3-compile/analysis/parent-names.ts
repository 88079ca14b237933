import { nodeRelation, sourceRelation } from '../../1-parse/index.ts';
import { type Adapter, type GraphNode, isRefable, type JsonObject, type Relation } from '../../core/index.ts';
import { type Dialect, foldName } from '../../sql/index.ts';

/** What a table is called in SQL, as names are compared: parts separated by a character that no name has. */
export function tableKey(parts: readonly string[], dialect: Dialect): string {
  return parts.map((text) => foldName({ text, quoted: true }, dialect.names)).join('\0');
}

/** The relation that a node is in the warehouse; undefined for one without. */
export function relationOfNode(node: GraphNode, quoting: JsonObject | undefined): Relation | undefined {
  if (node.resource_type === 'source') return sourceRelation(node);
  return isRefable(node) ? nodeRelation(node, quoting) : undefined;
}

/** The key of a relation, from its name as the adapter writes it. */
export function relationKey(relation: Relation, adapter: Adapter, dialect: Dialect): string {
  const { database, schema, identifier, quote } = relation;
  const written = adapter.statements.renderRelation({ database, schema, identifier, quote });
  const parts = [...written.matchAll(/"((?:[^"]|"")*)"|[^."]+/g)].map(([whole, quoted]) => {
    const text = quoted === undefined ? whole : quoted.replaceAll('""', '"');
    return foldName({ text, quoted: quoted !== undefined }, dialect.names);
  });
  return parts.join('\0');
}
