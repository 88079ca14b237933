import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { KeptByKey, PackedColumns } from '../3-compile/index.ts';
import type { Loaded } from '../cli/engine/loaded.ts';
import { makeFolder } from '../core/index.ts';
import { dialectOf } from './analysis.ts';
import { targetFolder } from './locations.ts';

/** The columns of a project's nodes, in its target folder. */
export const keptColumns = (loaded: Loaded): KeptResults<PackedColumns> => keptIn('ingot-columns.txt', loaded);

/** What nodes are in the warehouse's dialect, in the project's target folder. */
export const keptTranslations = (loaded: Loaded): KeptResults<string> => keptIn('ingot-translations.txt', loaded);

function keptIn<Value>(name: string, loaded: Loaded): KeptResults<Value> {
  const { environment, shelves } = loaded;
  const { type, dialect } = shelves.adapter;
  return new KeptResults(
    join(targetFolder(loaded), name),
    JSON.stringify([environment.version, type, dialect, dialectOf(loaded)]),
  );
}

interface Entry {
  readonly key: string;
  /** As JSON, until somebody asks. */
  readonly value: string;
}

/** Where in the file a node's line starts, and where it ends. */
type Line = readonly [start: number, end: number];

const [tab, lineEnd] = ['\t', '\n'].map((letter) => letter.charCodeAt(0)) as [number, number];

/**
 * What was worked out for nodes, kept in a file: a line for each of them, of which a later one counts before an earlier
 * one. Read when the first node is asked for.
 *
 * @param version everything that results depend on besides their keys: versions, dialects. Other lines are of no use.
 */
export class KeptResults<Value> implements KeptByKey<Value> {
  readonly #file: string;
  readonly #version: string;
  #bytes: Buffer | undefined;
  #lines: Map<string, Line> | undefined;
  readonly #added = new Map<string, Entry>();

  constructor(file: string, version: string) {
    this.#file = file;
    this.#version = version;
  }

  get(id: string, key: string): Value | undefined {
    const entry = this.#added.get(id) ?? this.#find(id);
    return entry?.key === key ? (JSON.parse(entry.value) as Value) : undefined;
  }

  set(id: string, key: string, value: Value): void {
    this.#added.set(id, { key, value: JSON.stringify(value) });
  }

  /** Writes what is new. Where nothing can be written, the next command works it out again. */
  save(): void {
    if (this.#added.size === 0) return;
    const lineOf = ([id, { key, value }]: readonly [string, Entry]): string =>
      `${id}\t${key}\t${sumOf(id, key, value)}\t${value}\n`;
    try {
      // Lines that count no longer stay until there are more new ones than a twentieth of the file.
      const added = [...this.#added].map(lineOf);
      const bytes = this.#read();
      if (bytes.length > 0 && added.reduce((sum, { length }) => sum + length, 0) * 20 < bytes.length) {
        appendFileSync(this.#file, added.join(''));
        return;
      }
      makeFolder(dirname(this.#file));
      const before = [...this.#readLines()]
        .filter(([id]) => !this.#added.has(id))
        .map(([, [start, end]]) => bytes.toString('utf8', start, end + 1));
      writeFileSync(this.#file, [`${this.#version}\n`, ...before, ...added].join(''));
    } catch {
      // See above.
    }
  }

  #find(id: string): Entry | undefined {
    const line = this.#readLines().get(id);
    return line && this.#entryAt(line);
  }

  #entryAt([start, end]: Line): Entry | undefined {
    const [id = '', key = '', sum, value = ''] = this.#read().toString('utf8', start, end).split('\t', 4);
    return sum === sumOf(id, key, value) ? { key, value } : undefined;
  }

  /** All of them are looked for at once, which takes less time than looking for some one after another. */
  #readLines(): Map<string, Line> {
    if (this.#lines) return this.#lines;
    const bytes = this.#read();
    const lines = new Map<string, Line>();
    let end = 0;
    for (let start = bytes.indexOf(lineEnd) + 1; start > 0 && start < bytes.length; start = end + 1) {
      end = bytes.indexOf(lineEnd, start);
      const idEnd = bytes.indexOf(tab, start);
      if (idEnd > start && idEnd < end) lines.set(bytes.toString('utf8', start, idEnd), [start, end]);
    }
    this.#lines = lines;
    return lines;
  }

  /** The file's whole lines; none of another version's. */
  #read(): Buffer {
    this.#bytes ??= wholeLines(this.#file, this.#version);
    return this.#bytes;
  }
}

/** A line that is not as it was written is no line. */
const sumOf = (id: string, key: string, value: string): string => String(crc32(`${id}\t${key}\t${value}`));

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
