import { typeName } from './display.ts';
import type { ChainFrame, RawFrame } from './errors.ts';
import { TemplateError } from './errors.ts';
import { Rope } from './map.ts';
import type { Source } from './source.ts';
import type { CallSite, Result, Scope, Value } from './values.ts';
import { HostObject, Undefined } from './values.ts';

/** What a running function needs to know of the code it runs: its file, and the spans that `at` numbers stand for. */
export interface Unit {
  readonly source: Source;
  /** Start and end of each site, flat: site n is spans[2n]…spans[2n + 1]. */
  readonly spans: readonly number[];
}

/** A filter or a test. */
export interface Applicable {
  apply(caller: Activation, at: number, value: Value, args: Value[], kwargs: Map<string, Value> | undefined): Result;
}

/** The filters, tests and globals that templates see, and the code compiled for them. */
export interface Environment {
  readonly globals: ReadonlyMap<string, Value>;
  readonly filters: ReadonlyMap<string, Applicable>;
  readonly tests: ReadonlyMap<string, Applicable>;
  /** Whether a macro written in a template can be called by its name there. dbt keeps them invisible. */
  readonly localMacros: boolean;
  /** Compiled code of macros: by their place in the tree, then by flavour. */
  readonly compiled: WeakMap<object, Map<string, unknown>>;
}

/** What stays the same during one render, macros included. */
export interface RenderState {
  readonly environment: Environment;
  readonly mode: 'sync' | 'async';
  readonly mapped: boolean;
  /** dbt's parsing mode: undefined values swallow attributes, items and calls. */
  readonly lenient: boolean;
  readonly maxDepth: number;
  /** Where the `random` filter gets its chance from; without it the filter fails. */
  readonly random: (() => number) | undefined;
}

/** Thrown by `return()`; the macro that is running takes its value. */
export class ReturnSignal {
  readonly value: Value;
  constructor(value: Value) {
    this.value = value;
  }
}

export const DEFAULT_MAX_DEPTH = 910;

/** One running template, macro or call block. Linked to its caller, so that every error knows the whole chain. */
export class Activation {
  readonly state: RenderState;
  readonly scope: Scope;
  readonly unit: Unit | undefined;
  readonly name: string;
  readonly parent: Activation | undefined;
  /** The site of the call in the parent's unit. */
  readonly at: number;
  readonly depth: number;

  constructor(state: RenderState, scope: Scope, unit: Unit | undefined, name = '', parent?: Activation, at = 0) {
    this.state = state;
    this.scope = scope;
    this.unit = unit;
    this.name = name;
    this.parent = parent;
    this.at = at;
    this.depth = parent === undefined ? 0 : parent.depth + 1;
    if (this.depth > state.maxDepth) throw tooDeep(parent!, name);
  }

  /** A name that the template does not define itself: the host's, else one of Jinja's globals. */
  resolve(name: string): Value {
    // `return` belongs to the engine: it ends macros, which no host function can.
    if (name !== 'return') {
      const value = this.scope.lookup(name);
      if (value !== undefined) return value;
    }
    return this.state.environment.globals.get(name) ?? this.undefined(name);
  }

  undefined(name: string): Undefined {
    return new Undefined(name, this.state.lenient ? { lenient: true } : undefined);
  }

  /** The calls around, innermost first. */
  chain(): RawFrame[] {
    const frames: RawFrame[] = [];
    for (let frame: Activation = this; frame.parent !== undefined; frame = frame.parent) {
      const { unit } = frame.parent;
      if (unit === undefined) continue;
      const [start, end] = spanOf(unit, frame.at);
      frames.push({ name: frame.name, source: unit.source, start, end });
    }
    return frames;
  }

  /**
   * What the generated code does with anything thrown: a `return()` ends the macro, an error learns its place.
   *
   * @param takesReturn true in macros, false in templates and call blocks.
   */
  caught(error: unknown, at: number, takesReturn: boolean): Value {
    if (error instanceof ReturnSignal) {
      if (takesReturn) return error.value;
      if (this.parent !== undefined) throw error;
      throw this.located(new TemplateError('return() can only be used inside a macro', 'CompilationError'), at);
    }
    throw this.located(asTemplateError(error), at);
  }

  private located(error: TemplateError, at: number): TemplateError {
    if (error.located || this.unit === undefined) return error;
    const [start, end] = spanOf(this.unit, at);
    return error.locate(this.unit.source, start, end, this.chain());
  }
}

