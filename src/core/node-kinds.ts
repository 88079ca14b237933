import type { GraphNode, ModelNode, Node, SeedNode, SnapshotNode, TestNode, UnitTestNode } from './node.ts';

/** What the project builds and others read. */
export type RefableNode = ModelNode | SeedNode | SnapshotNode;

interface OfType {
  readonly resource_type: string;
}

/** Whether `ref()` can mean a node of this type. */
export function isRefableType(type: string | undefined): boolean {
  return type === 'model' || type === 'seed' || type === 'snapshot';
}

/** Whether a node can be the target of a `ref()`. */
export function isRefable(node: OfType | undefined): node is RefableNode {
  return isRefableType(node?.resource_type);
}

/** Whether nodes of this type are tests, of data or of code. */
export function isTestType(type: string | undefined): boolean {
  return type === 'test' || type === 'unit_test';
}

/** Whether a node is a test, of data or of code. */
export function isTest(node: OfType | undefined): node is TestNode | UnitTestNode {
  return isTestType(node?.resource_type);
}

/** Whether a node leaves nothing in the warehouse: its SQL becomes a part of what reads it. */
export function isEphemeral(node: GraphNode | undefined): node is ModelNode {
  return node?.resource_type === 'model' && node.config.materialized === 'ephemeral';
}

/** Whether a node is one of several versions of a model. */
export function isVersioned(node: GraphNode): node is ModelNode {
  return node.resource_type === 'model' && node.version !== null && node.version !== undefined;
}

/** What people call a node, as dbt does in its `search_name`: `orders`, of versions `orders.v2`, of sources `shop.orders`. */
export function searchName(node: GraphNode): string {
  if (node.resource_type === 'source') return `${node.source_name}.${node.name}`;
  return isVersioned(node) ? `${node.name}.v${node.version}` : node.name;
}

const withoutCode: ReadonlySet<string> = new Set([
  'source',
  'exposure',
  'unit_test',
  'metric',
  'semantic_model',
  'saved_query',
]);

/** Whether a node has code of its own, so that it can be compiled by itself. */
export function hasOwnCode(node: GraphNode): node is Node {
  return !withoutCode.has(node.resource_type);
}
