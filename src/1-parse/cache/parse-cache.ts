import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../../core/index.ts';
import type { FileRecord } from '../files/file-facts.ts';
import { type CacheContent, type CacheKeys, decodeCache, encodeCache } from './cache-format.ts';

/** What an earlier run learnt of the project's files, and how to keep what this one learns. */
export interface ParseCache {
  readonly records: ReadonlyMap<string, FileRecord>;
  /** Keeps these records and no others. Records that come from this cache have to be the same objects. */
  save(records: ReadonlyMap<string, FileRecord>): void;
}

/** A parse that keeps nothing. */
export const noCache: ParseCache = { records: new Map(), save: () => undefined };

/**
 * Opens the cache of a project. It is empty where there is none, where it was made by another version or with other
 * options, or where it is damaged in any way: then everything is read again.
 *
 * Few changes are written to a second file beside the first, because writing what thousands of files say takes longer
 * than all the rest of a run in which one has changed.
 *
 * @param invocationId makes names for half-written files that no other process uses.
 */
export function openParseCache(file: string, keys: CacheKeys, invocationId: string): ParseCache {
  const changesFile = `${file}.changes`;
  const base = readContent(file, keys);
  const changes = base && readContent(changesFile, keys);
  const applies = base !== undefined && changes !== undefined && changes.base === base.sum;
  return {
    records: applies ? withChanges(base, changes) : (base?.records ?? new Map()),
    save(records) {
      const changed = base && changesSince(base, records);
      if (base === undefined || changed === undefined) {
        remove(changesFile);
        writeWhole(file, `${file}.${invocationId}.tmp`, encodeCache(keys, records));
        return;
      }
      const pieces = encodeCache(keys, changed.records, { base: base.sum, removed: changed.removed });
      writeWhole(changesFile, `${changesFile}.${invocationId}.tmp`, pieces);
    },
  };
}

function readContent(file: string, keys: CacheKeys): CacheContent | undefined {
  try {
    return decodeCache(readFileSync(file), keys, statSync(file).mtimeMs);
  } catch {
    return undefined;
  }
}

function withChanges(base: CacheContent, changes: CacheContent): Map<string, FileRecord> {
  const records = new Map(base.records);
  for (const key of changes.removed) records.delete(key);
  for (const [key, record] of changes.records) records.set(key, record);
  return records;
}

interface Changes {
  readonly records: readonly (readonly [string, FileRecord])[];
  readonly removed: readonly string[];
}

/** What differs from the first file; undefined where it is so much that the first is better written anew. */
function changesSince(base: CacheContent, records: ReadonlyMap<string, FileRecord>): Changes | undefined {
  const most = Math.max(20, base.records.size / 50);
  const changed: (readonly [string, FileRecord])[] = [];
  for (const entry of records) {
    if (base.records.get(entry[0]) !== entry[1]) changed.push(entry);
    if (changed.length > most) return undefined;
  }
  const removed = [...base.records.keys()].filter((key) => !records.has(key));
  return removed.length > most ? undefined : { records: changed, removed };
}

/**
 * Writes beside the place and moves there, so that nobody ever reads half a file. A cache that cannot be written (a
 * read-only folder, a full disk) is no reason to fail.
 */
function writeWhole(file: string, temporary: string, pieces: readonly Buffer[]): void {
  try {
    makeFolder(dirname(file));
    const handle = openSync(temporary, 'w');
    try {
      for (const piece of pieces) for (let at = 0; at < piece.length; ) at += writeSync(handle, piece, at);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, file);
  } catch {
    remove(temporary);
  }
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Where nothing can be written, nothing was.
  }
}
