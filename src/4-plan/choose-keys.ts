import { buildsInOneStep, partitionsOf } from '../1-parse/index.ts';
import { dataParents, type Graph, mappingOf } from '../2-graph/index.ts';
import {
  allPartitions,
  countKeys,
  type Diagnostic,
  formatKeySet,
  intersectKeys,
  isNone,
  type KeySet,
  linkPartitions,
  type Node,
  noKeys,
  type PartitionDefinition,
  type PartitionExtent,
  subtractKeys,
  unionAllKeys,
  unionKeys,
  warning,
} from '../core/index.ts';
import { lookbackOf, mostUnnamed, newest, newestTimes } from './newest.ts';
import type { PartitionPlanning, PartitionState } from './partition-planning.ts';
import { namesPartitions, type PartitionRequest, requestedKeys } from './partition-request.ts';
import type { KeyedReason, LeftOut, StepReason } from './plan.ts';
import type { StaleKeys } from './state/stale.ts';
import { choosesAsDbt, isBuiltAnew, usualBatches } from './usual-batches.ts';

export interface ChoiceInput {
  readonly graph: Graph;
  /** What is built of the nodes that come before. */
  readonly planned: ReadonlyMap<string, KeySet>;
  readonly extent: PartitionExtent;
  readonly planning: PartitionPlanning;
}

/** What a plan builds of an asset, and what not. */
export interface ChosenKeys {
  readonly keys: KeySet;
  /** No partition is in two of them. */
  readonly reasons: readonly StepReason[];
  readonly leftOut: readonly LeftOut[];
  readonly diagnostics: readonly Diagnostic[];
}

export function chooseKeys(node: Node, definition: PartitionDefinition, input: ChoiceInput): ChosenKeys {
  const { planning, extent } = input;
  const { exactly } = planning;
  if (exactly) return chosen(definition, [{ kind: 'asked', keys: exactly.get(node.unique_id) ?? noKeys }]);
  if (choosesAsDbt(node, planning)) return chosen(definition, usualBatches(node, definition, planning));
  const request = requestOf(node, planning);
  const all = allPartitions(definition, extent);
  const { keys, diagnostics } = requestedKeys(request, definition, all, extent);
  const isNamed = namesPartitions(request);
  const isAnew = isBuiltAnew(node, planning.fullRefresh) && !isNamed;
  const choice =
    isNamed || isAnew || planning.all
      ? chosen(definition, namedReasons(node, definition, keys, isAnew ? 'full-refresh' : 'asked', input))
      : chooseUnnamed(node, definition, keys, input);
  return { ...choice, diagnostics: [...diagnostics, ...choice.diagnostics] };
}

function requestOf({ config }: Node, { request, eventTime }: PartitionPlanning): PartitionRequest {
  const isMicrobatch = config.incremental_strategy === 'microbatch';
  if (!isMicrobatch || !eventTime || namesPartitions(request)) return request;
  const { start, end } = eventTime;
  const text = (at: Date | undefined): string | undefined => at?.toISOString().slice(0, 16).replace('T', ' ');
  return { from: text(start), to: text(end && new Date(end.getTime() - 1)) };
}

function namedReasons(
  node: Node,
  definition: PartitionDefinition,
  keys: KeySet,
  kind: 'asked' | 'full-refresh',
  input: ChoiceInput,
): KeyedReason[] {
  const { only = [], state } = input.planning;
  if (only.length === 0) return [{ kind, keys }];
  const known = state(node.unique_id, definition);
  const picked = only.flatMap((pick): KeyedReason[] => {
    if (pick === 'missing') return [{ kind: 'missing', keys: subtractKeys(keys, known.filled) }];
    if (pick === 'stale') return staleReasons(known, keys);
    return [
      { kind: 'failed', keys: intersectKeys(keys, known.failed) },
      ...keptBackReasons(node, definition, known, keys, input),
    ];
  });
  return [...picked, ...readBy(node, definition, keys, input)];
}

