import { readFileSync } from 'node:fs';

/** The text of a file; undefined where it cannot be read, for who goes on without it and leaves it to others to tell. */
export function readableText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
