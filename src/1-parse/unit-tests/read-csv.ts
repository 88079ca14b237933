/** A CSV text as rows of a header's columns. */
export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly CsvRow[];
}

export interface CsvRow {
  readonly values: readonly string[];
  /** Where the row begins in the text. */
  readonly start: number;
}

/**
 * Reads a small CSV text as Python's `csv` does: `"` around values that hold commas, line breaks or doubled quotes;
 * lines without anything in them are no rows.
 */
export function readCsv(text: string, delimiter = ','): CsvTable {
  const reader = new CsvReader(text, delimiter);
  const lines: CsvRow[] = [];
  for (let row = reader.next(); row !== undefined; row = reader.next()) if (row.values.length > 0) lines.push(row);
  const [header, ...rows] = lines;
  return { header: header?.values ?? [], rows };
}

class CsvReader {
  readonly #text: string;
  readonly #delimiter: string;
  #at = 0;

  constructor(text: string, delimiter: string) {
    this.#text = text;
    this.#delimiter = delimiter;
    if (text.startsWith('\uFEFF')) this.#at = 1;
  }

  /** The next line; without values where nothing stands in it. Undefined at the end. */
  next(): CsvRow | undefined {
    if (this.#at >= this.#text.length) return undefined;
    const start = this.#at;
    if (this.#endLine()) return { values: [], start };
    const values = [this.#value()];
    while (this.#text[this.#at] === this.#delimiter) {
      this.#at += 1;
      values.push(this.#value());
    }
    this.#endLine();
    return { values, start };
  }

  #value(): string {
    let value = '';
    let quoted = this.#text[this.#at] === '"';
    if (quoted) this.#at += 1;
    for (; this.#at < this.#text.length; this.#at += 1) {
      const character = this.#text[this.#at] as string;
      if (quoted && character === '"') {
        if (this.#text[this.#at + 1] !== '"') {
          quoted = false;
          continue;
        }
        this.#at += 1;
      } else if (!quoted && (character === this.#delimiter || character === '\n' || character === '\r')) break;
      value += character;
    }
    return value;
  }

  #endLine(): boolean {
    const end = /\r\n|\r|\n/y;
    end.lastIndex = this.#at;
    const found = end.exec(this.#text);
    if (found) this.#at += found[0].length;
    return found !== null;
  }
}
