import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder, and those that it is in. Node's own way never ends below a folder that lets none be made in it and
 * says that it does not exist (/proc).
 *
 * @returns whether it was not there before.
 */
export function makeFolder(path: string): boolean {
  try {
    return made(path);
  } catch (failure) {
    const parent = dirname(path);
    if ((failure as NodeJS.ErrnoException).code !== 'ENOENT' || parent === path) throw failure;
    makeFolder(parent);
    return made(path);
  }
}

function made(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (failure) {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return false;
    throw failure;
  }
}
