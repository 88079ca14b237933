import {
  intersectKeys,
  isNone,
  type KeySet,
  noKeys,
  type PartitionLink,
  subtractKeys,
  unionAllKeys,
  unionKeys,
} from '../../core/index.ts';
import type { Publication } from './publications.ts';

/** Why data that was published well is out of date. */
export type StaleCause =
  /** The logic of the node itself is other than that which made the data. */
  | { readonly kind: 'code' }
  /** What was read has been built again since, by run `runId`. */
  | { readonly kind: 'upstream'; readonly parent: string; readonly runId: string };

export interface StaleKeys {
  readonly cause: StaleCause;
  readonly keys: KeySet;
}

export interface StaleInput {
  /** Of the node: what readers see of it. */
  readonly publications: readonly Publication[];
  /** Of the node's logic as it is now. Undefined: it counts as unchanged. */
  readonly codeVersion: string | undefined;
  readonly parents: readonly ReadParent[];
}

/** A parent of whose publications the ledger knows. */
export interface ReadParent {
  /** Unique id. */
  readonly id: string;
  readonly publications: readonly Publication[];
  readonly filled: KeySet;
  readonly link: PartitionLink;
}

/** The partitions that are out of date, by cause; a partition may have several causes. */
export function staleKeys({ publications, codeVersion, parents }: StaleInput): readonly StaleKeys[] {
  const old = publications.filter(
    (publication) => codeVersion !== undefined && publication.codeVersion !== codeVersion,
  );
  const ofCode = unionAllKeys(old.map(({ keys }) => keys));
  const ofParents = parents.flatMap((parent) => outdatedBy(publications, parent));
  return [...(isNone(ofCode) ? [] : [{ cause: { kind: 'code' } as const, keys: ofCode }]), ...ofParents];
}

/**
 * Both lists are gone through from new to old, so that what is newer than a publication of the node only ever grows, and
 * each publication of the parent is mapped once.
 */
function outdatedBy(publications: readonly Publication[], { id, publications: read, link }: ReadParent): StaleKeys[] {
  const found: StaleKeys[] = [];
  const newer: { readonly runId: string; readonly keys: KeySet }[] = [];
  let all: KeySet = noKeys;
  let next = 0;
  for (const { order, keys } of publications) {
    for (; next < read.length && read[next]!.order > order; next += 1) {
      const { runId, keys: rebuilt } = read[next]!;
      const reached = subtractKeys(link.downstream(rebuilt), all);
      if (!isNone(reached)) newer.push({ runId, keys: reached });
      all = unionKeys(all, reached);
    }
    if (isNone(intersectKeys(keys, all))) continue;
    for (const { runId, keys: reached } of newer) {
      const stale = intersectKeys(keys, reached);
      if (!isNone(stale)) found.push({ cause: { kind: 'upstream', parent: id, runId }, keys: stale });
    }
  }
  return merged(found);
}

/** What one run made stale is said once. */
function merged(found: readonly StaleKeys[]): StaleKeys[] {
  const byCause = new Map<string, { readonly cause: StaleCause; readonly parts: KeySet[] }>();
  for (const { cause, keys } of found) {
    const mark = cause.kind === 'code' ? '' : cause.runId;
    const known = byCause.get(mark);
    if (known) known.parts.push(keys);
    else byCause.set(mark, { cause, parts: [keys] });
  }
  return [...byCause.values()].map(({ cause, parts }) => ({ cause, keys: unionAllKeys(parts) }));
}
