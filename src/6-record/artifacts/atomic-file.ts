import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { error, Problem } from '../../core/index.ts';

/** Characters that are gathered before they are written: few system calls, little memory. */
const chunkSize = 1 << 20;

/**
 * Writes a file from pieces of text: readers see the old content or the whole new one, and a file that was begun is
 * removed. Throws `Problem` where the file system refuses.
 */
export function writeAtomically(path: string, pieces: Iterable<string>): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writePieces(temporary, pieces);
    renameSync(temporary, path);
  } catch (failure) {
    removeQuietly(temporary);
    throw asProblem(path, failure);
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // What failed before says more.
  }
}

function asProblem(path: string, failure: unknown): unknown {
  const { code, message } = failure as NodeJS.ErrnoException;
  if (!(failure instanceof Error) || code === undefined || !('syscall' in failure)) return failure;
  const reason = reasons[code] ?? message;
  const hint = 'Make room or give another folder with --target-path; nothing else of the run is lost';
  return new Problem(error('record/artifact', `${path} cannot be written: ${reason}`, { hint }));
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'no permission to write there',
  EPERM: 'no permission to write there',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'a part of the path is a file, not a folder',
};

function writePieces(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, 'w');
  try {
    let chunk: string[] = [];
    let size = 0;
    for (const piece of pieces) {
      chunk.push(piece);
      size += piece.length;
      if (size < chunkSize) continue;
      writeWhole(file, chunk.join(''));
      chunk = [];
      size = 0;
    }
    writeWhole(file, chunk.join(''));
  } finally {
    closeSync(file);
  }
}

/** A write may take less than it was given, on a nearly full disk for example; the next one then says why. */
function writeWhole(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += writeSync(file, bytes, at));
}
