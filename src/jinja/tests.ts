import { binary } from './arithmetic.ts';
import { contains, equals, order } from './compare.ts';
import { Decimal } from './decimal.ts';
import { str } from './display.ts';
import { filterTable } from './filters/filter.ts';
import { isIterable, lengthOrUndefined } from './iterate.ts';
import { isLower, isUpper } from './methods/characters.ts';
import type { Value } from './values.ts';
import { Dict, Float, HostObject, PySet, Undefined } from './values.ts';
import { OneShot } from './views.ts';

const isInt = (value: Value): boolean => typeof value === 'number' || typeof value === 'bigint';
const isNumber = (value: Value): boolean => isInt(value) || typeof value === 'boolean' || value instanceof Float;

function remainder(value: Value, divisor: Value): Value {
  return binary('%', value, divisor);
}

/** What has a length and takes an index: `x is sequence`. */
function isSequence(value: Value): boolean {
  if (value instanceof PySet || value instanceof OneShot || value instanceof Undefined)
    return value instanceof Undefined;
  return lengthOrUndefined(value) !== undefined;
}

/** Python's `is`: the same object, or the same small value. */
function isSame(value: Value, other: Value): boolean {
  return value === other;
}

/** The tests that follow `is`. */
export const TESTS = filterTable({
  odd: (value) => equals(remainder(value, 2), 1),
  even: (value) => equals(remainder(value, 2), 0),
  'divisibleby num': (value, [divisor]) => equals(remainder(value, divisor!), 0),
  defined: (value) => !(value instanceof Undefined),
  undefined: (value) => value instanceof Undefined,
  none: (value) => value === null,
  boolean: (value) => typeof value === 'boolean',
  true: (value) => value === true,
  false: (value) => value === false,
  integer: isInt,
  float: (value) => value instanceof Float && !(value instanceof Decimal),
  number: isNumber,
  string: (value) => typeof value === 'string',
  mapping: (value) => value instanceof Dict || (value instanceof HostObject && value.isMapping),
  sequence: isSequence,
  iterable: isIterable,
  callable: (value) => (value instanceof HostObject && value.callable) || value instanceof Undefined,
  lower: (value) => isLower(str(value)),
  upper: (value) => isUpper(str(value)),
  escaped: () => false,
  'sameas other': (value, [other]) => isSame(value, other!),
  'in seq': (value, [container]) => contains(container!, value),
});

const COMPARISONS: Record<string, readonly string[]> = {
  '==': ['==', 'eq', 'equalto'],
  '!=': ['!=', 'ne'],
  '>': ['>', 'gt', 'greaterthan'],
  '>=': ['>=', 'ge'],
  '<': ['<', 'lt', 'lessthan'],
  '<=': ['<=', 'le'],
};

function comparison(operator: string): (value: Value, args: readonly (Value | undefined)[]) => boolean {
  if (operator === '==') return (value, [other]) => equals(value, other!);
  if (operator === '!=') return (value, [other]) => !equals(value, other!);
  return (value, [other]) => order(value, other!, operator as '<' | '<=' | '>' | '>=');
}

for (const [operator, names] of Object.entries(COMPARISONS)) {
  const table = filterTable(Object.fromEntries(names.map((name) => [`${name} other`, comparison(operator)])));
  for (const [name, test] of table) TESTS.set(name, test);
}
