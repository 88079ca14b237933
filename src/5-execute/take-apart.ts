import { steppedPartitionsOf } from '../1-parse/index.ts';
import { dataParents, type Graph, isTransparent, mappingOf } from '../2-graph/index.ts';
import { batchesOf, type Plan, type Step } from '../4-plan/index.ts';
import {
  countKeys,
  formatKey,
  formatKeySet,
  type KeySet,
  linkPartitions,
  type ModelNode,
  type PartitionDefinition,
  type PartitionExtent,
  type PartitionLink,
  pointAt,
  pointsOf,
  stepId,
  type WalkOrder,
} from '../core/index.ts';

/** The steps of one node with partitions. */
interface Batches {
  readonly node: ModelNode;
  readonly definition: PartitionDefinition;
  readonly all: readonly { readonly text: string; readonly keys: KeySet }[];
  /** The batch that a partition is in, by its key. */
  readonly byKey: ReadonlyMap<string, string>;
}

/**
 * Makes a step of each partition, or batch of partitions, that a plan builds. A batch waits only for those batches of its
 * parents that it reads, be it through a view; what has no partitions waits for all. Views, and tests of the whole table,
 * follow the batches however they end: only who reads one that failed is left out. A test that reads staged data is run for
 * each batch.
 */
export function takeApart(
  { steps, newestFirst }: Pick<Plan, 'steps' | 'newestFirst'>,
  graph: Graph,
  extent: PartitionExtent,
): readonly Step[] {
  const batches = new Map<string, Batches>();
  const order = newestFirst ? 'descending' : 'ascending';
  for (const step of steps) {
    if (step.partitions === undefined || batches.has(step.nodeId)) continue;
    const found = batchesOfNode(step, graph, order);
    if (found) batches.set(step.nodeId, found);
  }
  if (batches.size === 0) return steps;
  const perBatch = new Map(steps.flatMap((step) => testOf(step, batches)));
  const links = new Map<string, PartitionLink>();
  const link = (child: Batches, parent: Batches): PartitionLink =>
    remembered(links, `${child.node.unique_id} ${parent.node.unique_id}`, () => {
      const mapping = mappingOf(child.node, parent.node, child.definition, parent.definition);
      return linkPartitions(child.definition, parent.definition, extent, mapping);
    });
  const all = (id: string): readonly string[] => allOf(id, batches, perBatch);
  const ownerOf = (id: string): string => perBatch.get(parted(id).nodeId) ?? parted(id).nodeId;
  const isApart = (id: string): boolean => batches.has(ownerOf(id));
  return steps.flatMap((step): readonly Step[] => {
    const tested = perBatch.get(stepId(step));
    const node = batches.get(tested ?? step.nodeId);
    if (!node && step.part !== 'publish' && readsWhatIsThere(step.nodeId, graph)) {
      const waitsFor = step.waitsFor.filter((id) => !isApart(id));
      return [{ ...step, waitsFor, follows: step.waitsFor.filter(isApart).map((id) => parted(id).nodeId) }];
    }
    const before = [...step.waitsFor, ...behindViews(step, graph, batches)];
    if (!node) return [{ ...step, waitsFor: before.flatMap(all) }];
    // Of what a node is not built from, a test of it may read anything, and reads what is there.
    const ofNode = new Set([node.node.unique_id, ...dataParents(node.node, graph).map(({ unique_id: id }) => id)]);
    const isOther = (id: string): boolean => tested !== undefined && !ofNode.has(ownerOf(id));
    const others = before.filter(isOther).map((id) => parted(id).nodeId);
    const own = before.filter((id) => !isOther(id));
    return node.all.map(({ text, keys }) => {
      const read = own.map((id) => readOf(id, node, { text, keys }, { batches, perBatch, link }));
      // What of a table is read is not built, but it may be that the table is.
      const made = own.filter((_, index) => read[index]!.length === 0).flatMap((id) => firstOf(id, batches));
      return { ...step, partition: text, waitsFor: read.flat(), follows: [...others, ...made] };
    });
  });
}

function firstOf(id: string, batches: ReadonlyMap<string, Batches>): readonly string[] {
  const [first] = batches.get(id)?.all ?? [];
  return first ? [stepId({ nodeId: id, partition: first.text })] : [];
}

