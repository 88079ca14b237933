import type { Activation } from './activation.ts';
import { callValue, Invocable, plain } from './activation.ts';
import { repr, typeName } from './display.ts';
import { TemplateError } from './errors.ts';
import { codePoints, hasAstral } from './iterate.ts';
import { DICT_METHODS } from './methods/dict.ts';
import { LIST_METHODS, TUPLE_METHODS } from './methods/list.ts';
import type { Engine, Method, MethodTable } from './methods/method.ts';
import { FLOAT_METHODS, INT_METHODS, numberAttribute } from './methods/number.ts';
import { SET_METHODS } from './methods/set.ts';
import { STR_METHODS } from './methods/str.ts';
import type { Value } from './values.ts';
import { Dict, Float, HostObject, NamedTuple, PySet, Tuple, Undefined } from './values.ts';
import { Range } from './views.ts';

/** What methods and filters may ask: guarded access, and calls that do not wait. */
export function engineOf(caller: Activation, at: number): Engine {
  return {
    attribute: getAttribute,
    item: getItem,
    call(callee, args) {
      const result = callValue(caller, at, callee, args, undefined);
      if (!(result instanceof Promise)) return plain(result);
      result.catch(() => undefined);
      throw new TemplateError('a function that has to be waited for cannot be used here', 'RuntimeError');
    },
  };
}

/** A method with its object: `{% set add = things.append %}`. */
class BoundMethod extends Invocable {
  private readonly self: Value;
  private readonly method: Method<Value>;

  constructor(self: Value, method: Method<Value>) {
    super();
    this.self = self;
    this.method = method;
  }
  override get typeName(): string {
    return 'builtin_function_or_method';
  }
  override invoke(caller: Activation, at: number, args: Value[], kwargs: Map<string, Value> | undefined): Value {
    return this.method.call(this.self, args, kwargs, engineOf(caller, at));
  }
  override repr(): string {
    return `<built-in method ${this.method.name} of ${typeName(this.self)} object>`;
  }
}

function tableOf(value: Value): MethodTable<Value> | undefined {
  return tableFor(value) as MethodTable<Value> | undefined;
}

function tableFor(value: Value): unknown {
  if (typeof value === 'string') return STR_METHODS;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return INT_METHODS;
  if (Array.isArray(value)) return LIST_METHODS;
  if (value instanceof Dict) return DICT_METHODS;
  if (value instanceof Tuple) return TUPLE_METHODS;
  if (value instanceof PySet) return SET_METHODS;
  return value instanceof Float ? FLOAT_METHODS : undefined;
}

/** The built-in method of a value, or undefined. */
export function methodOf(value: Value, name: string): Method<Value> | undefined {
  return tableOf(value)?.get(name);
}

// Every Python object has these, and dbt's sandbox refuses them.
const PYTHON_INTERNALS = new Set(
  [
    'class',
    'doc',
    'init',
    'new',
    'dir',
    'dict',
    'hash',
    'repr',
    'str',
    'eq',
    'ne',
    'lt',
    'le',
    'gt',
    'ge',
    'reduce',
    'reduce_ex',
    'getattribute',
    'setattr',
    'delattr',
    'sizeof',
    'format',
    'subclasshook',
    'init_subclass',
    'getstate',
    'len',
    'iter',
    'contains',
    'getitem',
    'add',
    'mul',
    'rmul',
    'call',
    'globals',
    'code',
    'module',
    'self',
    'func',
  ].map((name) => `__${name}__`),
);

function ownerOf(value: Value): string {
  return value === null ? 'None' : `${typeName(value)} object`;
}

function missing(value: Value, name: string, lenient: boolean): Undefined {
  if (PYTHON_INTERNALS.has(name)) {
    const hint = `access to attribute '${name}' of '${typeName(value)}' object is unsafe.`;
    return new Undefined(name, { hint, unsafe: true });
  }
  const members = value instanceof Dict ? () => [...value.keys()].filter((key) => typeof key === 'string') : undefined;
  return new Undefined(name, { owner: ownerOf(value), lenient, ...(members && { members }) });
}

/** An attribute proper: a method, a member of a host object; undefined where there is none. */
function ownAttribute(value: Value, name: string): Value | undefined {
  if (value instanceof HostObject) return PYTHON_INTERNALS.has(name) ? undefined : value.getAttribute(name);
  const method = methodOf(value, name);
  if (method !== undefined) return new BoundMethod(value, method);
  if (value instanceof NamedTuple) return value.items[value.names.indexOf(name)];
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' || value instanceof Float) {
    return numberAttribute(value, name);
  }
  return undefined;
}

/**
 * `value.name`: an attribute, else the item of that name. Attributes are an allow-list: methods of Python's types and
 * what a host object offers; nothing of JavaScript can be reached.
 *
 * @param lenient whether what is missing swallows attributes and calls in its turn, as where dbt parses.
 * @throws TemplateError (UndefinedError) for an attribute of an undefined value.
 */
