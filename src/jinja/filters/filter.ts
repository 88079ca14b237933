import type { Activation, Applicable } from '../activation.ts';
import { engineOf } from '../attributes.ts';
import type { Bound } from '../bind.ts';
import { Signature } from '../bind.ts';
import { TemplateError } from '../errors.ts';
import type { Engine } from '../methods/method.ts';
import type { Value } from '../values.ts';

/** What filters may ask: guarded access, and other filters and tests by name (`map('upper')`). */
export interface FilterEngine extends Engine {
  random(): number;
  filter(name: string, value: Value, args: Value[], kwargs: Map<string, Value> | undefined): Value;
  test(name: string, value: Value, args: Value[], kwargs: Map<string, Value> | undefined): Value;
}

type Body = (value: Value, args: readonly Bound[], engine: () => FilterEngine) => Value;

/** A built-in filter or test. */
class Filter implements Applicable {
  readonly name: string;
  private readonly signature: Signature;
  private readonly body: Body;

  constructor(spec: string, body: Body) {
    const [name, ...parameters] = spec.split(' ') as [string, ...string[]];
    this.name = name;
    this.signature = new Signature(name, parameters);
    this.body = body;
  }

  apply(caller: Activation, at: number, value: Value, args: Value[], kwargs: Map<string, Value> | undefined): Value {
    return this.body(value, this.signature.bind(args, kwargs), () => filterEngine(caller, at));
  }
}

function filterEngine(caller: Activation, at: number): FilterEngine {
  const { filters, tests } = caller.state.environment;
  const apply = (kind: string, table: ReadonlyMap<string, Applicable>): FilterEngine['filter'] => {
    return (name, value, args, kwargs) => {
      const found = table.get(name);
      if (found === undefined) throw new TemplateError(`No ${kind} named '${name}'.`, 'TemplateRuntimeError');
      const result = found.apply(caller, at, value, args, kwargs);
      if (!(result instanceof Promise)) return result;
      result.catch(() => undefined);
      throw new TemplateError(`the ${kind} '${name}' has to be waited for and cannot be used here`, 'RuntimeError');
    };
  };
  const { random } = caller.state;
  const chance = (): number => {
    if (random !== undefined) return random();
    throw new TemplateError('the random filter needs the option `random` of the render', 'RuntimeError');
  };
  return { ...engineOf(caller, at), random: chance, filter: apply('filter', filters), test: apply('test', tests) };
}

/** A table of filters from `{ 'default default_value= boolean=': (value, [fallback, boolean]) => … }`. */
export function filterTable(bodies: Record<string, Body>): Map<string, Applicable> {
  return new Map(
    Object.entries(bodies).map(([spec, body]) => {
      const filter = new Filter(spec, body);
      return [filter.name, filter];
    }),
  );
}
