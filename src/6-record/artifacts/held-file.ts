import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';

const files = new FinalizationRegistry((file: number) => closeSync(file));

/** A file of which parts are read when they are asked for, as it is now: it may be exchanged meanwhile. */
export class HeldFile {
  /** For system calls; open as long as anybody holds the file. */
  readonly number: number;
  /** In bytes. */
  readonly size: number;

  private constructor(number: number) {
    this.number = number;
    this.size = fstatSync(number).size;
    files.register(this, number);
  }

  /** Undefined where there is none that can be read. */
  static open(path: string): HeldFile | undefined {
    try {
      // A folder can be opened, but not read.
      return statSync(path).isFile() ? new HeldFile(openSync(path, 'r')) : undefined;
    } catch {
      return undefined;
    }
  }

  /** The bytes of a part; fewer where the file ends before. */
  read(from: number, to: number): Buffer {
    const bytes = Buffer.allocUnsafe(to - from);
    return bytes.subarray(0, this.readInto(bytes, from));
  }

  /** Fills a buffer from a place on; says how many bytes there were. */
  readInto(buffer: Uint8Array, from: number): number {
    return readSync(this.number, buffer, 0, buffer.length, from);
  }
}
