import { crc32 } from 'node:zlib';
import { BytePieces, type Diagnostic } from '../../core/index.ts';
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
  /** Of a file with changes: the sum of the file that they change, and the keys that are gone since. */
  readonly base?: number | undefined;
  readonly removed?: readonly string[] | undefined;
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

const format = 4;
/** Milliseconds within which two writes can have the same time, generously. */
export const clockStep = 20;

export interface CacheContent {
  readonly records: Map<string, FileRecord>;
  readonly sum: number;
  readonly base: number | undefined;
  readonly removed: readonly string[];
}

/**
 * The content of a cache file; undefined where it is of another version, was made with other options, or is damaged.
 *
 * @param writtenAt when the file was written.
 */
export function decodeCache(bytes: Buffer, keys: CacheKeys, writtenAt: number): CacheContent | undefined {
  const lineEnd = bytes.indexOf(10);
  const header = JSON.parse(bytes.toString('utf8', 0, lineEnd)) as Header;
  const body = bytes.subarray(lineEnd + 1);
  const intact = body.length === header.light + header.heavy && header.format === format && crc32(body) === header.sum;
  if (!intact || header.keys.facts !== keys.facts) return undefined;
  const rows = JSON.parse(body.toString('utf8', 0, header.light)) as readonly Row[];
  const heavy = body.subarray(header.light);
  const keepRenderings = header.keys.renderings === keys.renderings;
  const records = new Map<string, FileRecord>();
  for (const [key, mtime, size, checksum, facts, diagnostics, renderings, start, end] of rows) {
    records.set(key, {
      // A file that was written about when the cache was may have changed since without a newer time.
      mtime: mtime > writtenAt - clockStep ? -1 : mtime,
      size,
      checksum,
      facts,
      diagnostics: diagnostics === 0 ? [] : diagnostics,
      renderings: keepRenderings && renderings !== 0 ? renderings : undefined,
      detail: new StoredDetail(heavy, start, end),
    });
  }
  return { records, sum: header.sum, base: header.base, removed: header.removed ?? [] };
}

/** A detail in the bytes of a cache file. */
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

/** A cache file as the pieces to write. */
export function encodeCache(
  keys: CacheKeys,
  records: Iterable<readonly [key: string, record: FileRecord]>,
  changes?: { readonly base: number; readonly removed: readonly string[] },
): readonly Buffer[] {
  const rows: Row[] = [];
  const heavy = new BytePieces();
  for (const [key, { mtime, size, checksum, facts, diagnostics, renderings, detail }] of records) {
    const start = heavy.length;
    heavy.add(detail instanceof StoredDetail ? detail.bytes : detail.read());
    const kept = diagnostics.length > 0 ? diagnostics : 0;
    rows.push([key, mtime, size, checksum, facts, kept, renderings ?? 0, start, heavy.length]);
  }
  const light = Buffer.from(JSON.stringify(rows));
  const header: Header = {
    format,
    keys,
    ...changes,
    light: light.length,
    heavy: heavy.length,
    sum: heavy.pieces.reduce((sum, piece) => crc32(piece, sum), crc32(light)),
  };
  return [Buffer.from(`${JSON.stringify(header)}\n`), light, ...heavy.pieces];
}
