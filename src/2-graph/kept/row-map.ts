import type { RowReader } from './row-reader.ts';

/** Some rows of a reader, which are found by their ids. */
export class RowSet {
  readonly #reader: RowReader;
  readonly #numbers: readonly number[];
  #index: Map<string, number> | undefined;

  constructor(reader: RowReader, numbers: readonly number[]) {
    this.#reader = reader;
    this.#numbers = numbers;
  }

  get numbers(): readonly number[] {
    return this.#numbers;
  }

  idOf(number: number): string {
    return this.#reader.ids[number] as string;
  }

  numberOf(id: string): number | undefined {
    this.#index ??= new Map(this.#numbers.map((number) => [this.idOf(number), number]));
    return this.#index.get(id);
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
