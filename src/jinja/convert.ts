import { TemplateError } from './errors.ts';
import type { Value } from './values.ts';
import { Dict, Float, HostFunction, HostObject, PySet, Tuple, Undefined } from './values.ts';

function isValueInstance(x: object): x is Float | Tuple | Dict | PySet | Undefined | HostObject {
  return (
    x instanceof Dict ||
    x instanceof HostObject ||
    x instanceof Float ||
    x instanceof Tuple ||
    x instanceof PySet ||
    x instanceof Undefined
  );
}

/**
 * Plain JS data as template values.
 *
 * Objects and Maps become dicts, arrays lists (new ones), Sets sets, integers ints, other numbers floats, functions
 * callables that get their positional arguments (and, if there were keyword arguments, one last object) as JS data and
 * whose result is converted back, `undefined` None, Dates ISO text. Values pass through as they are.
 *
 * @throws TemplateError (TypeError) for a symbol.
 */
export function fromJs(x: unknown): Value {
  switch (typeof x) {
    case 'string':
    case 'boolean':
      return x;
    case 'number':
      return Number.isSafeInteger(x) && !Object.is(x, -0) ? x : new Float(x);
    case 'bigint':
      return x >= Number.MIN_SAFE_INTEGER && x <= Number.MAX_SAFE_INTEGER ? Number(x) : x;
    case 'function':
      return fromFunction(x as (...args: unknown[]) => unknown);
    case 'symbol':
      throw new TemplateError('a symbol has no place in a template', 'TypeError');
  }
  if (typeof x !== 'object' || x === null) return null;
  if (Array.isArray(x)) return x.map(fromJs);
  if (isValueInstance(x)) return x;
  if (x instanceof Date) return x.toISOString();
  if (x instanceof Set) return new PySet(Array.from(x, fromJs));
  const entries = x instanceof Map ? x.entries() : Object.entries(x);
  const dict = new Dict();
  for (const [key, value] of entries) dict.set(fromJs(key), fromJs(value));
  return dict;
}

function fromFunction(body: (...args: unknown[]) => unknown): HostFunction {
  return new HostFunction(body.name || 'function', (args, kwargs) => {
    const plain = args.map(toJs);
    if (kwargs.size > 0) plain.push(Object.fromEntries(Array.from(kwargs, ([key, value]) => [key, toJs(value)])));
    const result = body(...plain);
    return result instanceof Promise ? result.then(fromJs) : fromJs(result);
  });
}

/** A dict key as the name of a JS property (and of a JSON member): as Python's json module writes it. */
export function propertyName(key: Value): string {
  if (typeof key === 'string') return key;
  if (key === null) return 'null';
  if (typeof key === 'number' || typeof key === 'bigint' || typeof key === 'boolean') return String(key);
  if (key instanceof Float) return String(key.value);
  throw new TemplateError('keys must be str, int, float, bool or None', 'TypeError');
}

/**
 * A value as plain JS data, the reverse of `fromJs`: dicts become objects without a prototype surprise (`__proto__` is
 * an ordinary key), tuples arrays, floats numbers, sets Sets, Undefined undefined. Host objects say for themselves.
 */
export function toJs(value: Value): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(toJs);
  if (value instanceof Float) return value.value;
  if (value instanceof Tuple) return value.items.map(toJs);
  if (value instanceof Undefined) return undefined;
  if (value instanceof PySet) return new Set(Array.from(value, toJs));
  if (value instanceof HostObject) return value.toJs();
  const object: Record<string, unknown> = {};
  for (const [key, item] of value.entries()) {
    const name = propertyName(key);
    if (name === '__proto__') {
      Object.defineProperty(object, name, { value: toJs(item), enumerable: true, configurable: true, writable: true });
    } else object[name] = toJs(item);
  }
  return object;
}
