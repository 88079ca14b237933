import type { TextStream } from '../../src/cli/reporters/stream.ts';

/** A stream that keeps what is written. */
export class KeptText implements TextStream {
  text = '';
  readonly isTerminal: boolean;
  readonly #columns: number;

  constructor(isTerminal = false, columns = 80) {
    this.isTerminal = isTerminal;
    this.#columns = columns;
  }

  write(text: string): void {
    this.text += text;
  }

  size(): { columns: number; rows: number } {
    return { columns: this.#columns, rows: 24 };
  }
}