/** What a failure has kept from being built, and keeps no longer: where that was mended, nothing else tells of it. */
function keptBackReasons(
  node: Node,
  definition: PartitionDefinition,
  { filled, keptBack = noKeys, leftBehind = [] }: PartitionState,
  keys: KeySet,
  input: ChoiceInput,
): KeyedReason[] {
  const meant = intersectKeys(keys, keptBack);
  const missing = subtractKeys(meant, filled);
  const waiting = unionAllKeys(waitsFor(node, definition, missing, input).map(({ keys }) => keys));
  return [{ kind: 'missing', keys: subtractKeys(missing, waiting) }, ...reasonsOf(leftBehind, meant)];
}

/** Without names: what is missing or failed, and what reads something that the same plan builds. */
function chooseUnnamed(node: Node, definition: PartitionDefinition, all: KeySet, input: ChoiceInput): ChosenKeys {
  const { planning } = input;
  const state = planning.state(node.unique_id, definition);
  const filled = intersectKeys(all, state.filled);
  const missing = subtractKeys(all, filled);
  const waiting = waitsFor(node, definition, missing, input);
  const ready = subtractKeys(missing, unionAllKeys(waiting.map(({ keys }) => keys)));
  const { kept, rest } = newest(definition, ready, planning.mostUnnamed ?? mostUnnamed(node));
  const reasons: KeyedReason[] = [
    { kind: 'failed', keys: intersectKeys(state.failed, unionKeys(kept, filled)) },
    { kind: 'missing', keys: kept },
    ...(planning.only?.includes('stale') ? staleReasons(state, filled) : reasonsOf(state.leftBehind ?? [], filled)),
    ...readBy(node, definition, filled, input),
    { kind: 'lookback', keys: newestTimes(definition, filled, lookbackOf(node)) },
  ];
  const choice = chosen(definition, reasons);
  const leftOut = planning.explain ? leftOutOf(node, definition, { choice, state, filled, rest, waiting }) : [];
  return { ...choice, leftOut, diagnostics: [...olderProblem(node, rest), ...waitingProblems(node, waiting, input)] };
}

interface Choice {
  readonly choice: ChosenKeys;
  readonly state: PartitionState;
  readonly filled: KeySet;
  readonly rest: KeySet;
  readonly waiting: readonly Waiting[];
}

function leftOutOf(
  node: Node,
  definition: PartitionDefinition,
  { choice, state, filled, rest, waiting }: Choice,
): LeftOut[] {
  const left = subtractKeys(filled, choice.keys);
  const stale = intersectKeys(left, state.stale ?? noKeys);
  return [
    ...waiting.map(({ keys, parent }) => ({ kind: 'waits' as const, parent, keys })),
    { kind: 'older' as const, keys: rest },
    { kind: 'stale' as const, keys: stale },
    { kind: 'filled' as const, keys: subtractKeys(left, stale) },
  ].flatMap(({ keys, ...why }): LeftOut[] => {
    if (isNone(keys)) return [];
    return [{ ...why, nodeId: node.unique_id, partitions: formatKeySet(definition, keys), count: countKeys(keys) }];
  });
}

function chosen(definition: PartitionDefinition, reasons: readonly KeyedReason[]): ChosenKeys {
  let keys: KeySet = noKeys;
  const told: StepReason[] = [];
  for (const { keys: meant, ...reason } of reasons) {
    const more = subtractKeys(meant, keys);
    if (isNone(more)) continue;
    told.push({ ...reason, partitions: formatKeySet(definition, more) });
    keys = unionKeys(keys, more);
  }
  return { keys, reasons: told, leftOut: [], diagnostics: [] };
}

function staleReasons({ stale = noKeys, causes = [] }: PartitionState, keys: KeySet): KeyedReason[] {
  return [...reasonsOf(causes, keys), { kind: 'code-changed', keys: intersectKeys(keys, stale) }];
}

