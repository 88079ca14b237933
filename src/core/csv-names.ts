import { error, Problem } from './diagnostic.ts';

/**
 * Names of a CSV file's columns after its first line, made unique and never empty the way dbt does. Throws `Problem` for
 * one that no statement can name.
 */
export function csvColumnNames(header: readonly string[]): string[] {
  const unspeakable = header.findIndex((name) => name.includes('\0'));
  if (unspeakable >= 0) {
    const message = `The name of the file's column ${unspeakable + 1} has a NUL character in it`;
    const hint = 'Seeds are read as UTF-8: save the file as that, should it be UTF-16';
    throw new Problem(error('seed/bad-csv', message, { hint }));
  }
  const used = new Set<string>();
  return header.map((name, index) => {
    const base = name || letterName(index);
    let unique = base;
    for (let count = 2; used.has(unique.toLowerCase()); count += 1) unique = `${base}_${count}`;
    used.add(unique.toLowerCase());
    return unique;
  });
}

/** Columns without a name are called a, b, c … z, aa, bb … */
function letterName(index: number): string {
  return String.fromCharCode(97 + (index % 26)).repeat(Math.floor(index / 26) + 1);
}
