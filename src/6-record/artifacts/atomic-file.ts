import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Characters that are gathered before they are written: few system calls, little memory. */
const chunkSize = 1 << 20;

/**
 * Writes a file from pieces of text: readers see the old content or the whole new one. Throws what the file system
 * throws; a file that was begun is removed.
 */
export function writeAtomically(path: string, pieces: Iterable<string>): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writePieces(temporary, pieces);
    renameSync(temporary, path);
  } catch (failure) {
    rmSync(temporary, { force: true });
    throw failure;
  }
}

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