function reasonsOf(causes: readonly StaleKeys[], keys: KeySet): KeyedReason[] {
  return causes.map(({ cause, keys: outdated }): KeyedReason => {
    const reason: Omit<KeyedReason, 'keys'> =
      cause.kind === 'code'
        ? { kind: 'code-changed' }
        : { kind: 'upstream-rebuilt', parent: cause.parent, changed: cause.changed };
    return { ...reason, keys: intersectKeys(keys, outdated) };
  });
}

interface ReadPartitioned {
  readonly id: string;
  readonly definition: PartitionDefinition;
  readonly link: ReturnType<typeof linkPartitions>;
}

function partitionedParents(
  node: Node,
  definition: PartitionDefinition,
  { graph, extent }: ChoiceInput,
): ReadPartitioned[] {
  return dataParents(node, graph).flatMap((parent): ReadPartitioned[] => {
    const ofParent = partitionsOf(parent, graph.project.settings);
    if (!ofParent) return [];
    const link = linkPartitions(definition, ofParent, extent, mappingOf(node, parent, definition, ofParent));
    return [{ id: parent.unique_id, definition: ofParent, link }];
  });
}

/** The partitions, of some, that read what the plan builds. */
function readBy(node: Node, definition: PartitionDefinition, keys: KeySet, input: ChoiceInput): KeyedReason[] {
  return partitionedParents(node, definition, input).flatMap(({ id, link }): KeyedReason[] => {
    const built = input.planned.get(id) ?? noKeys;
    if (isNone(built)) return [];
    return [{ kind: 'upstream-built', parent: id, keys: intersectKeys(keys, link.downstream(built)) }];
  });
}

interface Waiting {
  readonly parent: string;
  readonly keys: KeySet;
  /** What of the parent they wait for. */
  readonly lacking: KeySet;
}

/**
 * The partitions, of some, for which there is not yet all that they read, and that the plan does not build either. Of a
 * parent that has nothing at all here, nobody knows whether it is read from elsewhere: for that nothing waits.
 */
function waitsFor(node: Node, definition: PartitionDefinition, keys: KeySet, input: ChoiceInput): readonly Waiting[] {
  if (isNone(keys)) return [];
  const { planned, planning } = input;
  return partitionedParents(node, definition, input).flatMap((parent): Waiting[] => {
    const { filled } = planning.state(parent.id, parent.definition);
    if (isNone(filled)) return [];
    const there = unionKeys(filled, planned.get(parent.id) ?? noKeys);
    const lacking = subtractKeys(parent.link.upstream(keys), there);
    const waiting = intersectKeys(keys, parent.link.downstream(lacking));
    return isNone(waiting) ? [] : [{ parent: parent.id, keys: waiting, lacking }];
  });
}

function olderProblem(node: Node, rest: KeySet): readonly Diagnostic[] {
  if (isNone(rest)) return [];
  const message = `'${node.name}' misses ${countKeys(rest)} older partitions, which are not built now`;
  const hint = `Build them with: ingot backfill ${node.name} --missing`;
  return [warning('plan/partitions-left', message, { hint })];
}

function waitingProblems(node: Node, waiting: readonly Waiting[], { graph }: ChoiceInput): readonly Diagnostic[] {
  return waiting.map(({ parent, keys, lacking }) => {
    const read = graph.nodes.get(parent) as Node;
    const name = read.name;
    const [count, missing] = [countKeys(keys), countKeys(lacking)];
    const message = `${count} missing ${count === 1 ? 'partition' : 'partitions'} of '${node.name}' ${count === 1 ? 'waits' : 'wait'} for ${missing} of '${name}', which ${missing === 1 ? 'is' : 'are'} missing too`;
    return warning('plan/partitions-wait', message, {
      hint: buildsInOneStep(read)
        ? `Build those first: ingot backfill ${name} --missing`
        : `Build both with: ingot build --select +${node.name}`,
    });
  });
}
