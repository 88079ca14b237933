import { Dict } from '../jinja/index.ts';
import type { Json } from './json.ts';
import { jsonToValue } from './json-value.ts';
import type { CodeNode, GraphNode, GroupNode } from './node.ts';

/** Fields of ours that dbt's manifest does not have. */
const own = new Set(['origin', 'layer']);

/** A node as templates see it: the fields of the manifest. */
export function nodeDict(node: GraphNode | CodeNode | GroupNode): Dict {
  const dict = new Dict();
  for (const [key, value] of Object.entries(node)) {
    if (!own.has(key) && value !== undefined) dict.set(key, jsonToValue(value as Json));
  }
  return dict;
}
