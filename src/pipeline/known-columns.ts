import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { KnownColumns, PackedColumns } from '../3-compile/index.ts';

interface Entry {
  readonly key: string;
  /** As JSON, until somebody asks. */
  readonly columns: string;
}

/** So many single nodes are looked up in the file before all of its lines are read. */
const fewLookups = 50;

/**
 * Columns kept in a file: a line for each node, of which a later one counts before an earlier one. Read when the first
 * node is asked for.
 *
 * @param version everything that columns depend on besides SQL: versions, the dialect. Other lines are of no use.
 */
export class ColumnsFile implements KnownColumns {
  readonly #file: string;
  readonly #version: string;
  #bytes: Buffer | undefined;
  #lookups = 0;
  #entries: Map<string, Entry> | undefined;
  readonly #added = new Map<string, Entry>();

  constructor(file: string, version: string) {
    this.#file = file;
    this.#version = version;
  }

  get(id: string, key: string): PackedColumns | undefined {
    const entry = this.#added.get(id) ?? this.#find(id);
    return entry?.key === key ? (JSON.parse(entry.columns) as PackedColumns) : undefined;
  }

  set(id: string, key: string, columns: PackedColumns): void {
    this.#added.set(id, { key, columns: JSON.stringify(columns) });
  }

  /** Writes what is new. Where nothing can be written, the next command works it out again. */
  save(): void {
    if (this.#added.size === 0) return;
    const lineOf = ([id, { key, columns }]: readonly [string, Entry]): string => `${id}\t${key}\t${columns}\n`;
    try {
      // Lines that count no longer stay until there are more new ones than a twentieth of the file.
      const added = [...this.#added].map(lineOf);
      const bytes = this.#read();
      if (bytes.length > 0 && added.reduce((sum, { length }) => sum + length, 0) * 20 < bytes.length) {
        appendFileSync(this.#file, added.join(''));
        return;
      }
      mkdirSync(dirname(this.#file), { recursive: true });
      const before = [...this.#readAll()].filter(([id]) => !this.#added.has(id));
      writeFileSync(this.#file, [`${this.#version}\n`, ...before.map(lineOf), ...added].join(''));
    } catch {
      // See above.
    }
  }

  #find(id: string): Entry | undefined {
    this.#lookups += 1;
    if (this.#entries || this.#lookups > fewLookups) return this.#readAll().get(id);
    const bytes = this.#read();
    const start = bytes.lastIndexOf(`\n${id}\t`) + 1;
    if (start === 0) return undefined;
    const end = bytes.indexOf('\n', start);
    return entryOf(bytes.toString('utf8', start, end))?.[1];
  }

  #readAll(): Map<string, Entry> {
    this.#entries ??= new Map(
      this.#read()
        .toString('utf8')
        .split('\n')
        .map(entryOf)
        .filter((entry) => entry !== undefined),
    );
    return this.#entries;
  }

  /** The file's whole lines; none of another version's. */
  #read(): Buffer {
    this.#bytes ??= wholeLines(this.#file, this.#version);
    return this.#bytes;
  }
}

function wholeLines(file: string, version: string): Buffer {
  try {
    const bytes = readFileSync(file);
    const head = `${version}\n`;
    // What stands behind the last line end was not written as a whole.
    if (bytes.indexOf(head) === 0) return bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
  } catch {
    // There is none yet.
  }
  return Buffer.alloc(0);
}

function entryOf(line: string): [string, Entry] | undefined {
  const [id, key, columns] = line.split('\t', 3);
  return id && key !== undefined && columns?.endsWith(']') ? [id, { key, columns }] : undefined;
}
