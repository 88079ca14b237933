import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Diagnostic } from '../../core/index.ts';
import type { Detail, FileFacts, FileRecord, KeptRendering } from '../files/file-facts.ts';

/** What a cache is good for: facts as long as the first is the same, renderings as long as both are. */
export interface CacheKeys {
  readonly facts: string;
  readonly renderings: string;
}

/** The first line of a cache file. */
interface Header {
  readonly format: number;
  readonly keys: CacheKeys;
  readonly light: number;
  readonly heavy: number;
  readonly sum: number;
}

type Row = readonly [
  key: string,
  mtime: number,
  size: number,
  checksum: string,
  facts: FileFacts,
  diagnostics: readonly Diagnostic[] | 0,
  renderings: Readonly<Record<string, KeptRendering>> | 0,
  detailStart: number,
  detailEnd: number,
];

const format = 1;

/**
 * Reads what an earlier run learnt of the project's files. An empty map where there is no cache, where it was made by
 * another version or with other options, or where it is damaged in any way: then everything is read again.
 */
export function loadCache(file: string, keys: CacheKeys): Map<string, FileRecord> {
  try {
    return parseCache(readFileSync(file), keys);
  } catch {
    return new Map();
  }
}

function parseCache(bytes: Buffer, keys: CacheKeys): Map<string, FileRecord> {
  const records = new Map<string, FileRecord>();
  const lineEnd = bytes.indexOf(10);
  const header = JSON.parse(bytes.toString('utf8', 0, lineEnd)) as Header;
  const body = bytes.subarray(lineEnd + 1);
  const intact = body.length === header.light + header.heavy && header.format === format && crc32(body) === header.sum;
  if (!intact || header.keys.facts !== keys.facts) return records;
  const rows = JSON.parse(body.toString('utf8', 0, header.light)) as readonly Row[];
  const heavy = body.subarray(header.light);
  const keepRenderings = header.keys.renderings === keys.renderings;
  for (const [key, mtime, size, checksum, facts, diagnostics, renderings, start, end] of rows) {
    records.set(key, {
      mtime,
      size,
      checksum,
      facts,
      diagnostics: diagnostics === 0 ? [] : diagnostics,
      renderings: keepRenderings && renderings !== 0 ? renderings : undefined,
      detail: new StoredDetail(heavy, start, end),
    });
  }
  return records;
}

/** A detail in the bytes of the cache file. */
class StoredDetail implements Detail {
  readonly heavy: Buffer;
  readonly start: number;
  readonly end: number;

  constructor(heavy: Buffer, start: number, end: number) {
    this.heavy = heavy;
    this.start = start;
    this.end = end;
  }

  get bytes(): Buffer {
    return this.heavy.subarray(this.start, this.end);
  }

  read(): string {
    return this.heavy.toString('utf8', this.start, this.end);
  }
}

/** Writes the cache beside its place and moves it there, so that nobody ever reads half of one. */
export function saveCache(file: string, keys: CacheKeys, records: ReadonlyMap<string, FileRecord>): void {
  const rows: Row[] = [];
  const details: Buffer[] = [];
  let at = 0;
  for (const [key, record] of records) {
    const { mtime, size, checksum, facts, diagnostics, renderings, detail } = record;
    const bytes = detail instanceof StoredDetail ? detail.bytes : Buffer.from(detail.read());
    details.push(bytes);
    const kept = diagnostics.length > 0 ? diagnostics : 0;
    rows.push([key, mtime, size, checksum, facts, kept, renderings ?? 0, at, at + bytes.length]);
    at += bytes.length;
  }
  const light = Buffer.from(JSON.stringify(rows));
  const heavy = Buffer.concat(details, at);
  const header: Header = { format, keys, light: light.length, heavy: at, sum: crc32(heavy, crc32(light)) };
  writeWhole(file, [Buffer.from(`${JSON.stringify(header)}\n`), light, heavy]);
}

/** A cache that cannot be written (a read-only folder, a full disk) is no reason to fail. */
function writeWhole(file: string, parts: readonly Buffer[]): void {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    const handle = openSync(temporary, 'w');
    try {
      for (const part of parts) writeAll(handle, part);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, file);
  } catch {
    removeIfThere(temporary);
  }
}

function removeIfThere(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Where nothing can be written, nothing was.
  }
}

function writeAll(handle: number, part: Buffer): void {
  for (let at = 0; at < part.length; ) at += writeSync(handle, part, at);
}
