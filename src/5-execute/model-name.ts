import type { GraphNode } from '../core/index.ts';

/** What a model is called on the command line: one that has versions with its own. */
export function modelName(node: GraphNode | undefined, id: string): string {
  if (node?.resource_type !== 'model') return node?.name ?? id.split('.').slice(2).join('.');
  return node.version === null ? node.name : `${node.name}.v${node.version}`;
}

/** What names a step's partitions on the command line; their values may be any text. */
export function partitionFlag(partition: { readonly key: string } | undefined): string {
  if (partition === undefined) return '';
  const { key } = partition;
  return ` --partition ${/^[\w@%+=:,./-]+$/.test(key) ? key : `'${key.replaceAll("'", "'\\''")}'`}`;
}
