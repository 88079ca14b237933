import type { SqlDiagnostic } from '../diagnostic.ts';

/** The problems found in a text so far. */
export class Problems {
  readonly list: SqlDiagnostic[] = [];
  private readonly text: string;
  private lineStarts: readonly number[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  add(
    code: string,
    message: string,
    start: number,
    end: number,
    hint?: string,
    severity: SqlDiagnostic['severity'] = 'error',
  ): void {
    const place = this.placeOf(start);
    this.list.push({ code, severity, message, start, end, ...place, ...(hint === undefined ? {} : { hint }) });
  }

  /** By place; those at one place in the order in which they were found. */
  sorted(): readonly SqlDiagnostic[] {
    return this.list.sort((one, other) => one.start - other.start);
  }

  private placeOf(offset: number): { readonly line: number; readonly column: number } {
    this.lineStarts ??= [0, ...[...this.text.matchAll(/\n/g)].map((match) => match.index + 1)];
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lineStarts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - this.lineStarts[low]! + 1 };
  }
}
