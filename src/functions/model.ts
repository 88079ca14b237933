import { nodeDict, type TemplateFunction } from '../core/index.ts';
import { Dict, type Value } from '../jinja/index.ts';

/** Whose members are up to whoever wrote them. */
const free: ReadonlySet<Value> = new Set(['meta', 'kwargs', 'unrendered_config', 'column_types', 'grants']);

/**
 * `model`: the node that is rendered, with the fields of the manifest. As dbt: what the node has no value for is missing
 * here, so that `model.config.get('unique_key', 'id')` gives the second; in `graph` it is none.
 */
const model: TemplateFunction = {
  name: 'model',
  create: ({ node }) => (node === undefined ? null : withoutNone(nodeDict(node))),
};
export default model;

function withoutNone(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutNone);
  if (!(value instanceof Dict)) return value;
  const kept = new Dict();
  for (const [key, member] of value.entries()) {
    if (member !== null) kept.set(key, free.has(key) ? member : withoutNone(member));
  }
  return kept;
}