function spanOf(unit: Unit, at: number): [number, number] {
  return [unit.spans[2 * at] ?? 0, unit.spans[2 * at + 1] ?? 0];
}

/** Anything thrown as a TemplateError; errors of a host keep their original as `cause`. */
export function asTemplateError(error: unknown): TemplateError {
  if (error instanceof TemplateError) return error;
  // No regular expression here: at the end of the stack even that would fail, with a SyntaxError.
  if (error instanceof Error && (error.message.includes('call stack') || error.message.endsWith('Stack overflow'))) {
    return new TemplateError('macro calls are nested too deeply', 'RecursionError', { cause: error });
  }
  return new TemplateError(error instanceof Error ? error.message : String(error), 'HostError', { cause: error });
}

function tooDeep(caller: Activation, name: string): TemplateError {
  const names = [name];
  for (let frame: Activation | undefined = caller; frame?.parent !== undefined; frame = frame.parent) {
    names.unshift(frame.name);
    if (frame.name === name || names.length > 20) break;
  }
  const text = `macro calls are nested more than ${caller.state.maxDepth} deep: ${names.join(' → ')}`;
  return new TemplateError(text, 'RecursionError');
}

/** The place of a call, for host functions. */
export class Site implements CallSite {
  readonly activation: Activation;
  readonly at: number;

  constructor(activation: Activation, at: number) {
    this.activation = activation;
    this.at = at;
  }
  private span(): [number, number] {
    const { unit } = this.activation;
    return unit === undefined ? [0, 0] : spanOf(unit, this.at);
  }
  get file(): string {
    return this.activation.unit?.source.file ?? '';
  }
  get start(): number {
    return this.span()[0];
  }
  get end(): number {
    return this.span()[1];
  }
  get line(): number {
    return this.activation.unit?.source.lineColumn(this.start).line ?? 0;
  }
  get column(): number {
    return this.activation.unit?.source.lineColumn(this.start).column ?? 0;
  }
  get chain(): ChainFrame[] {
    return this.activation.chain().map(({ name, source, start, end }) => ({ name, ...source.place(start, end) }));
  }
  get scope(): Scope {
    return this.activation.scope;
  }
  get mode(): 'sync' | 'async' {
    return this.activation.state.mode;
  }
}

/** What the engine itself can call without going through a host's `call`: macros, methods, loops. */
export abstract class Invocable extends HostObject {
  abstract invoke(
    caller: Activation,
    at: number,
    args: Value[],
    kwargs: Map<string, Value> | undefined,
  ): Result | Rope | Promise<Value | Rope>;

  override get callable(): boolean {
    return true;
  }
  override call(args: Value[], kwargs: Map<string, Value>, site: CallSite): Result {
    if (!(site instanceof Site))
      throw new TemplateError('a macro can be called only with the call site that the engine gave', 'RuntimeError');
    const result = this.invoke(site.activation, site.at, args, kwargs);
    return result instanceof Promise ? result.then(plain) : plain(result);
  }
}

/** A result without its map. */
export function plain(result: Value | Rope): Value {
  return result instanceof Rope ? result.text : result;
}

/**
 * Calls any value. The result may be a Promise only in an asynchronous render.
 *
 * @throws TemplateError for what cannot be called, and where a host function is asynchronous in a synchronous render.
 */
export function callValue(
  caller: Activation,
  at: number,
  callee: Value,
  args: Value[],
  kwargs: Map<string, Value> | undefined,
): Value | Rope | Promise<Value | Rope> {
  if (callee instanceof Invocable) return callee.invoke(caller, at, args, kwargs);
  if (callee instanceof HostObject) {
    const result = callee.call(args, kwargs ?? new Map(), new Site(caller, at));
    if (result instanceof Promise && caller.state.mode === 'sync') {
      // Nobody will wait for it, so its failure must not end the process.
      result.catch(() => undefined);
      throw new TemplateError(
        `${callee.repr()} has to be waited for, and this template is rendered synchronously`,
        'RuntimeError',
      );
    }
    return result;
  }
  if (callee instanceof Undefined) {
    if (callee.lenient) return callee;
    throw callee.error();
  }
  throw new TemplateError(`'${typeName(callee)}' object is not callable`, 'TypeError');
}
