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
import type { ChangedLogic, Rebuild, Rebuilds } from './rebuilds.ts';

/** Why data that was published well is out of date. */
export type StaleCause =
  /** The logic of the node itself is other than that which made the data. */
  | { readonly kind: 'code' }
  /**
   * What was read has been built again since, by run `runId`. `changed`: by other code, which makes other rows, or other
   * values of these columns, which are used.
   */
  | {
      readonly kind: 'upstream';
      readonly parent: string;
      readonly runId: string;
      readonly changed?: ChangedLogic | undefined;
    };

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
  /** Which publications are of new data for the node. Default: all of them. */
  readonly rebuilds?: Rebuilds | undefined;
}

/** What has been built again by other code, of which a node reads nothing that has changed. */
export interface UnaffectedKeys {
  readonly parent: string;
  readonly runId: string;
  /** The columns that have changed. */
  readonly columns: readonly string[];
  readonly keys: KeySet;
}

/** The partitions that would be out of date if the node used the columns that have changed. */
export function unaffectedKeys({
  publications,
  parents,
}: Pick<StaleInput, 'publications' | 'parents'>): readonly UnaffectedKeys[] {
  return parents.flatMap(({ id, link, rebuilds }) => {
    const harmless = rebuilds ? outdatedBy(publications, { id, link }, rebuilds.harmless) : [];
    return harmless.flatMap(({ cause, keys }): UnaffectedKeys[] => {
      if (cause.kind === 'code' || !Array.isArray(cause.changed)) return [];
      return [{ parent: id, runId: cause.runId, columns: cause.changed, keys }];
    });
  });
}

/** The partitions that are out of date, by cause; a partition may have several causes. */
export function staleKeys({ publications, codeVersion, parents }: StaleInput): readonly StaleKeys[] {
  const old = publications.filter(
    (publication) => codeVersion !== undefined && publication.codeVersion !== codeVersion,
  );
  const ofCode = unionAllKeys(old.map(({ keys }) => keys));
  const ofParents = parents.flatMap((parent) =>
    outdatedBy(publications, parent, parent.rebuilds?.affecting ?? parent.publications),
  );
  return [...(isNone(ofCode) ? [] : [{ cause: { kind: 'code' } as const, keys: ofCode }]), ...ofParents];
}

/**
 * Both lists are gone through from new to old, so that what is newer than a publication of the node only ever grows, and
 * each publication of the parent is mapped once.
 */
function outdatedBy(
  publications: readonly Publication[],
  { id, link }: Pick<ReadParent, 'id' | 'link'>,
  read: readonly Rebuild[],
): StaleKeys[] {
  const found: StaleKeys[] = [];
  const newer: Omit<Rebuild, 'order'>[] = [];
  let all: KeySet = noKeys;
  let next = 0;
  for (const { order, keys } of publications) {
    for (; next < read.length && read[next]!.order > order; next += 1) {
      const { runId, keys: rebuilt, changed } = read[next]!;
      const reached = subtractKeys(link.downstream(rebuilt), all);
      if (!isNone(reached)) newer.push({ runId, keys: reached, changed });
      all = unionKeys(all, reached);
    }
    if (isNone(intersectKeys(keys, all))) continue;
    for (const { runId, keys: reached, changed } of newer) {
      const stale = intersectKeys(keys, reached);
      if (!isNone(stale))
        found.push({ cause: { kind: 'upstream', parent: id, runId, ...(changed && { changed }) }, keys: stale });
    }
  }
  return merged(found);
}

/** What one run made stale is said once. */
function merged(found: readonly StaleKeys[]): StaleKeys[] {
  const byCause = new Map<string, { readonly cause: StaleCause; readonly parts: KeySet[] }>();
  for (const { cause, keys } of found) {
    const mark = cause.kind === 'code' ? '' : JSON.stringify([cause.runId, cause.changed]);
    const known = byCause.get(mark);
    if (known) known.parts.push(keys);
    else byCause.set(mark, { cause, parts: [keys] });
  }
  return [...byCause.values()].map(({ cause, parts }) => ({ cause, keys: unionAllKeys(parts) }));
}
