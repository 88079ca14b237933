import type { Json, JsonObject } from './json.ts';
import { isMarkedFloat, numberText } from './python-marks.ts';

/**
 * The version of a model that stands in a mapping or a list; undefined for what can be none. A float with a whole value
 * is text: `1.0` is not 1, and is written out in the names of the node, its table and its file.
 */
export function writtenVersion(
  container: JsonObject | readonly Json[],
  key: string | number,
): string | number | undefined {
  const value = (container as JsonObject)[key];
  if (typeof value === 'number') return isMarkedFloat(container, key) ? numberText(container, key) : value;
  return typeof value === 'string' ? value : undefined;
}
