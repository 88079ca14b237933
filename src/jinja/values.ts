import type { ChainFrame } from './errors.ts';
import { TemplateError } from './errors.ts';
import { floatRepr, roundFloat } from './floats.ts';

/**
 * A value inside a template.
 *
 * None is `null`, a Python int is a JS `number` (always an integer; `bigint` beyond the safe range), a Python float is
 * a `Float`, a list is a plain array (mutable, shared by identity), a str is a string. Everything that a host hands in
 * is a `HostObject`. A JS `undefined` is never a Value.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Value[]
  | Float
  | Tuple
  | Dict
  | PySet
  | Undefined
  | HostObject;

/** Where and from where a call was made: given to every host function. */
export interface CallSite {
  readonly file: string;
  /** UTF-16 offsets of the whole call expression, `ref('x')`. */
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
  /** The macro calls around it, innermost first; empty when called straight from the rendered template. */
  readonly chain: ChainFrame[];
  /** The scope of the render in progress, so that a host function can call macros in it. */
  readonly scope: Scope;
  /** 'async' when a host function may return a Promise. */
  readonly mode: 'sync' | 'async';
}

/** Where a template finds what it does not define itself. */
export interface Scope {
  /** What a name means. Called lazily; `undefined` means not found. */
  lookup(name: string): Value | undefined;
  /** All names that `lookup` may find something for. Default: nobody knows them. */
  known?(): Iterable<string>;
  /** Lets a name mean something else for all that looks it up from now on. Default: nobody can. */
  define?(name: string, value: Value): void;
  /** A number from 0 to below 1, for the `random` filter. Default: what the options of the render say. */
  readonly random?: (() => number) | undefined;
}

/** What calling something gives: a Promise only while rendering asynchronously. */
export type Result = Value | Promise<Value>;

/** A Python float. JS numbers are Python ints here, so that 1 and 1.0 print differently. */
export class Float {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
  get typeName(): string {
    return 'float';
  }
  str(): string {
    return this.repr();
  }
  repr(): string {
    return floatRepr(this.value);
  }
  negated(): Float {
    return new Float(-this.value);
  }
  /** Python's `round(x, places)`. */
  rounded(places: number): Float {
    return new Float(roundFloat(this.value, places));
  }
  /** A calculation of its own; undefined leaves it to floats. */
  operate(_operator: '+' | '-' | '*' | '/' | '//' | '%' | '**', _other: Value, _reflected: boolean): Value | undefined {
    return undefined;
  }
}

/** A Python tuple. */
export class Tuple {
  readonly items: readonly Value[];
  constructor(items: readonly Value[]) {
    this.items = items;
  }
}

/** The group tuple of the `groupby` filter: a pair whose members also have names. */
export class NamedTuple extends Tuple {
  readonly names: readonly string[];
  constructor(names: readonly string[], items: readonly Value[]) {
    super(items);
    this.names = names;
  }
}

/** A key as the maps inside Dict and PySet know it: equal exactly when the Python values are equal. */
type Key = string | number | bigint | null | symbol | object;

const UNDEFINED_KEY = Symbol('undefined');

function unhashable(type: string): never {
  throw new TemplateError(`unhashable type: '${type}'`, 'TypeError');
}

const identities = new WeakMap<object, number>();
let lastIdentity = 0;

function keyText(key: Key): string {
  if (typeof key === 'string') return JSON.stringify(key);
  if (typeof key === 'object' && key !== null) {
    let id = identities.get(key);
    if (id === undefined) {
      id = ++lastIdentity;
      identities.set(key, id);
    }
    return `#${id}`;
  }
  return String(key);
}

function keyOf(value: Value): Key {
  // A string that starts with NUL is marked, because tuples and sets are written as strings that start with NUL.
  if (typeof value === 'string') return value.charCodeAt(0) === 0 ? `\0s${value}` : value;
  if (typeof value === 'number' || typeof value === 'bigint' || value === null) return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Float) {
    const number = value.value;
    return Number.isInteger(number) && !Number.isSafeInteger(number) ? BigInt(number) : number;
  }
  if (value instanceof Tuple) return `\0t${value.items.map((item) => keyText(keyOf(item))).join(',')}`;
  if (value instanceof Undefined) return UNDEFINED_KEY;
  if (value instanceof HostObject) {
    const own = value.hashKey();
    return own === undefined ? value : `\0h${own}`;
  }
  if (Array.isArray(value)) return unhashable('list');
  return unhashable(value instanceof Dict ? 'dict' : 'set');
}