export function getAttribute(value: Value, name: string, lenient = false): Value {
  if (value instanceof Undefined) return ofUndefined(value);
  const own = ownAttribute(value, name);
  if (own !== undefined) return own;
  if (value instanceof Dict && !PYTHON_INTERNALS.has(name)) {
    const item = value.get(name);
    if (item !== undefined) return item;
  }
  if (value instanceof HostObject && !PYTHON_INTERNALS.has(name)) {
    const item = value.getItem(name);
    if (item !== undefined) return item;
  }
  return missing(value, name, lenient);
}

/** Whether `value` has an attribute proper, as the `attr` filter asks; items do not count. */
export function attributeOnly(value: Value, name: string): Value {
  if (value instanceof Undefined) return ofUndefined(value);
  const own = ownAttribute(value, name);
  return own === undefined ? missing(value, name, false) : own;
}

function ofUndefined(value: Undefined): Value {
  if (value.lenient) return value;
  throw value.error();
}

/** `value[key]`: an item, else (for a string) the attribute of that name, else Undefined. */
export function getItem(value: Value, key: Value, lenient = false): Value {
  if (value instanceof Undefined) return ofUndefined(value);
  const item = itemOrUndefined(value, key);
  if (item !== undefined) return item;
  if (typeof key === 'string') {
    const own = ownAttribute(value, key);
    return own === undefined ? missing(value, key, lenient) : own;
  }
  return new Undefined(repr(key), { owner: ownerOf(value), element: repr(key), lenient });
}

function itemOrUndefined(value: Value, key: Value): Value | undefined {
  if (value instanceof Dict) {
    try {
      return value.get(key);
    } catch {
      // An unhashable key is not in the dict.
      return undefined;
    }
  }
  if (value instanceof HostObject) return value.getItem(key);
  if (typeof key !== 'number' && typeof key !== 'boolean') return undefined;
  if (typeof value === 'string') return at(hasAstral(value) ? codePoints(value) : value, Number(key));
  if (Array.isArray(value)) return at(value, Number(key));
  return value instanceof Tuple ? at(value.items, Number(key)) : undefined;
}

function at<Item>(items: { readonly length: number; readonly [index: number]: Item }, index: number): Item | undefined {
  const from = index < 0 ? index + items.length : index;
  return from >= 0 && from < items.length ? items[from] : undefined;
}

function bound(value: Value): number | undefined {
  if (value === null) return undefined;
  if (typeof value === 'number' || typeof value === 'boolean') return Number(value);
  throw new TemplateError('slice indices must be integers or None or have an __index__ method', 'TypeError');
}

/** Where `[from:to:step]` begins and ends in something of a given length. */
function sliceBounds(length: number, from: Value, to: Value, by: Value): { start: number; stop: number; step: number } {
  const step = bound(by) ?? 1;
  if (step === 0) throw new TemplateError('slice step cannot be zero', 'ValueError');
  const lowest = step > 0 ? 0 : -1;
  const highest = step > 0 ? length : length - 1;
  const clamp = (given: number | undefined, otherwise: number): number =>
    given === undefined ? otherwise : Math.max(lowest, Math.min(highest, given < 0 ? given + length : given));
  const start = clamp(bound(from), step > 0 ? lowest : highest);
  return { start, stop: clamp(bound(to), step > 0 ? highest : lowest), step };
}

/** The indices that it picks. */
function sliceIndices(length: number, from: Value, to: Value, by: Value): number[] {
  const { start, stop, step } = sliceBounds(length, from, to, by);
  const indices: number[] = [];
  for (let index = start; step > 0 ? index < stop : index > stop; index += step) indices.push(index);
  return indices;
}

/**
 * `value[from:to:step]`, None for a part left out.
 *
 * @throws TemplateError (TypeError) for anything but str, list, tuple and range.
 */
export function getSlice(value: Value, from: Value, to: Value, step: Value): Value {
  if (value instanceof Undefined) return ofUndefined(value);
  if (typeof value === 'string') {
    const chars = hasAstral(value) ? codePoints(value) : value;
    return sliceIndices(chars.length, from, to, step)
      .map((index) => chars[index]!)
      .join('');
  }
  if (Array.isArray(value)) return sliceIndices(value.length, from, to, step).map((index) => value[index]!);
  if (value instanceof Tuple) {
    return new Tuple(sliceIndices(value.items.length, from, to, step).map((index) => value.items[index]!));
  }
  if (value instanceof Range) {
    const { start, stop, step: by } = sliceBounds(value.size, from, to, step);
    return new Range(value.at(start), value.at(stop), value.step * by);
  }
  const own = value instanceof HostObject ? value.getSlice(from, to, step) : undefined;
  if (own !== undefined) return own;
  const unhashable = value instanceof Dict;
  throw new TemplateError(
    unhashable ? "unhashable type: 'slice'" : `'${typeName(value)}' object is not subscriptable`,
    'TypeError',
  );
}
