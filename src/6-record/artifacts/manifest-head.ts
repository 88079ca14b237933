import { createHash } from 'node:crypto';
import { closeSync, fstatSync, futimesSync, openSync, readSync, utimesSync, writeSync } from 'node:fs';
import type { CompiledPart } from './node-json.ts';

/**
 * Stands in `metadata.env`, where dbt's schema allows any text: what the rest of the file is made of. In the file itself
 * and not beside it, so that the two cannot disagree.
 */
export const contentKey = 'INGOT_CONTENT';

/** One text for all that the manifest is made of, times and ids aside. */
export function contentDigest(fingerprint: string, compiled: ReadonlyMap<string, CompiledPart>): string {
  const hash = createHash('sha1').update(fingerprint);
  for (const [id, { sql, columns }] of compiled) {
    hash.update(`\0${id}\0`).update(sql);
    if (columns) hash.update(JSON.stringify(columns));
  }
  return hash.digest('hex');
}

/**
 * Gives a file that is otherwise the same the times and ids of this command, in place: a head of the same length, in one
 * write. False where there is no such file, it is somebody else's, or has been changed, and it has to be written.
 */
export function renewHead(path: string, head: string, content: string): boolean {
  const bytes = Buffer.from(head);
  let file: number;
  try {
    file = openSync(path, 'r+');
  } catch {
    return false;
  }
  try {
    const old = Buffer.alloc(bytes.length);
    readSync(file, old, 0, bytes.length, 0);
    const found = old.toString();
    if (!isSame(found, head, content) || !isTime(fstatSync(file).mtimeMs, writtenAt(found))) return false;
    writeSync(file, bytes, 0, bytes.length, 0);
    return isMarked(() => futimesSync(file, writtenAt(head) / 1000, writtenAt(head) / 1000));
  } finally {
    closeSync(file);
  }
}

/**
 * Gives a file the time that its own head names. Whoever changes the file later gives it another: that shows, without
 * reading it all, that it is no longer what was written. A process that dies before this, or a file system that does not
 * let us, leaves a file that counts as changed.
 */
export function markAsWritten(path: string, head: string): void {
  isMarked(() => utimesSync(path, writtenAt(head) / 1000, writtenAt(head) / 1000));
}

/** Only the owner of a file may name its time, however many may write it. */
function isMarked(mark: () => void): boolean {
  try {
    mark();
    return true;
  } catch {
    return false;
  }
}

/** Whether an open file has this content, and has it since it was written. The head may be followed by more. */
export function hasContent(file: number, head: string, content: string): boolean {
  return head.includes(`"${contentKey}":"${content}"`) && isTime(fstatSync(file).mtimeMs, writtenAt(head));
}

/** Milliseconds. */
function writtenAt(head: string): number {
  return Date.parse(/"generated_at":"([^"]*)"/.exec(head)?.[1] ?? '');
}

/** File systems keep times in units of their own. */
function isTime(found: number, expected: number): boolean {
  return Math.abs(found - expected) < 1;
}

/** Same content, same project and target, same length: only digits of times and ids differ. */
function isSame(old: string, head: string, content: string): boolean {
  if (!old.includes(`"${contentKey}":"${content}"`)) return false;
  const stable = (text: string): string => text.replace(/"\w+_at":"[^"]*"|"invocation_id":"[^"]*"/g, '');
  return stable(old) === stable(head);
}
