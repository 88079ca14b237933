import { crc32 } from 'node:zlib';
import { BytePieces, type Json } from '../../core/index.ts';

/** Values of one row. */
export type Row = readonly Json[];

/** Writes rows in blocks of some: each block is JSON of its own. */
export class BlockWriter {
  /** Where the blocks end, in bytes. */
  readonly ends: number[] = [];
  /** Sums of the blocks. */
  readonly sums: number[] = [];
  readonly #bytes = new BytePieces();
  readonly #size: number;
  #block: Row[] = [];

  constructor(size: number) {
    this.#size = size;
  }

  add(row: Row): void {
    this.#block.push(row);
    if (this.#block.length === this.#size) this.#end();
  }

  /** All that was written. */
  finish(): readonly Buffer[] {
    if (this.#block.length > 0) this.#end();
    return this.#bytes.pieces;
  }

  #end(): void {
    const text = JSON.stringify(this.#block);
    this.#bytes.add(text);
    this.sums.push(crc32(text));
    this.ends.push(this.#bytes.length);
    this.#block = [];
  }
}

/** Gives a part of the bytes: the block with this number. */
type ReadBlock = (from: number, to: number, block: number) => Buffer;

/** Reads rows back, a block when the first of its rows is asked for. */
export class RowBlocks {
  readonly #ends: readonly number[];
  readonly #size: number;
  readonly #read: ReadBlock;
  readonly #blocks: (readonly Row[] | undefined)[] = [];

  /**
   * @param ends where the blocks end, in bytes.
   * @param size how many rows are in a block.
   * @param read gives a block's bytes.
   */
  constructor(ends: readonly number[], size: number, read: ReadBlock) {
    this.#ends = ends;
    this.#size = size;
    this.#read = read;
  }

  row(number: number): Row {
    const at = Math.floor(number / this.#size);
    let block = this.#blocks[at];
    if (block === undefined) {
      block = JSON.parse(this.#read(this.#ends[at - 1] ?? 0, this.#ends[at] ?? 0, at).toString()) as readonly Row[];
      this.#blocks[at] = block;
    }
    return block[number % this.#size] as Row;
  }
}
