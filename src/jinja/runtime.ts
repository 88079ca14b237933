import type { Applicable } from './activation.ts';
import { Activation, callValue, Invocable, plain } from './activation.ts';
import { add, binary, sign } from './arithmetic.ts';
import { engineOf, getAttribute, getItem, getSlice, methodOf } from './attributes.ts';
import { contains, equals, order, truthy } from './compare.ts';
import { repr, str, typeName } from './display.ts';
import { TemplateError } from './errors.ts';
import { itemsOf, iterate } from './iterate.ts';
import { Loop, unpack } from './loop.ts';
import { MapBuilder, Rope } from './map.ts';
import { Namespace } from './namespace.ts';
import type { MacroSignature } from './signature.ts';
import { bindMacro } from './signature.ts';
import type { Result, Value } from './values.ts';
import { Dict, Float, HostObject, Tuple, Undefined } from './values.ts';

type Kwargs = Map<string, Value> | undefined;
type AnyResult = Value | Rope | Promise<Value | Rope>;

/** A call block, or a macro written inside a template: code that shares the variables around it. */
class LocalMacro extends Invocable {
  private readonly home: Activation;
  private readonly name: string;
  private readonly signature: MacroSignature;
  private readonly run: (f: Activation, b: (Value | undefined)[]) => AnyResult;

  constructor(home: Activation, name: string, signature: MacroSignature, run: LocalMacro['run']) {
    super();
    this.home = home;
    this.name = name;
    this.signature = signature;
    this.run = run;
  }
  override get typeName(): string {
    return 'Macro';
  }
  override getAttribute(name: string): Value | undefined {
    if (name === 'name') return this.name;
    return name === 'arguments' ? new Tuple(this.signature.parameters) : undefined;
  }
  override invoke(caller: Activation, at: number, args: Value[], kwargs: Kwargs): AnyResult {
    const bound = bindMacro(this.name, this.signature, args, kwargs);
    return this.run(new Activation(this.home.state, this.home.scope, this.home.unit, this.name, caller, at), bound);
  }
  override repr(): string {
    return `<Macro '${this.name}'>`;
  }
}

/** What a native render printed: values as they are, constants and text as text. */
export class NativeParts {
  readonly parts: { readonly value: Value; readonly constant: boolean }[] = [];

  text(value: string): void {
    this.constant(value);
  }
  /** Neighbouring constants are one part, because Jinja folds them before it renders. */
  constant(value: Value): void {
    const last = this.parts.at(-1);
    if (value instanceof HostObject) this.value(value);
    else if (last?.constant)
      this.parts[this.parts.length - 1] = { value: (last.value as string) + str(value), constant: true };
    else this.parts.push({ value: str(value), constant: true });
  }
  value(value: Value): void {
    this.parts.push({ value, constant: false });
  }
}

function callMethod(f: Activation, object: Value, name: string, args: Value[], kwargs: Kwargs, at: number): AnyResult {
  if (!(object instanceof HostObject)) {
    const method = methodOf(object, name);
    if (method !== undefined) return method.call(object, args, kwargs, engineOf(f, at));
  }
  return callValue(f, at, getAttribute(object, name, f.state.lenient), args, kwargs);
}

function keywords(names: readonly string[], values: readonly Value[]): Map<string, Value> {
  const kwargs = new Map<string, Value>();
  for (let index = 0; index < names.length; index++) kwargs.set(names[index]!, values[index]!);
  return kwargs;
}

function spreadKeywords(given: Kwargs, spread: Value): Map<string, Value> {
  if (!(spread instanceof Dict)) {
    throw new TemplateError(`argument after ** must be a mapping, not ${typeName(spread)}`, 'TypeError');
  }
  const kwargs = given ?? new Map<string, Value>();
  for (const [key, value] of spread.entries()) {
    if (typeof key !== 'string') throw new TemplateError('keywords must be strings', 'TypeError');
    if (kwargs.has(key)) throw new TemplateError(`got multiple values for keyword argument '${key}'`, 'TypeError');
    kwargs.set(key, value);
  }
  return kwargs;
}

function print(map: MapBuilder, result: Value | Rope, start: number, end: number): void {
  if (result instanceof Rope) map.macro(result, start, end);
  else map.value(str(result), start, end);
}