/** A Python dict: insertion-ordered, any hashable key; 1, 1.0 and True are the same key, the first spelling stays. */
export class Dict {
  private readonly map = new Map<Key, Value>();
  /** The keys whose Key is not the value itself: booleans, floats, tuples, objects with their own hash. */
  private originals: Map<Key, Value> | undefined;

  /** A dict with string keys from pairs, objects or maps of Values. */
  static of(entries: Iterable<readonly [Value, Value]>): Dict {
    const dict = new Dict();
    for (const [key, value] of entries) dict.set(key, value);
    return dict;
  }

  get size(): number {
    return this.map.size;
  }

  get(key: Value): Value | undefined {
    return this.map.get(keyOf(key));
  }

  has(key: Value): boolean {
    return this.map.has(keyOf(key));
  }

  set(key: Value, value: Value): this {
    const id = keyOf(key);
    if (id !== key && !this.map.has(id)) {
      this.originals ??= new Map();
      this.originals.set(id, key);
    }
    this.map.set(id, value);
    return this;
  }

  delete(key: Value): boolean {
    const id = keyOf(key);
    this.originals?.delete(id);
    return this.map.delete(id);
  }

  clear(): void {
    this.map.clear();
    this.originals = undefined;
  }

  *keys(): IterableIterator<Value> {
    for (const id of this.map.keys()) yield this.original(id);
  }

  values(): IterableIterator<Value> {
    return this.map.values();
  }

  *entries(): IterableIterator<[Value, Value]> {
    for (const [id, value] of this.map) yield [this.original(id), value];
  }

  copy(): Dict {
    const copy = new Dict();
    for (const [id, value] of this.map) copy.map.set(id, value);
    if (this.originals) copy.originals = new Map(this.originals);
    return copy;
  }

  private original(id: Key): Value {
    const original = this.originals?.get(id);
    return original === undefined ? (id as Value) : original;
  }
}

/** A Python set, in insertion order (Python's own order is arbitrary). */
export class PySet {
  private readonly map = new Map<Key, Value>();
  /** A frozen set prints as frozenset and refuses changes. */
  readonly frozen: boolean;

  constructor(items: Iterable<Value> = [], frozen = false) {
    this.frozen = frozen;
    for (const item of items) this.add(item);
  }

  get size(): number {
    return this.map.size;
  }
  has(item: Value): boolean {
    return this.map.has(keyOf(item));
  }
  add(item: Value): this {
    const id = keyOf(item);
    if (!this.map.has(id)) this.map.set(id, item);
    return this;
  }
  delete(item: Value): boolean {
    return this.map.delete(keyOf(item));
  }
  clear(): void {
    this.map.clear();
  }
  values(): IterableIterator<Value> {
    return this.map.values();
  }
  [Symbol.iterator](): IterableIterator<Value> {
    return this.map.values();
  }
}

/** What an Undefined knows about how it came to be. */
export interface UndefinedOrigin {
  /** A whole sentence instead of "'x' is undefined". */
  readonly hint?: string;
  /** The owner's description, as in "'dict object' has no attribute 'x'". */
  readonly owner?: string;
  /** Shown when the missing thing was an element that is not named by a string. */
  readonly element?: string;
  /** What the owner has, where that can be listed. */
  readonly members?: () => Iterable<string>;
  /** True where dbt parses a model: attributes, items and calls of an undefined give the undefined again. */
  readonly lenient?: boolean;
  readonly unsafe?: boolean;
}

/** A name, attribute or item that was not there. Prints as nothing; most other uses are errors. */
export class Undefined {
  readonly name: string | undefined;
  private readonly origin: UndefinedOrigin | undefined;

  constructor(name?: string, origin?: UndefinedOrigin) {
    this.name = name;
    this.origin = origin;
  }

  get hint(): string | undefined {
    return this.origin?.hint;
  }

  get lenient(): boolean {
    return this.origin?.lenient === true;
  }

  /** Jinja's sentence for using it. */
  get message(): string {
    const { hint, owner, element } = this.origin ?? {};
    if (hint !== undefined) return hint;
    if (owner === undefined) return `${this.name === undefined ? 'None' : `'${this.name}'`} is undefined`;
    return element === undefined ? `'${owner}' has no attribute '${this.name}'` : `${owner} has no element ${element}`;
  }

