import { type CodeLogic, changedLogic, intersectKeys, isNone, type KeySet, subtractKeys } from '../../core/index.ts';
import type { Publication } from './publications.ts';

/** What one run built of an asset in the place of what was there, for somebody who reads it. */
export interface Rebuild extends Pick<Publication, 'runId' | 'order' | 'keys'> {
  /** Why its rows are other ones for the reader. Undefined: they may be, for whatever reason. */
  readonly changed?: ChangedLogic | undefined;
}

/** `rows`: the code that decides which rows there are. Else columns whose code has changed. */
export type ChangedLogic = 'rows' | readonly string[];

export interface Rebuilds {
  /** What the reader has to be built again for, the newest first. */
  readonly affecting: readonly Rebuild[];
  /** What was built by other code, which changed only columns that the reader does not use; `changed` are those. */
  readonly harmless: readonly Rebuild[];
}

export interface RebuildInput {
  /** All that was ever published, the newest first. */
  readonly history: readonly Publication[];
  /** By version of code. */
  readonly logics: ReadonlyMap<string, CodeLogic>;
  /** The columns that the reader uses; undefined: all. */
  readonly used: ReadonlySet<string> | undefined;
}

/**
 * Tells apart what was built again because of its code from what was built again by the same code, of new data. Where
 * nobody knows what a version of code did, or there were more or fewer rows, it counts as new data.
 */
export function rebuildsFor({ history, logics, used }: RebuildInput): Rebuilds {
  const affecting: Rebuild[] = [];
  const harmless: Rebuild[] = [];
  for (const [index, publication] of history.entries()) {
    const { runId, order, keys, codeVersion, isQuery } = publication;
    for (const { replaced, keys: some } of replacedBy(keys, history, index)) {
      // A query that was made again by the same code shows what it showed.
      if (isQuery && replaced?.isQuery && replaced.codeVersion === codeVersion) continue;
      const rebuild = { runId, order, keys: some };
      const isCode = replaced !== undefined && !hasOtherRows(replaced, publication);
      const change = isCode ? changeBetween(replaced.codeVersion, codeVersion, logics, used) : undefined;
      if (change === undefined || change === 'rows') affecting.push({ ...rebuild, changed: change });
      else if (change.read.length > 0) affecting.push({ ...rebuild, changed: change.read });
      else harmless.push({ ...rebuild, changed: change.unread });
    }
  }
  return { affecting, harmless };
}

function changeBetween(
  before: string,
  after: string,
  logics: RebuildInput['logics'],
  used: RebuildInput['used'],
): ReturnType<typeof changedLogic> | undefined {
  const [old, made] = [logics.get(before), logics.get(after)];
  return before === after || !old || !made ? undefined : changedLogic(old, made, used);
}

/** Whether data of the same partitions has another number of rows: it was not only the code that was new. */
function hasOtherRows(before: Publication, after: Publication): boolean {
  const areTheSame = isNone(subtractKeys(before.keys, after.keys)) && isNone(subtractKeys(after.keys, before.keys));
  return areTheSame && before.rows !== after.rows;
}

interface Replaced {
  /** Undefined where nothing was there. */
  readonly replaced: Publication | undefined;
  readonly keys: KeySet;
}

/** The data that a publication took the place of, part by part. */
function replacedBy(keys: KeySet, history: readonly Publication[], index: number): readonly Replaced[] {
  const found: Replaced[] = [];
  let left = keys;
  for (let older = index + 1; older < history.length && !isNone(left); older += 1) {
    const replaced = history[older]!;
    const shared = intersectKeys(left, replaced.keys);
    if (isNone(shared)) continue;
    found.push({ replaced, keys: shared });
    left = subtractKeys(left, shared);
  }
  return isNone(left) ? found : [...found, { replaced: undefined, keys: left }];
}
