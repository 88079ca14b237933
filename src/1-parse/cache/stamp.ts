import { hash } from 'node:crypto';
import { statSync } from 'node:fs';
import { fileKey, walkPackage } from '../files/walk.ts';
import type { ParseProjectInput, ProjectStamp } from '../project.ts';
import { cacheKeys } from './cache-keys.ts';

export interface FileSeen {
  readonly key: string;
  readonly mtime: number;
  readonly size: number;
}

/** The stamp of a project that was made of these files, and that read these environment variables. */
export function stampOf(input: ParseProjectInput, files: Iterable<FileSeen>, env: readonly string[]): ProjectStamp {
  const { environment, selectors = new Map() } = input;
  const { vars, flags } = environment;
  const parts = [JSON.stringify([cacheKeys(input), vars, flags, [...selectors]])];
  for (const { key, mtime, size } of files) parts.push(`${key} ${mtime} ${size}`);
  for (const name of env) parts.push(`${name} ${environment.env(name) ?? '\0'}`);
  return { digest: hash('sha256', parts.join('\n')), env };
}

/**
 * Whether parsing now would give what it gave when the stamp was made. Looks at files without opening them, as the parse
 * cache does.
 */
export function isUnchanged(stamp: ProjectStamp, input: ParseProjectInput): boolean {
  return stampOf(input, filesNow(input), stamp.env).digest === stamp.digest;
}

function* filesNow({ packages }: ParseProjectInput): Iterable<FileSeen> {
  for (const settings of packages.values()) {
    for (const found of walkPackage(settings)) {
      const stat = statSync(found.absolute, { throwIfNoEntry: false });
      if (stat) yield { key: fileKey(found), mtime: stat.mtimeMs, size: stat.size };
    }
  }
}
