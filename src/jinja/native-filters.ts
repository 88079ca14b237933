import { contains } from './compare.ts';
import { str } from './display.ts';
import { filterTable } from './filters/filter.ts';
import { codePoints, lengthOf } from './iterate.ts';
import { HostObject, type Value } from './values.ts';

/** How a marked text becomes a value at the end of a native render. */
export type Marking = 'text' | 'native' | 'bool' | 'number';

/** A text that says how it is to be read: what `as_bool` and its like give in a native render. */
export class Marked extends HostObject {
  readonly marking: Marking;
  readonly text: string;

  constructor(marking: Marking, text: string) {
    super();
    this.marking = marking;
    this.text = text;
  }
  override get typeName(): string {
    return 'str';
  }
  override str(): string {
    return this.text;
  }
  /** In Python a marked text still is a text. */
  override equals(other: Value): boolean {
    return this.text === unmarked(other);
  }
  override contains(item: Value): boolean {
    return contains(this.text, unmarked(item));
  }
  override iterate(): Iterable<Value> {
    return codePoints(this.text);
  }
  override length(): number {
    return lengthOf(this.text);
  }
  override operate(operator: string, other: Value, reflected: boolean): Value | undefined {
    const text = unmarked(other);
    if (operator !== '+' || typeof text !== 'string') return undefined;
    return reflected ? text + this.text : this.text + text;
  }
}

const unmarked = (value: Value): Value => (value instanceof Marked ? value.text : value);

/** dbt's markers in its native environment. */
export const NATIVE_FILTERS = filterTable({
  as_text: (value) => new Marked('text', str(value)),
  as_native: (value) => new Marked('native', str(value)),
  as_bool: (value) => new Marked('bool', str(value)),
  as_number: (value) => new Marked('number', str(value)),
});
