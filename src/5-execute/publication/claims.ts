import type { Step } from '../../4-plan/index.ts';
import {
  formatKey,
  intersectKeys,
  isNone,
  type KeySet,
  type Lease,
  ledgerEntries,
  ledgerOf,
  type ModelNode,
  type PartitionDefinition,
  type PartitionSlice,
  pointsOf,
  readKeySet,
  readLedger,
  stepId,
  subtractKeys,
} from '../../core/index.ts';
import type { StepContext } from '../context.ts';
import { targetRelation } from '../target-relation.ts';

/** What came of asking for the partitions of a step. */
export type Claim =
  | { readonly kind: 'ours' }
  /** Somebody else is at them. */
  | { readonly kind: 'taken' }
  /** Somebody else has published them since this run was planned. */
  | { readonly kind: 'built'; readonly runId: string };

/** The partitions that this run has the right to build, and those that others have built meanwhile. */
export class Claims {
  readonly #leases = new Map<string, Lease>();
  readonly #built = new Map<string, string>();

  /** Asks for the partitions of a step, before anything is done for them. */
  async claim(step: Step, slice: PartitionSlice, context: StepContext): Promise<Claim> {
    const { definition, keys } = slice;
    const points = [...pointsOf(keys)].map((point) => formatKey(definition, point));
    if (!context.leases) return { kind: 'ours' };
    const lease = context.leases.take(step.nodeId, points);
    if (!lease) return { kind: 'taken' };
    const runId = lease.contested ? await builtByOther(step.nodeId, slice, context) : undefined;
    if (runId !== undefined) {
      lease.release();
      this.#built.set(keyOf(step), runId);
      return { kind: 'built', runId };
    }
    this.#leases.set(keyOf(step), lease);
    return { kind: 'ours' };
  }

  /** Whether the partitions of a step are still this run's to publish. */
  holds(step: Step): boolean {
    return this.#leases.get(keyOf(step))?.holds() ?? true;
  }

  /** The run that built the partitions of a step, or of a test of staged partitions. */
  builtBy({ nodeId, partition, staged = [] }: Step): string | undefined {
    const ids = [nodeId, ...staged];
    return ids.map((id) => this.#built.get(keyOf({ nodeId: id, partition }))).find((runId) => runId !== undefined);
  }

  /** To be told of every step that has ended. */
  release(step: Pick<Step, 'nodeId' | 'partition'>): void {
    const lease = this.#leases.get(keyOf(step));
    this.#leases.delete(keyOf(step));
    lease?.release();
  }
}

const keyOf = ({ nodeId, partition }: Pick<Step, 'nodeId' | 'partition'>): string => stepId({ nodeId, partition });

/** The run that published all of some partitions since this one was planned: the last one that did, if they are several. */
async function builtByOther(
  asset: string,
  { definition, keys }: PartitionSlice,
  context: StepContext,
): Promise<string | undefined> {
  const node = context.graph.nodes.get(asset);
  if (node?.resource_type !== 'model') return undefined;
  return runThatBuilt(keys, await publishedByOthers(node, definition, context));
}

/** What one of the other runs has published. */
export interface PublishedElsewhere {
  readonly keys: KeySet;
  readonly runId: string;
}

/** What others have published of a node since this run was planned, in the order in which they did. */
export async function publishedByOthers(
  node: ModelNode,
  definition: PartitionDefinition,
  { graph, session, shelves, environment, leases }: StepContext,
): Promise<readonly PublishedElsewhere[]> {
  const ledger = ledgerOf(targetRelation(node, graph));
  const table = await session.query(
    readLedger(ledger, shelves.adapter.statements, { owner: node, since: leases?.since ?? 0 }),
  );
  let published: readonly PublishedElsewhere[] = [];
  for (const { event, runId, partitionKey } of ledgerEntries(table)) {
    const { set } = readKeySet(definition, partitionKey);
    // Of all that was there before, these were kept when the table was made anew.
    if (event === 'kept') published = published.map(({ keys, runId }) => ({ keys: intersectKeys(keys, set), runId }));
    else if (event === 'published' && runId !== environment.invocationId)
      published = [...published, { keys: set, runId }];
  }
  return published;
}

/** The last of the runs that have published some partitions. Undefined: not all of these are published. */
export function runThatBuilt(keys: KeySet, published: readonly PublishedElsewhere[]): string | undefined {
  let [left, last]: [KeySet, string | undefined] = [keys, undefined];
  for (const { keys: some, runId } of published) {
    left = subtractKeys(left, some);
    if (!isNone(intersectKeys(keys, some))) last = runId;
  }
  return isNone(left) ? last : undefined;
}