  /** The error for using it in a way that needs a value. */
  error(): TemplateError {
    const error = new TemplateError(this.message, this.origin?.unsafe ? 'SecurityError' : 'UndefinedError');
    const { name, origin } = this;
    if (name !== undefined && origin === undefined) error.unknown = { name, known: [] };
    else if (name !== undefined && origin?.members) error.unknown = { name, known: origin.members(), isMember: true };
    return error;
  }
}

/**
 * Anything that a host puts into a template besides plain data: relations, columns, the adapter, macros, functions.
 *
 * Attribute access is an allow-list: a template sees what `getAttribute` gives and nothing else of the JS object.
 * An object may be called and have attributes at once (dbt's `config`).
 */
export abstract class HostObject {
  /** The Python class name, for messages and `repr`. */
  get typeName(): string {
    return 'object';
  }
  /** The value of an attribute; `undefined` makes an Undefined value. */
  getAttribute(_name: string): Value | undefined {
    return undefined;
  }
  /** Whether `{% set x.name = value %}` is allowed: in Jinja, only for namespaces. */
  acceptsAttributes(): boolean {
    return false;
  }
  /** Called by `{% set x.name = value %}` where `acceptsAttributes()`. */
  setAttribute(_name: string, _value: Value): void {}
  /** `x[key]`; `undefined` makes an Undefined value. A string key that is not found is tried as an attribute. */
  getItem(_key: Value): Value | undefined {
    return undefined;
  }
  /** `x[from:to:step]`, None for a part left out; `undefined` means that it cannot be sliced. */
  getSlice(_from: Value, _to: Value, _step: Value): Value | undefined {
    return undefined;
  }
  /** Whether `call` works. */
  get callable(): boolean {
    return false;
  }
  /** `x(…)`. May return a Promise while rendering asynchronously. */
  call(_args: Value[], _kwargs: Map<string, Value>, _site: CallSite): Result {
    throw new TemplateError(`'${this.typeName}' object is not callable`, 'TypeError');
  }
  /** What printing gives; `repr()` unless overridden. */
  str(): string {
    return this.repr();
  }
  repr(): string {
    return `<${this.typeName} object>`;
  }
  truthy(): boolean {
    const length = this.length();
    return length === undefined || length > 0;
  }
  /** Whether `is mapping` holds. */
  get isMapping(): boolean {
    return false;
  }
  /** The items for `for` and `in`, or undefined when not iterable. */
  iterate(): Iterable<Value> | undefined {
    return undefined;
  }
  /** What `|length` gives, or undefined when there is no such thing. */
  length(): number | undefined {
    return undefined;
  }
  equals(other: Value): boolean {
    return this === other;
  }
  /** Negative, zero, positive; or undefined when the two have no order. */
  compare(_other: Value): number | undefined {
    return undefined;
  }
  /** `item in x`; undefined falls back to iteration. */
  contains(_item: Value): boolean | undefined {
    return undefined;
  }
  /** Two objects with the same text here are the same dict key. By default an object is a key by identity. */
  hashKey(): string | undefined {
    return undefined;
  }
  /** `x <operator> other`, or `other <operator> x` when `reflected`; undefined means that it is not supported. */
  operate(_operator: '+' | '-' | '*' | '/' | '//' | '%' | '**', _other: Value, _reflected: boolean): Value | undefined {
    return undefined;
  }
  /** What `tojson` and `toJs` make of it; undefined means that it cannot be converted. */
  toJs(): unknown {
    return this;
  }
}

/** The body of a host function. Throw a `TemplateError` to fail: the engine adds the place and the call chain. */
export type HostCall = (args: Value[], kwargs: Map<string, Value>, site: CallSite) => Result;

/** A function that templates can call. Make one with `hostFunction`. */
export class HostFunction extends HostObject {
  readonly name: string;
  private readonly body: HostCall;

  constructor(name: string, body: HostCall) {
    super();
    this.name = name;
    this.body = body;
  }
  override get typeName(): string {
    return 'function';
  }
  override get callable(): boolean {
    return true;
  }
  override call(args: Value[], kwargs: Map<string, Value>, site: CallSite): Result {
    return this.body(args, kwargs, site);
  }
  override repr(): string {
    return `<function ${this.name}>`;
  }
}

/**
 * Makes a function that templates can call.
 *
 * @param name shown in messages.
 * @param body gets positional arguments, keyword arguments and the call site. It may return a Promise where the
 * template is rendered asynchronously; in a synchronous render a Promise is an error that names the function.
 */
export function hostFunction(name: string, body: HostCall): HostFunction {
  return new HostFunction(name, body);
}
