import { nodeDict, type Rendering, type TemplateFunction, translateType } from '../core/index.ts';
import { Dict, type Value } from '../jinja/index.ts';

/** Whose members are up to whoever wrote them. */
const free: ReadonlySet<Value> = new Set(['meta', 'kwargs', 'unrendered_config', 'column_types', 'grants']);

/**
 * `model`: the node that is rendered, with the fields of the manifest. As dbt: what the node has no value for is missing
 * here, so that `model.config.get('unique_key', 'id')` gives the second; in `graph` it is none. Its SQL has its name of old
 * beside that of now, and types of columns are the warehouse's.
 */
const model: TemplateFunction = { name: 'model', create };
export default model;

function create({ node }: Rendering): Value {
  if (node === undefined) return null;
  const dict = withoutNone(nodeDict(node)) as Dict;
  const sql = dict.get('compiled_code');
  if (sql !== undefined) dict.set('compiled_sql', sql);
  if (node.contract?.alias_types) translateTypes(dict.get('columns'));
  return dict;
}

function translateTypes(columns: Value | undefined): void {
  if (!(columns instanceof Dict)) return;
  for (const column of columns.values()) {
    const type = column instanceof Dict ? column.get('data_type') : undefined;
    if (typeof type === 'string') (column as Dict).set('data_type', translateType(type));
  }
}

function withoutNone(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutNone);
  if (!(value instanceof Dict)) return value;
  const kept = new Dict();
  for (const [key, member] of value.entries()) {
    if (member !== null) kept.set(key, free.has(key) ? member : withoutNone(member));
  }
  return kept;
}
