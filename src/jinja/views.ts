import { contains, equals } from './compare.ts';
import { repr } from './display.ts';
import type { Dict, Value } from './values.ts';
import { HostObject, PySet, Tuple } from './values.ts';

/** `d.keys()`, `d.values()`, `d.items()`: follows the dict. */
export class DictView extends HostObject {
  private readonly dict: Dict;
  private readonly kind: 'keys' | 'values' | 'items';

  constructor(dict: Dict, kind: 'keys' | 'values' | 'items') {
    super();
    this.dict = dict;
    this.kind = kind;
  }
  override get typeName(): string {
    return `dict_${this.kind}`;
  }
  override iterate(): Value[] {
    if (this.kind === 'keys') return Array.from(this.dict.keys());
    if (this.kind === 'values') return Array.from(this.dict.values());
    return Array.from(this.dict.entries(), (entry) => new Tuple(entry));
  }
  override length(): number {
    return this.dict.size;
  }
  override repr(): string {
    return `${this.typeName}(${repr(this.iterate())})`;
  }
  override contains(item: Value): boolean | undefined {
    return this.kind === 'keys' ? this.dict.has(item) : undefined;
  }
  override equals(other: Value): boolean {
    if (this === other) return true;
    if (this.kind === 'values' || !(other instanceof DictView || other instanceof PySet)) return false;
    const theirs: Value[] = other instanceof DictView ? other.iterate() : Array.from(other);
    return theirs.length === this.dict.size && this.iterate().every((item) => contains(theirs, item));
  }
  override operate(
    operator: '+' | '-' | '*' | '/' | '//' | '%' | '**',
    other: Value,
    reflected: boolean,
  ): Value | undefined {
    if (operator !== '-' || reflected || this.kind === 'values') return undefined;
    const theirs = other instanceof DictView ? other.iterate() : other;
    return new PySet(this.iterate().filter((item) => !contains(theirs, item)));
  }
  override toJs(): unknown {
    return this.iterate();
  }
}

/** A Python iterator: what `map`, `select` and friends give. Can be gone through once. */
export class OneShot extends HostObject {
  private readonly items: Iterator<Value>;
  private readonly label: string;

  constructor(items: Iterable<Value>, label = 'generator') {
    super();
    this.items = items[Symbol.iterator]();
    this.label = label;
  }
  override get typeName(): string {
    return this.label;
  }
  override truthy(): boolean {
    return true;
  }
  override iterate(): Iterable<Value> {
    return { [Symbol.iterator]: () => ({ next: () => this.items.next() }) };
  }
  /** The next item, or undefined at the end. */
  next(): Value | undefined {
    const step = this.items.next();
    return step.done ? undefined : step.value;
  }
  override toJs(): unknown {
    return Array.from(this.iterate());
  }
}

/** Python's `range`. */
export class Range extends HostObject {
  readonly start: number;
  readonly step: number;
  readonly size: number;
  private readonly stop: number;

  constructor(start: number, stop: number, step: number) {
    super();
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.size = Math.max(0, Math.ceil((stop - start) / step));
  }
  override get typeName(): string {
    return 'range';
  }
  at(index: number): number {
    return this.start + index * this.step;
  }
  override iterate(): number[] {
    return Array.from({ length: this.size }, (_, index) => this.at(index));
  }
  override length(): number {
    return this.size;
  }
  override getItem(key: Value): Value | undefined {
    if (typeof key !== 'number') return undefined;
    const index = key < 0 ? key + this.size : key;
    return index >= 0 && index < this.size ? this.at(index) : undefined;
  }
  override getAttribute(name: string): Value | undefined {
    if (name === 'start') return this.start;
    if (name === 'stop') return this.stop;
    return name === 'step' ? this.step : undefined;
  }
  override repr(): string {
    const step = this.step === 1 ? '' : `, ${this.step}`;
    return `range(${this.start}, ${this.stop}${step})`;
  }
  override contains(item: Value): boolean {
    return this.iterate().some((own) => equals(own, item));
  }
  override equals(other: Value): boolean {
    return other instanceof Range && equals(this.iterate(), other.iterate());
  }
  override truthy(): boolean {
    return this.size > 0;
  }
  override toJs(): unknown {
    return this.iterate();
  }
}