/** The output of a call block must be text: a value given to `return()` inside it ends up here. */
function blockText(result: Value | Rope): string | Rope {
  if (typeof result === 'string' || result instanceof Rope) return result;
  throw new TemplateError(`a call block prints text, and what it called returned ${typeName(result)}`, 'TypeError');
}

function setMember(object: Value, name: string, value: Value): void {
  (object as HostObject).setAttribute(name, value);
}

function requireNamespace(object: Value): void {
  if (object instanceof Namespace) return;
  if (object instanceof HostObject && object.acceptsAttributes()) return;
  throw new TemplateError('cannot assign attribute on non-namespace object', 'TemplateRuntimeError');
}

function dictOf(flat: readonly Value[]): Dict {
  const dict = new Dict();
  for (let index = 0; index < flat.length; index += 2) dict.set(flat[index]!, flat[index + 1]!);
  return dict;
}

/** What the generated code calls, under short names. An extra last argument is always the position being set. */
export const RUNTIME: Readonly<Record<string, unknown>> = {
  S: str,
  B: truthy,
  EQ: equals,
  NE: (a: Value, b: Value): boolean => !equals(a, b),
  LT: (a: Value, b: Value): boolean => order(a, b, '<'),
  LE: (a: Value, b: Value): boolean => order(a, b, '<='),
  GT: (a: Value, b: Value): boolean => order(a, b, '>'),
  GE: (a: Value, b: Value): boolean => order(a, b, '>='),
  IN: (a: Value, b: Value): boolean => contains(b, a),
  NI: (a: Value, b: Value): boolean => !contains(b, a),
  ADD: add,
  SUB: (a: Value, b: Value): Value => binary('-', a, b),
  MUL: (a: Value, b: Value): Value => binary('*', a, b),
  DIV: (a: Value, b: Value): Value => binary('/', a, b),
  FLO: (a: Value, b: Value): Value => binary('//', a, b),
  MOD: (a: Value, b: Value): Value => binary('%', a, b),
  POW: (a: Value, b: Value): Value => binary('**', a, b),
  NEG: (a: Value): Value => sign('-', a),
  POS: (a: Value): Value => sign('+', a),
  FL: Float,
  TU: Tuple,
  DI: Dict,
  DICT: dictOf,
  PL: plain,
  ATTR: (f: Activation, value: Value, name: string): Value => getAttribute(value, name, f.state.lenient),
  ITEM: (f: Activation, value: Value, key: Value): Value => getItem(value, key, f.state.lenient),
  SLICE: getSlice,
  CALL: (f: Activation, callee: Value, args: Value[], kwargs: Kwargs, at: number): AnyResult =>
    callValue(f, at, callee, args, kwargs),
  CALLM: callMethod,
  STAR: (value: Value): Iterable<Value> => iterate(value, `Value after * must be an iterable, not ${typeName(value)}`),
  KW: keywords,
  KWS: spreadKeywords,
  APPLY: (f: Activation, filter: Applicable, value: Value, args: Value[], kwargs: Kwargs, at: number): Result =>
    filter.apply(f, at, value, args, kwargs),
  NOFILTER(name: string): never {
    throw new TemplateError(`No filter named '${name}' found.`, 'TemplateRuntimeError');
  },
  NOTEST(name: string): never {
    throw new TemplateError(`No test named '${name}' found.`, 'TemplateRuntimeError');
  },
  NOELSE: (line: number): Undefined =>
    new Undefined(undefined, {
      hint: `the inline if-expression on line ${line} evaluated to false and no else section was defined.`,
    }),
  NOARG: (name: string): Undefined => new Undefined(name, { hint: `parameter ${repr(name)} was not provided` }),
  DEF: (value: Value): boolean => !(value instanceof Undefined),
  ITEMS: itemsOf,
  LOOP: Loop,
  UNPACK: unpack,
  SETATTR: setMember,
  NAMESPACE: requireNamespace,
  MAP: (f: Activation): MapBuilder => new MapBuilder(f.unit!.source),
  PRINT: print,
  TEXT: blockText,
  PARTS: NativeParts,
  LOCAL: (f: Activation, name: string, signature: MacroSignature, run: LocalMacro['run']): LocalMacro =>
    new LocalMacro(f, name, signature, run),
};
