import type { Graph } from '../2-graph/index.ts';
import {
  type Diagnostic,
  didYouMeanHint,
  error,
  isRefable,
  type ModelNode,
  Problem,
  type SeedNode,
  type SnapshotNode,
  searchName,
} from '../core/index.ts';

export type Asset = ModelNode | SeedNode | SnapshotNode;

/** A node that leaves data behind, by the name that selections know: `orders`, `orders.v2`, `package.orders`. Throws `Problem`. */
export function assetNamed(name: string, { nodes }: Graph): Asset {
  const assets = [...nodes.values()].filter(isRefable);
  const named = new Map(assets.map((node) => [searchName(node), node]));
  const found = named.get(name) ?? assets.find((node) => isNamed(node, name));
  if (found) return found;
  const hint = didYouMeanHint(name, named.keys());
  throw new Problem(error('cli/unknown-node', `There is no model, seed or snapshot '${name}'`, { hint }));
}

/** Takes `orders[2024-03-31]` apart; without brackets `key` is undefined. */
export function readAsked(text: string): { readonly name: string; readonly key: string | undefined } {
  const [, name = text, key] = /^([^[]*)\[(.*)\]$/s.exec(text.trim()) ?? [];
  return { name, key };
}

const isNamed = (node: Asset, name: string): boolean =>
  node.unique_id === name ||
  `${node.package_name}.${searchName(node)}` === name ||
  (node.name === name && node.resource_type === 'model' && node.version === node.latest_version);

/** What is wrong with naming a partition of an asset that has none. */
export function withoutPartitions(node: Asset): Diagnostic {
  const hint = `For what is known of it: ingot why ${searchName(node)}`;
  const message = `'${searchName(node)}' has no partitions: it is always built whole`;
  return error('cli/no-partitions', message, { hint, span: node.origin.properties ?? node.origin.definition });
}

/** A node, or a step of it, as people call it. */
export function nameOf(id: string, { nodes }: Pick<Graph, 'nodes'>): string {
  const [, nodeId = id, part = ''] = /^(.+?)(\[.*\])?(?: staged)?$/s.exec(id) ?? [];
  const node = nodes.get(nodeId);
  if (node?.resource_type === 'model') return `${searchName(node)}${part}`;
  return node ? `${node.name}${part}` : id;
}
