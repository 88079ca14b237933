import { ReturnSignal } from './activation.ts';
import { bindArguments } from './bind.ts';
import { typeName } from './display.ts';
import { TemplateError } from './errors.ts';
import { updateDict } from './methods/dict.ts';
import { intArgument } from './methods/method.ts';
import { Namespace } from './namespace.ts';
import type { CallSite, Value } from './values.ts';
import { Dict, HostObject, hostFunction, Tuple } from './values.ts';
import { Range } from './views.ts';

/** The longest range that a template may ask for, as in Jinja's sandbox. */
const MAX_RANGE = 100_000;

/** `cycler(…)`: goes through its items again and again. */
class Cycler extends HostObject {
  private readonly items: readonly Value[];
  private position = 0;

  constructor(items: readonly Value[]) {
    super();
    if (items.length === 0) throw new TemplateError('at least one item has to be provided', 'RuntimeError');
    this.items = items;
  }
  override get typeName(): string {
    return 'Cycler';
  }
  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'current':
        return this.items[this.position];
      case 'pos':
        return this.position;
      case 'items':
        return new Tuple(this.items);
      case 'next':
        return hostFunction('next', () => {
          const item = this.items[this.position]!;
          this.position = (this.position + 1) % this.items.length;
          return item;
        });
      case 'reset':
        return hostFunction('reset', () => {
          this.position = 0;
          return null;
        });
      default:
        return undefined;
    }
  }
}

/** `joiner(sep)`: nothing the first time, the separator ever after. */
class Joiner extends HostObject {
  private readonly separator: Value;
  private used = false;

  constructor(separator: Value) {
    super();
    this.separator = separator;
  }
  override get typeName(): string {
    return 'Joiner';
  }
  override get callable(): boolean {
    return true;
  }
  override call(_args: Value[], _kwargs: Map<string, Value>, _site: CallSite): Value {
    if (this.used) return this.separator;
    this.used = true;
    return '';
  }
}

function makeRange(args: readonly Value[]): Range {
  for (const arg of args) {
    if (typeof arg !== 'number' && typeof arg !== 'boolean') {
      throw new TemplateError(`'${typeName(arg)}' object cannot be interpreted as an integer`, 'TypeError');
    }
  }
  if (args.length === 0) throw new TemplateError('range expected at least 1 argument, got 0', 'TypeError');
  if (args.length > 3) throw new TemplateError(`range expected at most 3 arguments, got ${args.length}`, 'TypeError');
  const [first, second, third] = args.map((arg) => Number(arg)) as [number, number?, number?];
  if (third === 0) throw new TemplateError('range() arg 3 must not be zero', 'ValueError');
  const range = second === undefined ? new Range(0, first, 1) : new Range(first, second, intArgument(third, 1));
  if (range.size > MAX_RANGE) {
    throw new TemplateError(
      `Range too big. The sandbox blocks ranges larger than MAX_RANGE (${MAX_RANGE}).`,
      'OverflowError',
    );
  }
  return range;
}

function makeDict(name: string, args: readonly Value[], kwargs: ReadonlyMap<string, Value>): Dict {
  if (args.length > 1) throw new TemplateError(`${name} expected at most 1 argument, got ${args.length}`, 'TypeError');
  const dict = new Dict();
  updateDict(dict, args[0], Dict.of(kwargs));
  return dict;
}

/** The names that every template knows: Jinja's own, and dbt's `return`. */
export const GLOBALS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['range', hostFunction('range', (args) => makeRange(args))],
  ['dict', hostFunction('dict', (args, kwargs) => makeDict('dict', args, kwargs))],
  ['namespace', hostFunction('namespace', (args, kwargs) => new Namespace(makeDict('dict', args, kwargs)))],
  ['cycler', hostFunction('cycler', (args) => new Cycler(args))],
  [
    'joiner',
    hostFunction('joiner', (args, kwargs) => {
      const [separator = ', '] = bindArguments('joiner', ['sep='], args, kwargs);
      return new Joiner(separator);
    }),
  ],
  [
    'return',
    hostFunction('return', (args, kwargs) => {
      throw new ReturnSignal(bindArguments('return', ['data='], args, kwargs)[0] ?? null);
    }),
  ],
]);
