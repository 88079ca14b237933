import { hash } from 'node:crypto';
import { statSync } from 'node:fs';
import { markedJson } from '../../core/index.ts';
import { type FoundFile, fileKey, walkPackage } from '../files/walk.ts';
import type { ParseProjectInput, ProjectStamp, SeenFile } from '../project.ts';
import { shownFlags } from '../rendering/parse-scope.ts';
import { clockStep } from './cache-format.ts';
import { cacheKeys } from './cache-keys.ts';

/** What a stamp is made of besides the input. */
export interface StampParts {
  readonly files: readonly SeenFile[];
  /** Names of the environment variables that were read. */
  readonly env: readonly string[];
  /** Whether a template asked for the command line's flags. */
  readonly readsFlags: boolean;
}

/** The stamp of a project that was made so. */
export function stampOf(input: ParseProjectInput, { files, env, readsFlags }: StampParts): ProjectStamp {
  return { world: worldOf(input, env, readsFlags), env, readsFlags, files };
}

/** Everything but files that a project depends on, as one text. */
function worldOf(input: ParseProjectInput, env: readonly string[], readsFlags: boolean): string {
  const { environment, selectors = new Map() } = input;
  const { vars, flags } = environment;
  const seen = readsFlags
    ? shownFlags(environment)
    : { storeFailures: flags.storeFailures, warnError: flags.warnError };
  const parts = [JSON.stringify([cacheKeys(input), markedJson(vars), seen, [...selectors]])];
  for (const name of env) parts.push(`${name} ${environment.env(name) ?? '\0'}`);
  return hash('sha256', parts.join('\n'));
}

/** A file that is other than when the stamp was made. */
export interface ChangedFile {
  readonly found: FoundFile;
  readonly seen: SeenFile;
  /** As it is now. */
  readonly mtime: number;
  readonly size: number;
}

/**
 * The files that have changed since; undefined where more has than the text of files: files came or went, or anything
 * that every file depends on. Looks at files without opening them, as the parse cache does.
 *
 * @param most with more changes than these, the answer is undefined as well.
 */
export function changedFiles(
  stamp: ProjectStamp,
  input: ParseProjectInput,
  most: number = Number.POSITIVE_INFINITY,
): readonly ChangedFile[] | undefined {
  if (worldOf(input, stamp.env, stamp.readsFlags) !== stamp.world) return undefined;
  const changed: ChangedFile[] = [];
  let refused = false;
  let at = 0;
  for (const settings of input.packages.values()) {
    const files = walkPackage(settings, () => {
      refused = true;
    });
    // Whoever reads the project tells of the folder.
    if (refused) return undefined;
    for (const found of files) {
      const stat = statSync(found.absolute, { throwIfNoEntry: false });
      if (stat === undefined) continue;
      const seen = stamp.files[at];
      at += 1;
      if (seen === undefined || seen[0] !== fileKey(found)) return undefined;
      if (seen[1] === stat.mtimeMs && seen[2] === stat.size) continue;
      changed.push({ found, seen, mtime: stat.mtimeMs, size: stat.size });
      if (changed.length > most) return undefined;
    }
  }
  return at === stamp.files.length ? changed : undefined;
}

/**
 * A file as seen by a command that began at `startedAt`. One that was written after that may be written again without a
 * newer time: it never counts as seen.
 */
export function seenNow(key: string, mtime: number, size: number, calls: string, startedAt: Date): SeenFile {
  return [key, mtime > startedAt.getTime() - clockStep ? -1 : mtime, size, calls];
}
