import {
  boxesOf,
  countKeys,
  intersectKeys,
  isNone,
  type KeySet,
  keySetOf,
  type PartitionDefinition,
  type PartitionPoint,
  pointsOf,
  readKeySet,
  subtractKeys,
  unionAllKeys,
  type WalkOrder,
} from '../core/index.ts';
import type { Step } from './plan.ts';

/**
 * The partitions of a step as its statements build them: `batchSize` together, in the order in which they are begun.
 *
 * A batch is published as a whole or not at all, so what is built for one reason is not mixed with what is built for
 * another: a new day with bad rows does not hold up the days that are looked at again. And a batch has every combination
 * of the values that it has of each dimension, since SQL that asks for each dimension by itself builds all of those.
 */
export function* batchesOf(
  definition: PartitionDefinition,
  step: BatchedStep,
  order: WalkOrder = 'ascending',
): Generator<KeySet> {
  for (const keys of groupsOf(definition, step)) yield* batchesOfGroup(keys, step.batchSize ?? 1, order);
}

/**
 * How many batches there are, without making them where their number follows from that of the partitions.
 *
 * @param all the partitions of the step. Default: they are read.
 */
export function countBatches(definition: PartitionDefinition, step: BatchedStep, all?: KeySet): number {
  const { batchSize = 1 } = step;
  if (batchSize > 1 && definition.dimensions.length > 1) return [...batchesOf(definition, step)].length;
  return groupsOf(definition, step, all).reduce((sum, keys) => sum + Math.ceil(countKeys(keys) / batchSize), 0);
}

type BatchedStep = Pick<Step, 'partitions' | 'batchSize' | 'reasons'>;

/** What may be built together. */
function groupsOf(
  definition: PartitionDefinition,
  { partitions = '', batchSize = 1, reasons = [] }: BatchedStep,
  all = readKeySet(definition, partitions).set,
): readonly KeySet[] {
  if (batchSize === 1) return [all];
  const meant = reasons.flatMap(({ partitions: some }) =>
    some === undefined ? [] : [readKeySet(definition, some).set],
  );
  const groups = [...meant, subtractKeys(all, unionAllKeys(meant))].map((keys) => intersectKeys(keys, all));
  return groups.filter((keys) => !isNone(keys));
}

function* batchesOfGroup(keys: KeySet, batchSize: number, order: WalkOrder): Generator<KeySet> {
  let points: PartitionPoint[] = [];
  for (const point of pointsOf(keys, order)) {
    points.push(point);
    if (points.length < batchSize) continue;
    const length = productLength(points);
    yield keySetOf(points.slice(0, length));
    points = points.slice(length);
  }
  while (points.length > 0) {
    const length = productLength(points);
    yield keySetOf(points.slice(0, length));
    points = points.slice(length);
  }
}

/** How many of the first points are every combination of what they have of each dimension. */
function productLength(points: readonly PartitionPoint[]): number {
  let length = points.length;
  while (boxesOf(keySetOf(points.slice(0, length))).length > 1) length -= 1;
  return length;
}
