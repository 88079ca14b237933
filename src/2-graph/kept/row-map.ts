import type { RowReader } from './row-reader.ts';

/** Some rows of a reader, which are found by their ids. */
export class RowSet {
  readonly #reader: RowReader;
  readonly #has: (number: number) => boolean;
  readonly numbers: readonly number[];

  /** @param has whether a row is one of `numbers`. */
  constructor(reader: RowReader, numbers: readonly number[], has: (number: number) => boolean) {
    this.#reader = reader;
    this.numbers = numbers;
    this.#has = has;
  }

  idOf(number: number): string {
    return this.#reader.ids[number] as string;
  }

  numberOf(id: string): number | undefined {
    const number = this.#reader.numberOf(id);
    return number !== undefined && this.#has(number) ? number : undefined;
  }
}

/** What belongs to rows, by their ids, as a map: each value is made when it is asked for. */
export class RowMap<Value> implements ReadonlyMap<string, Value> {
  readonly #rows: RowSet;
  readonly #make: (number: number) => Value;

  constructor(rows: RowSet, make: (number: number) => Value) {
    this.#rows = rows;
    this.#make = make;
  }

  get size(): number {
    return this.#rows.numbers.length;
  }

  get(id: string): Value | undefined {
    const number = this.#rows.numberOf(id);
    return number === undefined ? undefined : this.#make(number);
  }

  has(id: string): boolean {
    return this.#rows.numberOf(id) !== undefined;
  }

  *keys(): Generator<string, undefined> {
    for (const number of this.#rows.numbers) yield this.#rows.idOf(number);
    return undefined;
  }

  *values(): Generator<Value, undefined> {
    for (const number of this.#rows.numbers) yield this.#make(number);
    return undefined;
  }

  *entries(): Generator<[string, Value], undefined> {
    for (const number of this.#rows.numbers) yield [this.#rows.idOf(number), this.#make(number)];
    return undefined;
  }

  [Symbol.iterator](): Generator<[string, Value], undefined> {
    return this.entries();
  }

  forEach(visit: (value: Value, id: string, map: ReadonlyMap<string, Value>) => void): void {
    for (const [id, value] of this.entries()) visit(value, id, this);
  }
}

/** Nodes by their ids, whose qualified names can be searched without making the nodes. */
export class NamedRows<Kind> extends RowMap<Kind> {
  readonly #rows: RowSet;
  readonly #names: string;

  /** @param names a line for each row of the reader. */
  constructor(rows: RowSet, make: (number: number) => Kind, names: string) {
    super(rows, make);
    this.#rows = rows;
    this.#names = names;
  }

  /** Every node in whose names a text stands, which has no line break; none for the empty text, which names nothing. */
  *named(text: string): Generator<Kind, undefined> {
    if (text === '') return undefined;
    const names = this.#names;
    let end = -1;
    let number = -1;
    for (let at = names.indexOf(text); at >= 0; at = names.indexOf(text, end)) {
      for (; end < at; number += 1) end = names.indexOf('\n', end + 1);
      const node = this.get(this.#rows.idOf(number));
      if (node !== undefined) yield node;
    }
    return undefined;
  }
}
