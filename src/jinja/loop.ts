import type { Activation } from './activation.ts';
import { Invocable } from './activation.ts';
import { equals } from './compare.ts';
import { typeName } from './display.ts';
import { TemplateError } from './errors.ts';
import { isIterable, itemsOf } from './iterate.ts';
import type { Rope } from './map.ts';
import type { Result, Value } from './values.ts';
import { hostFunction, Tuple, Undefined } from './values.ts';

type Recurse = (items: Value, depth: number) => Result | Rope | Promise<Value | Rope>;

/** The `loop` variable. */
export class Loop extends Invocable {
  readonly items: readonly Value[];
  private readonly recurse: Recurse | undefined;
  private readonly depth0: number;
  index0 = -1;
  private previous: Value | undefined;
  private current: Value | undefined;
  private lastChanged: Tuple | undefined;

  constructor(items: readonly Value[], recurse: Recurse | undefined, depth0: number) {
    super();
    this.items = items;
    this.recurse = recurse;
    this.depth0 = depth0;
  }

  /** The next turn of a loop that picks its items as it goes, so that the index is not the place in `items`. */
  step(item: Value): void {
    this.index0++;
    this.previous = this.current;
    this.current = item;
  }

  override get typeName(): string {
    return 'LoopContext';
  }

  override invoke(_caller: Activation, _at: number, args: Value[]): Result | Rope | Promise<Value | Rope> {
    if (this.recurse === undefined) {
      throw new TemplateError("The loop must have the 'recursive' marker to be called recursively.", 'TypeError');
    }
    return this.recurse(args[0] ?? null, this.depth0 + 1);
  }

  override getAttribute(name: string): Value | undefined {
    const { index0, items } = this;
    switch (name) {
      case 'index0':
        return index0;
      case 'index':
        return index0 + 1;
      case 'first':
        return index0 === 0;
      case 'last':
        return index0 === items.length - 1;
      case 'length':
        return items.length;
      case 'revindex':
        return items.length - index0;
      case 'revindex0':
        return items.length - index0 - 1;
      case 'depth':
        return this.depth0 + 1;
      case 'depth0':
        return this.depth0;
      case 'previtem': {
        const before = this.current === undefined ? items[index0 - 1] : this.previous;
        return index0 === 0 || before === undefined
          ? new Undefined('previtem', { hint: 'there is no previous item' })
          : before;
      }
      case 'nextitem': {
        const after = items[index0 + 1];
        return after === undefined ? new Undefined('nextitem', { hint: 'there is no next item' }) : after;
      }
      case 'cycle':
        return hostFunction('cycle', (args) => {
          if (args.length === 0) throw new TemplateError('no items for cycling given', 'TypeError');
          return args[this.index0 % args.length]!;
        });
      case 'changed':
        return hostFunction('changed', (args) => this.changed(new Tuple(args)));
      default:
        return undefined;
    }
  }

  override length(): number {
    return this.items.length;
  }

  override repr(): string {
    return `<LoopContext ${this.index0 + 1}/${this.items.length}>`;
  }

  private changed(values: Tuple): boolean {
    if (this.lastChanged !== undefined && equals(this.lastChanged, values)) return false;
    this.lastChanged = values;
    return true;
  }
}

/** Splits a value over the targets of `{% set a, b = … %}` and `{% for a, b in … %}`. */
export function unpack(value: Value, count: number): readonly Value[] {
  const items = isIterable(value) ? itemsOf(value) : undefined;
  if (items === undefined) {
    throw new TemplateError(`cannot unpack non-iterable ${typeName(value)} object`, 'TypeError');
  }
  if (items.length < count) {
    throw new TemplateError(`not enough values to unpack (expected ${count}, got ${items.length})`, 'ValueError');
  }
  if (items.length > count) throw new TemplateError(`too many values to unpack (expected ${count})`, 'ValueError');
  return items;
}
