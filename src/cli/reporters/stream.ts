/** Where text goes: as much of a Node stream as reporters need. */
export interface TextStream {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** Width in columns and height in rows, as they are at this moment. */
  size(): { readonly columns: number; readonly rows: number };
}

/** A stream that keeps what is written; for tests and for output that is looked at later. */
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
