import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { error, makeFolder, Problem, writeRefusal } from '../../core/index.ts';

/** Bytes that are gathered before they are written. Larger writes cost now the same, now five times as much: ext4. */
const bufferSize = 1 << 16;
/** Bytes that one UTF-16 unit takes in UTF-8 at most. */
const mostBytes = 3;

/** Text, bytes as they are, or text of which it is to be known where in the file it stands. */
export type Piece = string | Uint8Array | Entry;

export interface Entry {
  /** Told when it is written: where the text starts and ends, in bytes. */
  readonly placed: (start: number, end: number) => void;
  readonly text: string;
}

/**
 * Writes a file from pieces: readers see the old content or the whole new one, and a file that was begun is
 * removed. Throws `Problem` where the file system refuses.
 */
export function writeAtomically(path: string, pieces: Iterable<Piece>): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    makeFolder(dirname(path));
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
  const refusal = writeRefusal(failure);
  if (!refusal) return failure;
  const hint = [refusal.hint, '--target-path names another folder', 'nothing else of the run is lost'];
  return new Problem(
    error('record/artifact', `${path} cannot be written: ${refusal.what}`, {
      hint: hint.filter((part) => part !== undefined).join('; '),
    }),
  );
}

function writePieces(path: string, pieces: Iterable<Piece>): void {
  const file = openSync(path, 'w');
  try {
    // Copied piece by piece into one buffer: joining them first would copy everything twice.
    const buffer = Buffer.allocUnsafe(bufferSize);
    let used = 0;
    let written = 0;
    const flush = (): void => {
      writeWhole(file, buffer.subarray(0, used));
      written += used;
      used = 0;
    };
    const add = (piece: string | Uint8Array): void => {
      const isText = typeof piece === 'string';
      const most = isText ? piece.length * mostBytes : piece.length;
      if (used + most > bufferSize) flush();
      if (most >= bufferSize) {
        const bytes = isText ? Buffer.from(piece) : piece;
        writeWhole(file, bytes);
        written += bytes.length;
      } else if (isText) used += buffer.write(piece, used);
      else {
        buffer.set(piece, used);
        used += piece.length;
      }
    };
    for (const piece of pieces) {
      if (typeof piece === 'string' || piece instanceof Uint8Array) add(piece);
      else {
        const start = written + used;
        add(piece.text);
        piece.placed(start, written + used);
      }
    }
    flush();
  } finally {
    closeSync(file);
  }
}

/** A write may take less than it was given, on a nearly full disk for example; the next one then says why. */
function writeWhole(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += writeSync(file, bytes, at));
}
