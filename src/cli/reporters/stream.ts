/** Where text goes: as much of a Node stream as reporters need. */
export interface TextStream {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** Width in columns and height in rows, as they are at this moment. */
  size(): { readonly columns: number; readonly rows: number };
}
