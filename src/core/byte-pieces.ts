const pieceSize = 1 << 16;
/** Bytes that one UTF-16 unit takes in UTF-8 at most. */
const mostBytes = 3;

/** Texts as UTF-8 bytes, one behind the other. Joining them as text first would copy all of them twice. */
export class BytePieces {
  readonly #full: Buffer[] = [];
  #current = Buffer.allocUnsafe(pieceSize);
  #used = 0;
  #before = 0;

  /** Bytes that are there. */
  get length(): number {
    return this.#before + this.#used;
  }

  /** The bytes, in pieces. */
  get pieces(): readonly Buffer[] {
    return [...this.#full, this.#current.subarray(0, this.#used)];
  }

  add(part: string | Uint8Array): void {
    const isText = typeof part === 'string';
    const most = isText ? part.length * mostBytes : part.length;
    if (this.#used + most > this.#current.length) this.#begin(most);
    if (isText) this.#used += this.#current.write(part, this.#used);
    else {
      this.#current.set(part, this.#used);
      this.#used += part.length;
    }
  }

  #begin(most: number): void {
    this.#full.push(this.#current.subarray(0, this.#used));
    this.#before += this.#used;
    this.#current = Buffer.allocUnsafe(Math.max(pieceSize, most));
    this.#used = 0;
  }
}
