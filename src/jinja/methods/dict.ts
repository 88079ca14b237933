import type { Bound } from '../bind.ts';
import { repr } from '../display.ts';
import { TemplateError } from '../errors.ts';
import { itemsOf, iterate } from '../iterate.ts';
import type { Value } from '../values.ts';
import { Dict, Tuple } from '../values.ts';
import { DictView } from '../views.ts';
import { methodTable } from './method.ts';

/** Adds what `dict(x, **kwargs)` and `d.update(x, **kwargs)` take: a dict or pairs, then keywords. */
export function updateDict(target: Dict, source: Bound, kwargs: Bound): void {
  if (source instanceof Dict) for (const [key, value] of Array.from(source.entries())) target.set(key, value);
  else if (source !== undefined) {
    let index = 0;
    for (const pair of iterate(source)) {
      const items = pairOf(pair, index++);
      target.set(items[0]!, items[1]!);
    }
  }
  if (kwargs instanceof Dict) for (const [key, value] of kwargs.entries()) target.set(key, value);
}

function pairOf(pair: Value, index: number): readonly Value[] {
  if (pair === null || typeof pair === 'number' || typeof pair === 'boolean') {
    throw new TemplateError(`cannot convert dictionary update sequence element #${index} to a sequence`, 'TypeError');
  }
  const items = itemsOf(pair);
  if (items.length !== 2) {
    const text = `dictionary update sequence element #${index} has length ${items.length}; 2 is required`;
    throw new TemplateError(text, 'ValueError');
  }
  return items;
}

/** Python's dict methods. `None` is a value like any other: what is not there is `undefined`, so that `??` would be wrong. */
export const DICT_METHODS = methodTable<Dict>({
  'get key default= /': (self, [key, fallback = null]) => {
    const known = self.get(key!);
    return known === undefined ? fallback : known;
  },
  items: (self) => new DictView(self, 'items'),
  keys: (self) => new DictView(self, 'keys'),
  values: (self) => new DictView(self, 'values'),
  'update other= **kwargs': (self, [other, kwargs]) => {
    updateDict(self, other, kwargs);
    return null;
  },
  'setdefault key default= /': (self, [key, fallback = null]) => {
    const known = self.get(key!);
    if (known !== undefined) return known;
    self.set(key!, fallback);
    return fallback;
  },
  'pop key default= /': (self, [key, fallback]) => {
    const known = self.get(key!);
    const value = known === undefined ? fallback : known;
    if (value === undefined) throw new TemplateError(repr(key!), 'KeyError');
    self.delete(key!);
    return value;
  },
  popitem: (self) => {
    const last = Array.from(self.entries()).at(-1);
    if (last === undefined) throw new TemplateError("'popitem(): dictionary is empty'", 'KeyError');
    self.delete(last[0]);
    return new Tuple(last);
  },
  copy: (self) => self.copy(),
  clear: (self) => {
    self.clear();
    return null;
  },
  'fromkeys iterable value= /': (_self, [keys, value = null]) =>
    Dict.of(Array.from(iterate(keys!), (key) => [key, value] as const)),
});
