import { type Diagnostic, error } from './diagnostic.ts';

/**
 * What the file system refused, as a problem of the user's: a full disk, a missing right, a file where a folder is
 * wanted. Undefined for everything else, which may be a bug of ours.
 */
export function fileProblem(failure: unknown): Diagnostic | undefined {
  if (!isRefusal(failure)) return undefined;
  const reason = reasons[failure.code];
  if (reason === undefined) return undefined;
  const [what, hint] = reason;
  return error('ingot/file', `${failure.path ?? 'A file'} cannot be used (${failure.syscall}): ${what}`, { hint });
}

/** Why a file could not be written, in a few words, and what to do about it. Undefined where that was not the file system. */
export function writeRefusal(
  failure: unknown,
): { readonly what: string; readonly hint?: string | undefined } | undefined {
  if (!isRefusal(failure)) return undefined;
  // A folder cannot be made where a file is: to who writes below it, that is a part of the path.
  const code = failure.code === 'EEXIST' ? 'ENOTDIR' : failure.code;
  const [what, hint] = reasons[code] ?? [failure.message, undefined];
  return { what, hint };
}

/** Why a file could not be read, in a few words. */
export function readRefusal(failure: unknown): string {
  if (isRefusal(failure)) return reasons[failure.code]?.[0] ?? failure.message;
  return failure instanceof Error ? failure.message : String(failure);
}

type Refusal = Error & { readonly code: string; readonly syscall: string; readonly path?: string };

const isRefusal = (failure: unknown): failure is Refusal =>
  failure instanceof Error && 'code' in failure && 'syscall' in failure;

const noRight = 'Change the rights of the file or its folder, or run as somebody who has them';
const noRoom = 'Make room and run again';
const inTheWay = 'Move that file away, or give another folder';

const reasons: Readonly<Record<string, readonly [what: string, hint: string | undefined]>> = {
  ENOSPC: ['the disk is full', noRoom],
  EDQUOT: ['the disk quota is used up', noRoom],
  EFBIG: ['the file may not grow that large', 'Raise the limit (ulimit -f) or make room'],
  EROFS: ['the file system is read-only', undefined],
  EACCES: ['permission denied', noRight],
  EPERM: ['permission denied', noRight],
  ENOTDIR: ['a part of the path is a file, not a folder', inTheWay],
  EEXIST: ['a file of that name is in the way', inTheWay],
  EISDIR: ['it is a folder, not a file', 'Move that folder away, or give another file'],
  ENOENT: ['it does not exist', undefined],
  ENAMETOOLONG: ['its name is too long', 'Take a shorter one'],
  ELOOP: ['its links lead in a circle', undefined],
  EMFILE: ['too many files are open', 'Raise the limit (ulimit -n)'],
  EIO: ['the disk reports an error', undefined],
};
