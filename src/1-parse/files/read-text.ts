import { readFileSync } from 'node:fs';
import { error, Problem, readRefusal } from '../../core/index.ts';

/** The text of a file without which nothing can be said of the project. Throws `Problem` where it cannot be read. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (failure) {
    throw new Problem(error('parse/unreadable-file', `${path} cannot be read: ${readRefusal(failure)}`));
  }
}
