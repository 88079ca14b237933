import { Dict, Float, fromJs, PySet, str, Tuple, Undefined, type Value } from '../../jinja/index.ts';
import type { Json, JsonObject } from '../json.ts';
import { isMarkedDate, isMarkedFloat, markFloat } from '../python-marks.ts';
import { parseIsoMoment } from './datetime-value.ts';

/** JSON as a template sees it: new lists and dicts, ints; floats and dates where they are marked as such. */
export function jsonToValue(json: Json): Value {
  if (json === null || typeof json !== 'object') return fromJs(json);
  if (Array.isArray(json)) return json.map((_, index) => memberToValue(json, index));
  const dict = new Dict();
  for (const key of Object.keys(json)) dict.set(key, memberToValue(json as JsonObject, key));
  return dict;
}

/** A member of a list or mapping as a template sees it: only there stands what is a float or a date. */
export function memberToValue(container: JsonObject | readonly Json[], key: string | number): Value {
  const value = (container as JsonObject)[key] ?? null;
  if (typeof value === 'number' && isMarkedFloat(container, key)) return new Float(value);
  if (typeof value === 'string' && isMarkedDate(container, key)) return parseIsoMoment(value) ?? value;
  return jsonToValue(value);
}

/** A template's value as JSON: tuples and sets become lists; what has no form in JSON becomes what it prints. */
export function valueToJson(value: Value): Json {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Float) return value.value;
  if (value instanceof Undefined) return null;
  if (value instanceof Dict) {
    const object: Record<string, Json> = {};
    for (const [key, item] of value.entries()) {
      const name = propertyName(key);
      object[name] = valueToJson(item);
      if (isWholeFloat(item)) markFloat(object, name);
    }
    return object;
  }
  if (Array.isArray(value)) return listToJson(value);
  if (value instanceof Tuple) return listToJson(value.items);
  if (value instanceof PySet) return listToJson([...value]);
  return str(value);
}

function listToJson(items: readonly Value[]): Json {
  const list = items.map(valueToJson);
  items.forEach((item, index) => {
    if (isWholeFloat(item)) markFloat(list, index);
  });
  return list;
}

function isWholeFloat(value: Value): boolean {
  return value instanceof Float && Number.isInteger(value.value);
}

function propertyName(key: Value): string {
  return key === null || typeof key === 'boolean' ? String(key) : str(key);
}
