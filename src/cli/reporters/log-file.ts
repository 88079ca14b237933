import { closeSync, fstatSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../core/index.ts';

export interface LogFileOptions {
  readonly folder: string;
  /** Size at which a new file is begun; 0 for never. */
  readonly maxBytes: number;
}

const name = 'ingot.log';
/** Old files that are kept: `ingot.log.1` is the newest of them. */
const kept = 5;
/** Characters that wait for a write. */
const bufferSize = 32_768;

/** The log on disk. It is a convenience: where it cannot be written, commands run without it. */
export class LogFile {
  readonly path: string;
  readonly #options: LogFileOptions;
  #file: number | undefined;
  #size = 0;
  #buffer = '';
  #broken = false;

  constructor(options: LogFileOptions) {
    this.#options = options;
    this.path = join(options.folder, name);
  }

  write(text: string): void {
    if (this.#broken) return;
    this.#buffer += text;
    if (this.#buffer.length >= bufferSize) this.flush();
  }

  /** Writes what waits, now. */
  flush(): void {
    if (this.#broken || this.#buffer === '') return;
    const bytes = Buffer.from(this.#buffer);
    this.#buffer = '';
    try {
      writeSync(this.#open(bytes.length), bytes);
      this.#size += bytes.length;
    } catch {
      this.#broken = true;
    }
  }

  close(): void {
    this.flush();
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
    this.#broken = true;
  }

  #open(coming: number): number {
    const { folder, maxBytes } = this.#options;
    if (this.#file === undefined) {
      makeFolder(folder);
      this.#file = openSync(this.path, 'a');
      this.#size = fstatSync(this.#file).size;
    }
    if (maxBytes > 0 && this.#size > 0 && this.#size + coming > maxBytes) {
      closeSync(this.#file);
      this.#rotate();
      this.#file = openSync(this.path, 'a');
      this.#size = 0;
    }
    return this.#file;
  }

  #rotate(): void {
    rmSync(`${this.path}.${kept}`, { force: true });
    for (let number = kept - 1; number >= 1; number -= 1)
      moveIfThere(`${this.path}.${number}`, `${this.path}.${number + 1}`);
    moveIfThere(this.path, `${this.path}.1`);
  }
}

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code !== 'ENOENT') throw failure;
  }
}
