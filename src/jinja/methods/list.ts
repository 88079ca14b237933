import type { Bound } from '../bind.ts';
import { compareForSort, equals, truthy } from '../compare.ts';
import { repr } from '../display.ts';
import { TemplateError } from '../errors.ts';
import { listOf } from '../iterate.ts';
import type { Tuple, Value } from '../values.ts';
import type { Engine } from './method.ts';
import { clampRange, intArgument, methodTable } from './method.ts';

/** Sorts in place, stably, as `list.sort` does. */
function sortList(items: Value[], key: Bound, reverse: boolean, engine: Engine): void {
  const keyed = items.map((item) => ({
    item,
    key: key === undefined || key === null ? item : engine.call(key, [item]),
  }));
  keyed.sort((a, b) => (reverse ? compareForSort(b.key, a.key) : compareForSort(a.key, b.key)));
  for (const [index, { item }] of keyed.entries()) items[index] = item;
}

function indexOf(items: readonly Value[], wanted: Bound, start: Bound, end: Bound): number {
  const [from, to] = clampRange(items.length, start, end);
  for (let index = from; index < to; index++) if (equals(items[index]!, wanted!)) return index;
  return -1;
}

function count(items: readonly Value[], wanted: Bound): number {
  return items.filter((item) => equals(item, wanted!)).length;
}

/** Python's list methods. Those that change the list return None, which prints. */
export const LIST_METHODS = methodTable<Value[]>({
  'append object /': (self, [item]) => {
    self.push(item!);
    return null;
  },
  'extend iterable /': (self, [items]) => {
    for (const item of listOf(items!)) self.push(item);
    return null;
  },
  'insert index object /': (self, [index, item]) => {
    const [at] = clampRange(self.length, index, undefined);
    self.splice(at, 0, item!);
    return null;
  },
  'pop index= /': (self, [index]) => {
    if (self.length === 0) throw new TemplateError('pop from empty list', 'IndexError');
    const wanted = intArgument(index, -1);
    const at = wanted < 0 ? wanted + self.length : wanted;
    if (at < 0 || at >= self.length) throw new TemplateError('pop index out of range', 'IndexError');
    return self.splice(at, 1)[0]!;
  },
  'remove value /': (self, [value]) => {
    const at = indexOf(self, value, undefined, undefined);
    if (at < 0) throw new TemplateError('list.remove(x): x not in list', 'ValueError');
    self.splice(at, 1);
    return null;
  },
  clear: (self) => {
    self.length = 0;
    return null;
  },
  copy: (self) => [...self],
  reverse: (self) => {
    self.reverse();
    return null;
  },
  'sort * key= reverse=': (self, [key, reverse], engine) => {
    sortList(self, key, reverse !== undefined && truthy(reverse), engine);
    return null;
  },
  'index value start= stop= /': (self, [value, start, stop]) => {
    const at = indexOf(self, value, start, stop);
    if (at < 0) throw new TemplateError(`${repr(value!)} is not in list`, 'ValueError');
    return at;
  },
  'count value /': (self, [value]) => count(self, value),
});

/** Python's tuple methods. */
export const TUPLE_METHODS = methodTable<Tuple>({
  'index value start= stop= /': (self, [value, start, stop]) => {
    const at = indexOf(self.items, value, start, stop);
    if (at < 0) throw new TemplateError('tuple.index(x): x not in tuple', 'ValueError');
    return at;
  },
  'count value /': (self, [value]) => count(self.items, value),
});
