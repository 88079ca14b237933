import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { KnownColumns, PackedColumns } from '../3-compile/index.ts';

interface Entry {
  readonly key: string;
  /** As JSON, until somebody asks. */
  readonly columns: string;
}

/**
 * Columns kept in a file: a line for each node, of which a later one counts before an earlier one. Read when the first
 * node is asked for.
 *
 * @param version everything that columns depend on besides SQL: versions, the dialect. Other lines are of no use.
 */
export class ColumnsFile implements KnownColumns {
  readonly #file: string;
  readonly #version: string;
  #entries: Map<string, Entry> | undefined;
  readonly #added = new Set<string>();

  constructor(file: string, version: string) {
    this.#file = file;
    this.#version = version;
  }

  get(id: string, key: string): PackedColumns | undefined {
    const entry = this.#read().get(id);
    return entry?.key === key ? (JSON.parse(entry.columns) as PackedColumns) : undefined;
  }

  set(id: string, key: string, columns: PackedColumns): void {
    this.#read().set(id, { key, columns: JSON.stringify(columns) });
    this.#added.add(id);
  }

  /** Writes what is new. Where nothing can be written, the next command works it out again. */
  save(): void {
    if (this.#entries === undefined || this.#added.size === 0) return;
    const lineOf = (id: string): string => {
      const entry = this.#entries?.get(id);
      return entry ? `${id}\t${entry.key}\t${entry.columns}\n` : '';
    };
    try {
      if (this.#added.size * 20 < this.#entries.size) {
        appendFileSync(this.#file, [...this.#added].map(lineOf).join(''));
        return;
      }
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(this.#file, [`${this.#version}\n`, ...[...this.#entries.keys()].map(lineOf)].join(''));
    } catch {
      // See above.
    }
  }

  #read(): Map<string, Entry> {
    this.#entries ??= readEntries(this.#file, this.#version);
    return this.#entries;
  }
}

function readEntries(file: string, version: string): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return entries;
  }
  const [first, ...lines] = text.split('\n');
  // What stands behind the last line end was not written as a whole.
  lines.pop();
  if (first !== version) return entries;
  for (const line of lines) {
    const [id, key, columns] = line.split('\t', 3);
    if (id !== undefined && key !== undefined && columns?.endsWith(']')) entries.set(id, { key, columns });
  }
  return entries;
}
