import { isSubset } from '../compare.ts';
import { repr } from '../display.ts';
import { TemplateError } from '../errors.ts';
import { iterate } from '../iterate.ts';
import type { Tuple, Value } from '../values.ts';
import { PySet } from '../values.ts';
import { methodTable } from './method.ts';

function asSet(value: Value): PySet {
  return value instanceof PySet ? value : new PySet(iterate(value));
}

function sets(rest: unknown): PySet[] {
  return (rest as Tuple).items.map(asSet);
}

function union(self: PySet, others: readonly PySet[]): PySet {
  return new PySet(
    [self, ...others].flatMap((set) => Array.from(set)),
    self.frozen,
  );
}

function intersection(self: PySet, others: readonly PySet[]): PySet {
  return new PySet(
    Array.from(self).filter((item) => others.every((other) => other.has(item))),
    self.frozen,
  );
}

function difference(self: PySet, others: readonly PySet[]): PySet {
  return new PySet(
    Array.from(self).filter((item) => !others.some((other) => other.has(item))),
    self.frozen,
  );
}

function symmetric(self: PySet, other: PySet): PySet {
  return union(difference(self, [other]), [difference(other, [self])]);
}

function become(self: PySet, result: PySet): null {
  const items = Array.from(result);
  self.clear();
  for (const item of items) self.add(item);
  return null;
}

/** Python's set methods. */
export const SET_METHODS = methodTable<PySet>({
  'add item /': (self, [item]) => {
    self.add(item!);
    return null;
  },
  'remove item /': (self, [item]) => {
    if (!self.delete(item!)) throw new TemplateError(repr(item!), 'KeyError');
    return null;
  },
  'discard item /': (self, [item]) => {
    self.delete(item!);
    return null;
  },
  pop: (self) => {
    for (const item of self) {
      self.delete(item);
      return item;
    }
    throw new TemplateError("'pop from an empty set'", 'KeyError');
  },
  clear: (self) => {
    self.clear();
    return null;
  },
  copy: (self) => new PySet(self, self.frozen),
  'union *others': (self, [others]) => union(self, sets(others)),
  'intersection *others': (self, [others]) => intersection(self, sets(others)),
  'difference *others': (self, [others]) => difference(self, sets(others)),
  'symmetric_difference other /': (self, [other]) => symmetric(self, asSet(other!)),
  'update *others': (self, [others]) => become(self, union(self, sets(others))),
  'intersection_update *others': (self, [others]) => become(self, intersection(self, sets(others))),
  'difference_update *others': (self, [others]) => become(self, difference(self, sets(others))),
  'symmetric_difference_update other /': (self, [other]) => become(self, symmetric(self, asSet(other!))),
  'issubset other /': (self, [other]) => isSubset(self, asSet(other!)),
  'issuperset other /': (self, [other]) => isSubset(asSet(other!), self),
  'isdisjoint other /': (self, [other]) => intersection(self, [asSet(other!)]).size === 0,
});
