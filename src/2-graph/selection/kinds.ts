import type { GraphNode } from '../../core/index.ts';
import type { Criterion } from './criterion.ts';
import { invalidValue } from './invalid-value.ts';

/** The type as text: the graph may hold kinds of nodes that `GraphNode` does not name yet. */
export function typeOf(node: GraphNode): string {
  return node.resource_type;
}

const resourceTypes = [
  'model',
  'seed',
  'snapshot',
  'test',
  'unit_test',
  'source',
  'exposure',
  'analysis',
  'operation',
  'metric',
  'semantic_model',
  'saved_query',
  'macro',
  'doc',
  'group',
  'function',
  'fixture',
  'rpc call',
  'sql operation',
];

/** `resource_type:` */
export function resourceTypeMatcher({ value }: Criterion): (node: GraphNode) => boolean {
  const type = String(value);
  if (!resourceTypes.includes(type)) {
    throw invalidValue(`Invalid resource_type selector "${type}"`, type, resourceTypes);
  }
  return (node) => node.resource_type === type;
}

/** `test_type:` */
export function testTypeMatcher({ value }: Criterion): (node: GraphNode) => boolean {
  const isGeneric = (node: GraphNode): boolean => node.resource_type === 'test' && node.test_metadata !== null;
  switch (value) {
    case 'generic':
    case 'schema':
      return isGeneric;
    case 'singular':
      return (node) => node.resource_type === 'test' && !isGeneric(node);
    case 'data':
      return (node) => node.resource_type === 'test';
    case 'unit':
      return (node) => typeOf(node) === 'unit_test';
    default: {
      const known = ['generic', 'singular', 'unit', 'data'];
      const message = `Invalid test type selector ${value}: expected "generic", "singular", "unit", or "data"`;
      throw invalidValue(message, String(value), known);
    }
  }
}
