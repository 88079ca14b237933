import type { TemplateFunction } from '../core/index.ts';
import { bindArguments, dumpJson, fromJs, HostObject, hostFunction, truthy, type Value } from '../jinja/index.ts';

const create = (): Value =>
  hostFunction('tojson', (args, kwargs) => {
    const [value, , sortKeys] = bindArguments('tojson', ['value', 'default=', 'sort_keys='], args, kwargs);
    return dumpJson(value ?? null, { sortKeys: truthy(sortKeys ?? false), fallback: asData });
  });

/** dbt's own objects (a relation, a node) become what they are made of. */
function asData(value: Value): Value | undefined {
  if (!(value instanceof HostObject)) return undefined;
  const data = value.toJs();
  return data === undefined || data === value ? undefined : fromJs(data);
}

/** `tojson(value, default, sort_keys)`: a value as JSON text, written as Python does. */
const tojson: TemplateFunction = { name: 'tojson', create, createForYaml: create };
export default tojson;
