import { add } from '../arithmetic.ts';
import { compareForSort, equals, order, truthy } from '../compare.ts';
import { typeName } from '../display.ts';
import { TemplateError } from '../errors.ts';
import { codePoints, itemsOf, iterate, lengthOf, listOf } from '../iterate.ts';
import { intArgument } from '../methods/method.ts';
import type { Value } from '../values.ts';
import { Dict, HostObject, NamedTuple, PySet, Tuple, Undefined } from '../values.ts';
import { OneShot } from '../views.ts';
import { attributeGetter, attributesGetter, ignoreCase } from './access.ts';
import type { FilterEngine } from './filter.ts';
import { filterTable } from './filter.ts';

function sorted(items: readonly Value[], key: (item: Value) => Value, reverse: boolean): Value[] {
  const keyed = items.map((item) => ({ item, key: key(item) }));
  keyed.sort((a, b) => (reverse ? compareForSort(b.key, a.key) : compareForSort(a.key, b.key)));
  return keyed.map(({ item }) => item);
}

function dictSort(value: Value, caseSensitive: boolean, by: Value, reverse: boolean): Value {
  if (by !== 'key' && by !== 'value') {
    throw new TemplateError('You can only sort by either "key" or "value"', 'FilterArgumentError');
  }
  if (value instanceof Undefined) throw value.error();
  if (!(value instanceof Dict))
    throw new TemplateError(`'${typeName(value)}' object has no attribute 'items'`, 'AttributeError');
  const place = by === 'key' ? 0 : 1;
  const pairs = Array.from(value.entries(), (entry) => new Tuple(entry));
  return sorted(
    pairs,
    (pair) => (caseSensitive ? (pair as Tuple).items[place]! : ignoreCase((pair as Tuple).items[place]!)),
    reverse,
  );
}

function extreme(value: Value, operator: '<' | '>', caseSensitive: boolean, attribute: Value): Value {
  const get = attributeGetter(attribute, undefined, !caseSensitive);
  let best: { item: Value; key: Value } | undefined;
  for (const item of iterate(value)) {
    const key = get(item);
    if (best === undefined || order(key, best.key, operator)) best = { item, key };
  }
  return best ? best.item : new Undefined(undefined, { hint: 'No aggregated item, sequence was empty.' });
}

function unique(value: Value, caseSensitive: boolean, attribute: Value): Value {
  const get = attributeGetter(attribute, undefined, !caseSensitive);
  const seen = new PySet();
  function* pick(): Iterable<Value> {
    for (const item of iterate(value)) {
      const key = get(item);
      if (seen.has(key)) continue;
      seen.add(key);
      yield item;
    }
  }
  return new OneShot(pick());
}

function groupBy(value: Value, attribute: Value, fallback: Value | undefined, caseSensitive: boolean): Value {
  const key = attributeGetter(attribute, fallback, !caseSensitive);
  const shown = attributeGetter(attribute, fallback);
  const groups: { key: Value; items: Value[] }[] = [];
  for (const item of sorted(itemsOf(value), key, false)) {
    const own = key(item);
    const last = groups.at(-1);
    if (last !== undefined && equals(last.key, own)) last.items.push(item);
    else groups.push({ key: own, items: [item] });
  }
  return groups.map((group) => new NamedTuple(['grouper', 'list'], [shown(group.items[0]!), group.items]));
}

function* batches(value: Value, size: number, fill: Value | undefined): Iterable<Value> {
  let batch: Value[] = [];
  for (const item of iterate(value)) {
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
    batch.push(item);
  }
  if (batch.length === 0) return;
  if (fill !== undefined && fill !== null) while (batch.length < size) batch.push(fill);
  yield batch;
}

function* slices(value: Value, count: number, fill: Value | undefined): Iterable<Value> {
  const items = listOf(value);
  if (count === 0) throw new TemplateError('integer division or modulo by zero', 'ZeroDivisionError');
  const size = Math.floor(items.length / count);
  const longer = items.length % count;
  let start = 0;
  for (let number = 0; number < count; number++) {
    const end = start + size + (number < longer ? 1 : 0);
    const slice = items.slice(start, end);
    if (fill !== undefined && fill !== null && number >= longer) slice.push(fill);
    yield slice;
    start = end;
  }
}

function reversed(value: Value): Value {
  if (typeof value === 'string') return codePoints(value).reverse().join('');
  if (value instanceof Undefined) return [];
  if (value === null || typeof value !== 'object' || (value instanceof HostObject && value.iterate() === undefined)) {
    throw new TemplateError('argument must be iterable', 'FilterArgumentError');
  }
  const items = listOf(value).reverse();
  if (value instanceof PySet || value instanceof OneShot) return items;
  return new OneShot(items, Array.isArray(value) ? 'list_reverseiterator' : 'reversed');
}

function last(value: Value): Value {
  if (value instanceof OneShot || value instanceof PySet) {
    throw new TemplateError(`'${typeName(value)}' object is not reversible`, 'TypeError');
  }
  const item = itemsOf(value).at(-1);
  return item === undefined ? new Undefined(undefined, { hint: 'No last item, sequence was empty.' }) : item;
}

function first(value: Value): Value {
  for (const item of iterate(value)) return item;
  return new Undefined(undefined, { hint: 'No first item, sequence was empty.' });
}

function pickOne(value: Value, engine: FilterEngine): Value {
  const items = itemsOf(value);
  const item = items[Math.floor(engine.random() * items.length)];
  return item === undefined ? new Undefined(undefined, { hint: 'No random item, sequence was empty.' }) : item;
}

