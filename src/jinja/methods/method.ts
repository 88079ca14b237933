import type { Bound } from '../bind.ts';
import { Signature } from '../bind.ts';
import { typeName } from '../display.ts';
import { TemplateError } from '../errors.ts';
import type { Access } from '../format/braces.ts';
import type { Value } from '../values.ts';

/** What a built-in method or filter may ask of the engine. */
export interface Engine extends Access {
  /** Calls a value synchronously: `sort(key=…)`. */
  call(callee: Value, args: Value[]): Value;
}

type Body<Self> = (self: Self, args: readonly Bound[], engine: Engine) => Value;

/** One method of a built-in type. */
export class Method<Self> {
  readonly name: string;
  private readonly signature: Signature;
  private readonly body: Body<Self>;

  constructor(spec: string, body: Body<Self>) {
    const [name, ...parameters] = spec.split(' ') as [string, ...string[]];
    this.name = name;
    this.signature = new Signature(name, parameters);
    this.body = body;
  }

  call(self: Self, args: readonly Value[], kwargs: ReadonlyMap<string, Value> | undefined, engine: Engine): Value {
    return this.body(self, this.signature.bind(args, kwargs), engine);
  }
}

export type MethodTable<Self> = ReadonlyMap<string, Method<Self>>;

/** A table of methods from `{ 'split sep= maxsplit=': (self, [sep, maxsplit]) => … }`. */
export function methodTable<Self>(bodies: Record<string, Body<Self>>): MethodTable<Self> {
  return new Map(
    Object.entries(bodies).map(([spec, body]) => {
      const method = new Method(spec, body);
      return [method.name, method];
    }),
  );
}

/** An argument that must be an int; the fallback where it was not given. */
export function intArgument(value: Bound, fallback: number): number {
  if (value === undefined) return fallback;
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  throw new TemplateError(`'${typeName(value)}' object cannot be interpreted as an integer`, 'TypeError');
}

/** An argument that must be a str. */
export function strArgument(value: Bound, what: string): string {
  if (typeof value === 'string') return value;
  throw new TemplateError(`${what} must be str, not ${typeName(value ?? null)}`, 'TypeError');
}

/** Start and end of a search as Python clamps them. */
export function clampRange(length: number, start: Bound, end: Bound): [number, number] {
  const clamp = (value: number): number => Math.max(0, Math.min(length, value < 0 ? value + length : value));
  return [clamp(intArgument(start ?? undefined, 0)), clamp(intArgument(end ?? undefined, length))];
}
