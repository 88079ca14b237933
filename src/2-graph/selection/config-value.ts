import { type GraphNode, hasOwnCode, type Json } from '../../core/index.ts';

/**
 * Whether a setting has a value, by dbt's rules: a list holds it, or the setting equals it; `true` and `false` in any
 * letter case stand for the booleans; `config.severity` ignores letter case. It looks at sources and at what has code;
 * unit tests, exposures, functions and the semantic layer are never selected by a setting.
 */
export function configMatches(node: GraphNode, keys: readonly string[], wanted: Json): boolean {
  if (node.resource_type !== 'source' && (!hasOwnCode(node) || node.resource_type === 'function')) return false;
  let setting: unknown = node.config;
  for (const key of keys) {
    if (typeof setting !== 'object' || setting === null || Array.isArray(setting)) return false;
    if (!Object.hasOwn(setting, key)) return false;
    setting = (setting as Readonly<Record<string, unknown>>)[key];
  }
  const ignoresCase = keys.length === 1 && keys[0] === 'severity';
  const values: readonly unknown[] = Array.isArray(setting) ? setting : [setting];
  return values.some((value) => equals(value, wanted, ignoresCase));
}

function equals(value: unknown, wanted: Json, ignoresCase: boolean): boolean {
  if (value === wanted) return true;
  const text = String(wanted).toLowerCase();
  if (typeof value === 'boolean') return text === String(value);
  return ignoresCase && typeof value === 'string' && value.toLowerCase() === text;
}
