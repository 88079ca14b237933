import { isMapping } from '../../json.ts';
import type { DynamicDimension, StaticDimension } from '../definition.ts';
import { neededTextAt, type Place, report, reportUnknownKeys, textAt, under } from './problems.ts';

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
  const list = under(place, 'dynamic');
  if (isMapping(list.value)) {
    const asked = readAsked(list);
    return asked && { kind: 'dynamic', name, column, ...asked };
  }
  const keys = neededTextAt(list, 'Name the list of keys: dynamic: customers');
  return keys === undefined ? undefined : { kind: 'dynamic', name, column, keys };
}

const askedHint = "Write dynamic: {query: select …}, or dynamic: {from: ref('stores'), column: region}";

/** A list whose values are asked for: by a query, or from a column of something. */
function readAsked(place: Place): Pick<DynamicDimension, 'keys' | 'query'> | undefined {
  reportUnknownKeys(place, ['name', 'query', 'from', 'column']);
  const [name, query, from, column] = ['name', 'query', 'from', 'column'].map((key) => textAt(under(place, key)));
  if (query !== undefined && (from ?? column) !== undefined) {
    return report(under(place, 'query'), "'query' cannot stand beside 'from' and 'column'", askedHint);
  }
  if (query !== undefined) return { keys: name ?? query.trim(), query: query.trim() };
  if (from === undefined || column === undefined)
    return report(place, 'Nothing says where the keys come from', askedHint);
  const source = from.replace(/^\{\{\s*|\s*\}\}$/g, '');
  if (!/^(ref|source)\s*\(/.test(source)) {
    const hint = 'In a template the call stands in quotes, too: {"from": "ref(\'stores\')", "column": "region"}';
    return report(under(place, 'from'), `'${from}' is no ref() and no source()`, hint);
  }
  return { keys: name ?? `${source}.${column}`, query: `select distinct ${column} from {{ ${source} }}` };
}
