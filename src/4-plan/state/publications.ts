import {
  intersectKeys,
  isNone,
  type KeySet,
  type LedgerStretch,
  noKeys,
  type PartitionDefinition,
  readKeySet,
  subtractKeys,
  unionKeys,
  wholeKey,
} from '../../core/index.ts';

/** Data of some partitions that one run made. */
export interface Publication extends Pick<LedgerStretch, 'runId' | 'codeVersion' | 'rows' | 'from' | 'to' | 'order'> {
  readonly keys: KeySet;
  /** Whether it is a query, whose data is that of what it reads. */
  readonly isQuery: boolean;
}

/** What the ledger says of an asset. An asset without partitions has one, `wholeKey`. */
export interface Published {
  /** What readers see, the newest first; no partition is in two of them. */
  readonly publications: readonly Publication[];
  /** What was ever published, the newest first. */
  readonly history: readonly Publication[];
  readonly filled: KeySet;
  /** What was put aside by its tests, and neither settled nor built well since; as `publications`. */
  readonly held: readonly Publication[];
}

export const nothingPublished: Published = { publications: [], history: [], filled: noKeys, held: [] };

/**
 * Later events count more. The work grows with the number of runs and of ranges, not with that of partitions.
 *
 * @param stretches of this asset, the newest first.
 * @param definition undefined for an asset that is always built whole.
 */
export function foldLedger(
  stretches: readonly LedgerStretch[],
  definition: PartitionDefinition | undefined,
): Published {
  const publications: Publication[] = [];
  const history: Publication[] = [];
  const held: Publication[] = [];
  let [filled, settled]: [KeySet, KeySet] = [noKeys, noKeys];
  /** What of the older publications is still there. Undefined: all of it. */
  let kept: KeySet | undefined;
  /** Of which there are not all rows. */
  let narrowed: KeySet = noKeys;
  for (const { event, content, keys: text, ...stretch } of stretches) {
    const keys = definition ? readKeySet(definition, text).set : wholeKey;
    const publication = { ...stretch, isQuery: content === 'query' };
    // Published as a whole, when it had no partitions, it took the place of all of them.
    const isReplaced = event === 'published' && isNone(keys) && text === '';
    if (event === 'kept' || isReplaced) {
      kept = kept ? intersectKeys(kept, keys) : keys;
    } else if (event === 'published') {
      history.push({ ...publication, keys });
      const there = subtractKeys(kept ? intersectKeys(keys, kept) : keys, narrowed);
      const visible = subtractKeys(there, filled);
      if (!isNone(visible)) publications.push({ ...publication, keys: visible });
      else dateBack(publications, publication);
      filled = unionKeys(filled, there);
    } else if (event === 'narrowed') {
      narrowed = unionKeys(narrowed, subtractKeys(keys, filled));
    } else if (event === 'quarantined') {
      const open = subtractKeys(keys, unionKeys(filled, settled));
      if (!isNone(open)) held.push({ ...publication, keys: open });
      settled = unionKeys(settled, keys);
    } else {
      settled = unionKeys(settled, keys);
    }
  }
  return { publications, history, filled, held };
}

/** A query that was made again with the same code is as old as that code. */
function dateBack(publications: Publication[], { isQuery, codeVersion, from, order }: Omit<Publication, 'keys'>): void {
  const oldest = publications.at(-1);
  if (!oldest || !isQuery || !oldest.isQuery || oldest.codeVersion !== codeVersion) return;
  publications[publications.length - 1] = { ...oldest, from, order };
}

/** What of some publications is about some partitions. How many rows these have is not known where there are others. */
export function within(publications: readonly Publication[], keys: KeySet): readonly Publication[] {
  return publications.flatMap((publication) => {
    const shared = intersectKeys(publication.keys, keys);
    if (isNone(shared)) return [];
    const isAll = isNone(subtractKeys(publication.keys, shared));
    return [{ ...publication, keys: shared, rows: isAll ? publication.rows : null }];
  });
}
