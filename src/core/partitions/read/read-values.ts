import type { DynamicDimension, StaticDimension } from '../definition.ts';
import { neededTextAt, type Place, report, reportUnknownKeys, under } from './problems.ts';

export function readStaticDimension(place: Place, name: string, column?: string): StaticDimension | undefined {
  reportUnknownKeys(place, ['values', 'column', 'name']);
  const list = under(place, 'values');
  if (!Array.isArray(list.value)) return report(list, "'values' has to be a list", 'Write values: [EU, US]');
  if (list.value.length === 0) return report(list, "'values' is empty", 'Write at least one value, or dynamic: <name>');
  const values: string[] = [];
  for (const index of list.value.keys()) {
    const value = readValue(under(list, index));
    if (value === undefined) continue;
    if (values.includes(value)) report(under(list, index), `Value '${value}' is listed twice`);
    values.push(value);
  }
  return { kind: 'static', name, column, values };
}

/** Values are texts: 1 and true are `1` and `true`. */
function readValue(place: Place): string | undefined {
  const { value } = place;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string' && value !== '') return value;
  return report(
    place,
    value === '' ? 'A value may not be empty' : `A value has to be a text, not ${JSON.stringify(value)}`,
  );
}

export function readDynamicDimension(place: Place, name: string, column?: string): DynamicDimension | undefined {
  reportUnknownKeys(place, ['dynamic', 'column', 'name']);
  const keys = neededTextAt(under(place, 'dynamic'), 'Name the list of keys: dynamic: customers');
  return keys === undefined ? undefined : { kind: 'dynamic', name, column, keys };
}
