import { Dict } from '../../jinja/index.ts';
import type { Json } from '../json.ts';
import type { CodeNode, GraphNode, GroupNode } from '../node.ts';
import { jsonToValue } from './json-value.ts';

/** Fields of ours that dbt's manifest does not have. */
const own = new Set(['origin', 'layer']);

/** What generic tests alone have: `node.get('test_metadata', {})` is how packages tell them from singular ones. */
const ofGenericTests = new Set(['test_metadata', 'column_name', 'file_key_name', 'attached_node']);

/** A node as templates see it: the fields of the manifest. */
export function nodeDict(node: GraphNode | CodeNode | GroupNode): Dict {
  const dict = new Dict();
  const isSingular = 'test_metadata' in node && node.test_metadata === null;
  for (const [key, value] of Object.entries(node)) {
    if (isSingular && ofGenericTests.has(key)) continue;
    if (!own.has(key) && value !== undefined) dict.set(key, jsonToValue(value as Json));
  }
  return dict;
}