function sum(value: Value, attribute: Value, start: Value): Value {
  const get = attributeGetter(attribute);
  let total = start;
  if (typeof start === 'string')
    throw new TemplateError("sum() can't sum strings [use ''.join(seq) instead]", 'TypeError');
  for (const item of iterate(value)) {
    const one = get(item);
    if (typeof one === 'string') {
      throw new TemplateError(`unsupported operand type(s) for +: '${typeName(total)}' and 'str'`, 'TypeError');
    }
    total = add(total, one);
  }
  return total;
}

function map(value: Value, args: readonly Value[], kwargs: Dict, engine: FilterEngine): Value {
  const step = mapStep(args, kwargs, engine);
  function* each(): Iterable<Value> {
    for (const item of iterate(value)) yield step(item);
  }
  return new OneShot(truthy(value) ? each() : []);
}

function mapStep(args: readonly Value[], kwargs: Dict, engine: FilterEngine): (item: Value) => Value {
  const attribute = kwargs.get('attribute');
  if (args.length === 0 && attribute !== undefined) {
    const others = Array.from(kwargs.keys()).filter((key) => key !== 'attribute' && key !== 'default');
    if (others.length > 0) throw new TemplateError(`Unexpected keyword argument '${others[0]}'`, 'FilterArgumentError');
    return attributeGetter(attribute, kwargs.get('default') ?? undefined);
  }
  const [name, ...rest] = args;
  if (name === undefined) throw new TemplateError('map requires a filter argument', 'FilterArgumentError');
  const named = keywordMap(kwargs);
  return (item) => engine.filter(String(name), item, rest, named);
}

function keywordMap(kwargs: Dict): Map<string, Value> {
  return new Map(Array.from(kwargs.entries(), ([key, value]) => [String(key), value]));
}

function select(
  value: Value,
  args: readonly Value[],
  kwargs: Dict,
  engine: FilterEngine,
  keep: boolean,
  byAttribute: boolean,
): Value {
  const rest = [...args];
  const attribute = byAttribute ? rest.shift() : undefined;
  if (byAttribute && attribute === undefined) {
    throw new TemplateError('Missing parameter for attribute name', 'FilterArgumentError');
  }
  const get = byAttribute ? attributeGetter(attribute!) : (item: Value): Value => item;
  const [name, ...others] = rest;
  const named = keywordMap(kwargs);
  const passes = (item: Value): boolean =>
    truthy(name === undefined ? get(item) : engine.test(String(name), get(item), others, named)) === keep;
  function* pick(): Iterable<Value> {
    for (const item of iterate(value)) if (passes(item)) yield item;
  }
  return new OneShot(truthy(value) ? pick() : []);
}

const isTrue = (value: Value | undefined): boolean => value !== undefined && truthy(value);

/** The filters that take or make sequences. */
export const LIST_FILTERS = filterTable({
  length: lengthOf,
  count: lengthOf,
  list: listOf,
  first,
  last,
  random: (value, _args, engine) => pickOne(value, engine()),
  reverse: reversed,
  'sort reverse= case_sensitive= attribute=': (value, [reverse, sensitive, attribute]) =>
    sorted(itemsOf(value), attributesGetter(attribute ?? null, !isTrue(sensitive)), isTrue(reverse)),
  'dictsort case_sensitive= by= reverse=': (value, [sensitive, by, reverse]) =>
    dictSort(value, isTrue(sensitive), by ?? 'key', isTrue(reverse)),
  'min case_sensitive= attribute=': (value, [sensitive, attribute]) =>
    extreme(value, '<', isTrue(sensitive), attribute ?? null),
  'max case_sensitive= attribute=': (value, [sensitive, attribute]) =>
    extreme(value, '>', isTrue(sensitive), attribute ?? null),
  'sum attribute= start=': (value, [attribute, start]) => sum(value, attribute ?? null, start ?? 0),
  'unique case_sensitive= attribute=': (value, [sensitive, attribute]) =>
    unique(value, isTrue(sensitive), attribute ?? null),
  'groupby attribute default= case_sensitive=': (value, [attribute, fallback, sensitive]) =>
    groupBy(value, attribute!, fallback, isTrue(sensitive)),
  'batch linecount fill_with=': (value, [size, fill]) => new OneShot(batches(value, intArgument(size, 0), fill)),
  'slice slices fill_with=': (value, [count, fill]) => new OneShot(slices(value, intArgument(count, 0), fill)),
  'map *args **kwargs': (value, [args, kwargs], engine) => map(value, (args as Tuple).items, kwargs as Dict, engine()),
  'select *args **kwargs': (value, [args, kwargs], engine) =>
    select(value, (args as Tuple).items, kwargs as Dict, engine(), true, false),
  'reject *args **kwargs': (value, [args, kwargs], engine) =>
    select(value, (args as Tuple).items, kwargs as Dict, engine(), false, false),
  'selectattr *args **kwargs': (value, [args, kwargs], engine) =>
    select(value, (args as Tuple).items, kwargs as Dict, engine(), true, true),
  'rejectattr *args **kwargs': (value, [args, kwargs], engine) =>
    select(value, (args as Tuple).items, kwargs as Dict, engine(), false, true),
  items: (value) => {
    if (value instanceof Undefined) return new OneShot([]);
    if (value instanceof Dict) return new OneShot(Array.from(value.entries(), (entry) => new Tuple(entry)));
    throw new TemplateError('Can only get item pairs from a mapping.', 'TypeError');
  },
});
