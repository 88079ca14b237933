import type { Json } from '../../core/index.ts';

/** How many rows are read at once: those of nodes that are asked for together mostly stand together. */
const blockBits = 4;

/** The second parts of rows, each JSON of its own, read from where they are kept when the first of a block is asked for. */
export class SecondParts {
  readonly #ends: readonly number[];
  readonly #read: (from: number, to: number) => Buffer;
  readonly #blocks: (Buffer | undefined)[] = [];

  /**
   * @param ends where the parts end, in bytes.
   * @param read gives a part of their bytes.
   */
  constructor(ends: readonly number[], read: (from: number, to: number) => Buffer) {
    this.#ends = ends;
    this.#read = read;
  }

  /** The second part of a row, by the row's number. */
  get(number: number): readonly Json[] {
    const block = number >> blockBits;
    const from = this.#start(block << blockBits);
    let bytes = this.#blocks[block];
    if (bytes === undefined) {
      bytes = this.#read(from, this.#start((block + 1) << blockBits));
      this.#blocks[block] = bytes;
    }
    return JSON.parse(bytes.toString('utf8', this.#start(number) - from, this.#start(number + 1) - from));
  }

  #start(number: number): number {
    return this.#ends[Math.min(number, this.#ends.length) - 1] ?? 0;
  }
}
