/** What a YAML or JSON file can say. Configuration and artifacts are made of it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** Whether a value is a mapping, and neither a list nor a single value. */
export function isMapping(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value if it is a mapping. */
export function asMapping(value: unknown): JsonObject | undefined {
  return isMapping(value) ? value : undefined;
}

/** The mappings of a list; none of what is no list. */
export function mappingsIn(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isMapping) : [];
}

/** The texts of a list, or the one that stands there by itself. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** A value if it is text. */
export function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Equal as JSON, whatever the order of keys; a key that is missing equals null. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b || (a ?? null) === (b ?? null)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  const [left, right] = [a as Readonly<Record<string, unknown>>, b as Readonly<Record<string, unknown>>];
  return [...keys].every((key) => sameJson(left[key], right[key]));
}
