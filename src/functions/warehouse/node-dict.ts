import { type CodeNode, type GraphNode, type Json, jsonToValue } from '../../core/index.ts';
import { Dict } from '../../jinja/index.ts';

/** Fields of ours that dbt's manifest does not have. */
const own = new Set(['origin', 'layer']);

/** A node as templates see it: the fields of the manifest. */
export function nodeDict(node: GraphNode | CodeNode): Dict {
  const dict = new Dict();
  for (const [key, value] of Object.entries(node)) {
    if (!own.has(key) && value !== undefined) dict.set(key, jsonToValue(value as Json));
  }
  return dict;
}
