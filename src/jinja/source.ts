/** A place in a template: file, UTF-16 offsets, and the 1-based line and column of its start. */
export interface Place {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

/**
 * A template's text with its file name.
 *
 * Offsets are counted everywhere; lines and columns are computed only when somebody asks, because most templates
 * never fail.
 */
export class Source {
  readonly file: string;
  readonly text: string;
  private lineStarts: number[] | undefined;

  constructor(text: string, file: string) {
    this.text = text;
    this.file = file;
  }

  /** The 1-based line and column (in UTF-16 units) of an offset. `\n`, `\r\n` and `\r` each end a line. */
  lineColumn(offset: number): { line: number; column: number } {
    const starts = this.starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  }

  /** The place of a span of offsets. */
  place(start: number, end: number): Place {
    return { file: this.file, start, end, ...this.lineColumn(start) };
  }

  private starts(): number[] {
    if (this.lineStarts === undefined) {
      this.lineStarts = [0];
      for (const match of this.text.matchAll(/\r\n|\r|\n/g)) this.lineStarts.push(match.index + match[0].length);
    }
    return this.lineStarts;
  }
}
