/** Lists of numbers as bytes: where each list ends, then what is in them. */
export function listBytes(lists: readonly (readonly number[])[]): Buffer {
  const all = new Uint32Array(lists.length + lists.reduce((sum, { length }) => sum + length, 0));
  let end = lists.length;
  lists.forEach((list, at) => {
    all.set(list, end);
    end += list.length;
    all[at] = end;
  });
  return Buffer.from(all.buffer);
}

/** Reads lists of numbers back, without work for those that nobody asks for. */
export class NumberLists {
  /** Of a number, in bytes: lists have to begin at a multiple of it. */
  static readonly size = Uint32Array.BYTES_PER_ELEMENT;
  readonly #all: Uint32Array;
  readonly #count: number;

  /** @param count how many lists there are. */
  constructor(bytes: Buffer, count: number) {
    this.#all = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / NumberLists.size);
    this.#count = count;
  }

  get(at: number): Uint32Array {
    return this.#all.subarray(at === 0 ? this.#count : this.#all[at - 1], this.#all[at]);
  }
}
