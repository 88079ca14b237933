import { buildsInOneStep, partitionsOf } from '../1-parse/index.ts';
import type { Graph } from '../2-graph/index.ts';
import {
  type Diagnostic,
  formatKeySet,
  isNone,
  type KeySet,
  type Node,
  type PartitionDefinition,
  type PartitionExtent,
  stepId,
  warning,
} from '../core/index.ts';
import { type ChosenKeys, chooseKeys } from './choose-keys.ts';
import { wholeNumber } from './newest.ts';
import { noPartitionsYet } from './no-partitions.ts';
import type { PartitionPlanning } from './partition-planning.ts';
import { namesPartitions, unknownDimensions, unknownPartitions } from './partition-request.ts';
import type { LeftOut, Step } from './plan.ts';
import { choosesAsDbt } from './usual-batches.ts';

export interface PlannedPartitions {
  readonly steps: readonly Step[];
  /** What is built of each asset that has partitions, by its id. */
  readonly keys: ReadonlyMap<string, KeySet>;
  readonly leftOut: readonly LeftOut[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Says which partitions of each asset a plan builds: those that are named, else those that are missing or failed, and
 * those whose parents' partitions are built by the same plan. Assets that have none to build are no steps.
 */
export function planPartitions(steps: readonly Step[], graph: Graph, planning: PartitionPlanning): PlannedPartitions {
  const extent: PartitionExtent = { now: planning.now, current: namesPartitions(planning.request) };
  const planned = new Map<string, KeySet>();
  const definitions: PartitionDefinition[] = [];
  const chosen = new Map<string, ChosenKeys>();
  const result = steps.map((step): Step => {
    const node = graph.nodes.get(step.nodeId);
    const definition = node?.resource_type === 'model' ? partitionsOf(node, graph.project.settings) : undefined;
    if (!definition || node?.resource_type !== 'model') return step;
    const choice = chosen.get(step.nodeId) ?? chooseKeys(node, definition, { graph, planned, extent, planning });
    chosen.set(step.nodeId, choice);
    planned.set(step.nodeId, choice.keys);
    definitions.push(definition);
    const [first] = choice.reasons;
    return {
      ...step,
      partitions: formatKeySet(definition, choice.keys),
      ...(buildsInOneStep(node)
        ? { batches: choosesAsDbt(node, planning) ? ('usual' as const) : ('asked' as const) }
        : { batchSize: planning.batchSize ?? wholeNumber(node.config.partition_batch_size) }),
      reason: first?.kind ?? step.reason,
      reasons: choice.reasons,
    };
  });
  // dbt builds batches of a time for which a model is not defined, too.
  const usual = new Set(result.flatMap(({ nodeId, batches }) => (batches === 'usual' ? [nodeId] : [])));
  const idle = new Set([...planned].filter(([id, keys]) => isNone(keys) && !usual.has(id)).map(([id]) => id));
  const choices = [...chosen.values()];
  const nowhere = new Set([...idle].filter((id) => planning.isNowhere?.(id)));
  const readers = readersOf(nowhere, result, graph);
  return {
    steps: withoutIdle(result, new Set([...idle, ...readers.keys()]), graph, planning.hasPassed),
    keys: new Map([...planned].filter(([id]) => !readers.has(id))),
    leftOut: choices.flatMap(({ leftOut }) => leftOut),
    diagnostics: [
      ...unknownDimensions(planning.request, definitions),
      ...(planning.exactly ? [] : unknownPartitions(planning.request, definitions, extent)),
      ...choices.flatMap(({ diagnostics }) => diagnostics),
      ...[...nowhere].flatMap((id) => nothingToRead(id, readers, graph, planning.now)),
    ],
  };
}

/** What is made of tables that are not there, directly or further down, with one of these. */
function readersOf(
  nowhere: ReadonlySet<string>,
  steps: readonly Step[],
  { nodes }: Graph,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (nowhere.size === 0) return found;
  for (const { nodeId, waitsFor } of steps) {
    const type = nodes.get(nodeId)?.resource_type;
    if (nowhere.has(nodeId) || (type !== 'model' && type !== 'snapshot')) continue;
    const read = waitsFor.find((id) => nowhere.has(id) || found.has(id));
    if (read !== undefined) found.set(nodeId, found.get(read) ?? read);
  }
  return found;
}

function nothingToRead(
  id: string,
  readers: ReadonlyMap<string, string>,
  { nodes, project }: Graph,
  now: number,
): readonly Diagnostic[] {
  const nameOf = (one: string): string => (nodes.get(one) as Node).name;
  const left = [...readers].flatMap(([reader, of]) => (of === id ? [nameOf(reader)] : []));
  if (left.length === 0) return [];
  const which = left.length > 3 ? `${left.slice(0, 3).join(', ')} and ${left.length - 3} more` : left.join(', ');
  const message = `There is no partition of '${nameOf(id)}' to build, and no table yet: what reads it is left out (${which})`;
  const definition = partitionsOf(nodes.get(id) as Node, project.settings);
  const why = definition && noPartitionsYet(nameOf(id), definition, now);
  return [warning('plan/no-table-yet', message, { hint: why ?? `ingot build --select +${nameOf(id)}` })];
}

/**
 * Leaves out assets that have nothing to build, with the tests that look at nothing else, as far as they have passed: of
 * what a test stands against, or has not looked at yet, nothing is to be built, however often somebody tries.
 */
export function withoutIdle(
  steps: readonly Step[],
  idle: ReadonlySet<string>,
  graph: Graph,
  hasPassed: PartitionPlanning['hasPassed'] = () => true,
): readonly Step[] {
  if (idle.size === 0) return steps;
  const gone = new Set(idle);
  for (const { nodeId } of steps) {
    const node = graph.nodes.get(nodeId);
    if (node?.resource_type !== 'test') continue;
    const looksAtIdle = node.depends_on.nodes.length > 0 && node.depends_on.nodes.every((id) => idle.has(id));
    if (looksAtIdle && hasPassed(nodeId)) gone.add(nodeId);
  }
  const isLeft = ({ nodeId, part, staged = [] }: Step): boolean =>
    !gone.has(nodeId) && (part !== 'rest' || !staged.every((id) => gone.has(id)));
  const left = steps.filter(isLeft);
  const ids = new Set(left.map(stepId));
  return left.map((step) => ({ ...step, waitsFor: step.waitsFor.filter((id) => ids.has(id)) }));
}
