import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import type { CompiledPart } from './node-json.ts';

/**
 * Stands in `metadata.env`, where dbt's schema allows any text: what the rest of the file is made of. In the file itself
 * and not beside it, so that the two cannot disagree.
 */
export const contentKey = 'INGOT_CONTENT';

/** One text for all that the manifest is made of, times and ids aside. */
export function contentDigest(fingerprint: string, compiled: ReadonlyMap<string, CompiledPart>): string {
  const hash = createHash('sha1').update(fingerprint);
  for (const [id, { sql }] of compiled) hash.update(`\0${id}\0`).update(sql);
  return hash.digest('hex');
}

/**
 * Gives a file that is otherwise the same the times and ids of this command, in place: a head of the same length, in one
 * write. False where there is no such file, and it has to be written.
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
    if (!isSame(old.toString(), head, content)) return false;
    writeSync(file, bytes, 0, bytes.length, 0);
    return true;
  } finally {
    closeSync(file);
  }
}

/** Same content, same project and target, same length: only digits of times and ids differ. */
function isSame(old: string, head: string, content: string): boolean {
  if (!old.includes(`"${contentKey}":"${content}"`)) return false;
  const stable = (text: string): string => text.replace(/"\w+_at":"[^"]*"|"invocation_id":"[^"]*"/g, '');
  return stable(old) === stable(head);
}