/** Views and tests of tables are worth having whatever of a table is new; what is made of a part that failed is left out by itself. */
function readsWhatIsThere(id: string, graph: Graph): boolean {
  return graph.nodes.get(id)?.resource_type === 'test' || isView(id, graph);
}

function isView(id: string, graph: Graph): boolean {
  const node = graph.nodes.get(id);
  return node?.resource_type === 'model' && isTransparent(node, graph);
}

/** What a step reads of nodes with partitions through views that are steps, too. */
function behindViews({ nodeId, waitsFor }: Step, graph: Graph, batches: ReadonlyMap<string, Batches>): string[] {
  const node = graph.nodes.get(nodeId);
  if (node?.resource_type !== 'model' && node?.resource_type !== 'snapshot') return [];
  if (!waitsFor.some((id) => isView(id, graph))) return [];
  const read = dataParents(node, graph).map((parent) => parent.unique_id);
  return read.filter((id) => batches.has(id) && !waitsFor.includes(id));
}

function batchesOfNode(step: Step, graph: Graph, order: WalkOrder): Batches | undefined {
  const node = graph.nodes.get(step.nodeId);
  const definition = node?.resource_type === 'model' ? steppedPartitionsOf(node, graph.project.settings) : undefined;
  if (!definition || node?.resource_type !== 'model') return undefined;
  const byKey = new Map<string, string>();
  const all = Array.from(batchesOf(definition, step, order), (keys) => {
    const only = countKeys(keys) === 1 ? pointAt(keys, 0) : undefined;
    const text = only ? formatKey(definition, only) : formatKeySet(definition, keys);
    for (const point of pointsOf(keys)) byKey.set(formatKey(definition, point), text);
    return { text, keys };
  });
  return { node, definition, all, byKey };
}

/** A test that reads staged data of a node with partitions, and that node. */
function testOf(step: Step, batches: ReadonlyMap<string, Batches>): [string, string][] {
  const read = step.staged?.find((id) => batches.has(id));
  return read === undefined ? [] : [[stepId(step), read]];
}

interface Surroundings {
  readonly batches: ReadonlyMap<string, Batches>;
  /** Tests that are run for each batch, by id, with the node that they test. */
  readonly perBatch: ReadonlyMap<string, string>;
  readonly link: (child: Batches, parent: Batches) => PartitionLink;
}

/** What a batch waits for, where its node waits for some step. */
function readOf(
  id: string,
  node: Batches,
  batch: { readonly text: string; readonly keys: KeySet },
  { batches, perBatch, link }: Surroundings,
): readonly string[] {
  const { nodeId, part } = parted(id);
  const owner = perBatch.get(nodeId) ?? nodeId;
  const parent = batches.get(owner);
  if (!parent) return [id];
  const same = owner === node.node.unique_id;
  if (same) return [stepId({ nodeId, part, partition: batch.text })];
  const read = new Set<string>();
  for (const point of pointsOf(link(node, parent).upstream(batch.keys))) {
    const text = parent.byKey.get(formatKey(parent.definition, point));
    if (text !== undefined) read.add(text);
  }
  return [...read].map((text) => stepId({ nodeId, part, partition: text }));
}

/** What has no partitions waits for every batch. */
function allOf(
  id: string,
  batches: ReadonlyMap<string, Batches>,
  perBatch: ReadonlyMap<string, string>,
): readonly string[] {
  const { nodeId, part } = parted(id);
  const node = batches.get(perBatch.get(nodeId) ?? nodeId);
  return node ? node.all.map(({ text }) => stepId({ nodeId, part, partition: text })) : [id];
}

function remembered<T>(memory: Map<string, T>, key: string, make: () => T): T {
  const known = memory.get(key) ?? make();
  memory.set(key, known);
  return known;
}

const stagedMark = stepId({ nodeId: '', part: 'stage' });

/** What a test looks at of the rest of a table is a step by itself, and goes by its whole id. */
function parted(id: string): Pick<Step, 'nodeId' | 'part'> {
  return id.endsWith(stagedMark)
    ? { nodeId: id.slice(0, -stagedMark.length), part: 'stage' }
    : { nodeId: id, part: undefined };
}
