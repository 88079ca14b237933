import { createHash } from 'node:crypto';
import { partitionsOf } from '../1-parse/index.ts';
import type { Graph } from '../2-graph/index.ts';
import {
  countKeys,
  formatKeySet,
  intersectKeys,
  isNone,
  type JsonObject,
  type KeySet,
  type PartitionDefinition,
  readKeySet,
  type StepPart,
  stepId,
  stillThere,
  subtractKeys,
} from '../core/index.ts';
import { countBatches } from './batches.ts';
import type { LeftOut, Plan, Step, StepReason } from './plan.ts';
import { type AssetState, failedKeys } from './state/asset-state.ts';
import { within } from './state/publications.ts';
import type { ChangedLogic } from './state/rebuilds.ts';

/**
 * A plan as a file: the same project, state and request give the same text. It says what would be done and what that
 * rests on, so that `build --plan` can do exactly this, or say what has changed since.
 */
export interface PlanDocument {
  readonly ingot_plan: 1;
  readonly project: string;
  readonly target: string;
  /** What was asked for: flags by their names. */
  readonly request: JsonObject;
  readonly before: readonly string[];
  readonly steps: readonly PlannedStep[];
  readonly after: readonly string[];
  readonly not_built: readonly NotBuilt[];
  /** The keys of dynamic partitions, and where they come from. Default: none of its steps has such. */
  readonly key_lists?: readonly KeyList[];
}

export interface KeyList {
  readonly name: string;
  /** Null: they were added by command. */
  readonly query: string | null;
  readonly keys: readonly string[];
}

export interface PlannedStep {
  readonly id: string;
  readonly type: string;
  readonly part: StepPart | null;
  readonly reasons: readonly {
    readonly why: StepReason['kind'];
    readonly partitions: string | null;
    readonly parent: string | null;
    /** What of the parent's code has changed: its rows, or columns; not there where nothing is known to have. */
    readonly changed?: ChangedLogic;
  }[];
  /** Null for a node that is built whole. */
  readonly partitions: string | null;
  /** How many partitions there are, and how many one statement builds. */
  readonly count: number;
  readonly batch_size: number;
  /** How many statements build them. */
  readonly batches: number;
  /** Ids of steps; `id staged` for one that stages. */
  readonly waits_for: readonly string[];
  /** What a test reads before it is published. */
  readonly staged: readonly string[];
  /** Version of the node's logic. */
  readonly code: string | null;
  /** What was there of the partitions before. */
  readonly state: PlannedState | null;
  /** Where the SQL stands that would be sent; of a node with partitions, that of its first statement. Null: it is known only when it runs. */
  readonly compiled: string | null;
  /**
   * What would be sent, in its order; of a node with partitions, for the first batch. Null: it is known only when it runs, or
   * nobody asked. Run ids and times are empty; the note of the code's version is not among them.
   */
  readonly statements: readonly string[] | null;
}

export interface PlannedState {
  readonly filled: string;
  readonly failed: string;
  /** Of all that is recorded of the partitions. */
  readonly digest: string;
}

export interface NotBuilt {
  readonly id: string;
  readonly partitions: string;
  readonly count: number;
  readonly why: LeftOut['kind'];
  readonly parent: string | null;
}

export interface DocumentInput {
  readonly graph: Graph;
  readonly target: string;
  readonly request: JsonObject;
  /** What is built of the assets that have partitions. */
  readonly keys: ReadonlyMap<string, KeySet>;
  readonly codeOf: (id: string) => string | null;
  readonly stateOf: (id: string) => AssetState | undefined;
  readonly compiledOf: (id: string) => string | null;
  readonly statementsOf: (step: Step) => readonly string[] | null;
}

/**
 * A plan as `ingot plan --output json` writes it: what would be done, in the order in which it can be, with the reasons. Without
 * times and ids, so that the same code, state and call give the same bytes, by which `build --plan` sees what has changed.
 */
export function planDocument(plan: Plan, input: DocumentInput): PlanDocument {
  const { graph, target, request } = input;
  const lists = keyLists(plan, graph);
  return {
    ingot_plan: 1,
    project: graph.project.name,
    target,
    request,
    before: plan.before,
    steps: inOrder(plan.steps).map((step) => plannedStep(step, input)),
    after: plan.after,
    not_built: (plan.leftOut ?? []).map(({ nodeId, partitions, count, kind, parent = null }) => {
      return { id: nodeId, partitions, count, why: kind, parent };
    }),
    ...(lists.length > 0 ? { key_lists: lists } : {}),
  };
}

function keyLists({ steps }: Plan, graph: Graph): readonly KeyList[] {
  const lists = new Map<string, KeyList>();
  for (const { nodeId } of steps) {
    for (const dimension of definitionOf(nodeId, graph)?.dimensions ?? []) {
      if (dimension.kind !== 'dynamic') continue;
      const { keys: name, query = null, values = [] } = dimension;
      lists.set(name, { name, query, keys: values });
    }
  }
  return [...lists.values()];
}

/** What a step waits for comes before it; else they stay as they are. */
function inOrder(steps: readonly Step[]): readonly Step[] {
  const byId = new Map(steps.map((step) => [stepId(step), step]));
  const ordered = new Set<Step>();
  const visit = (step: Step): void => {
    if (ordered.has(step) || open.has(step)) return;
    open.add(step);
    for (const id of step.waitsFor) {
      const before = byId.get(id);
      if (before) visit(before);
    }
    ordered.add(step);
  };
  const open = new Set<Step>();
  for (const step of steps) visit(step);
  return [...ordered];
}

function plannedStep(step: Step, input: DocumentInput): PlannedStep {
  const { graph, codeOf, stateOf, compiledOf, statementsOf } = input;
  const { nodeId, part = null, partitions = null, waitsFor, staged = [], reason, reasons = [{ kind: reason }] } = step;
  const keys = input.keys.get(nodeId);
  const definition = definitionOf(nodeId, graph);
  const state = stateOf(nodeId);
  return {
    id: nodeId,
    type: graph.nodes.get(nodeId)?.resource_type ?? 'model',
    part,
    reasons: reasons.map(({ kind, partitions: some = null, parent = null, changed }) => ({
      why: kind,
      partitions: some,
      parent,
      ...(changed && { changed }),
    })),
    partitions,
    count: keys ? countKeys(keys) : 1,
    batch_size: step.batchSize ?? 1,
    batches: keys && definition ? countBatches(definition, step, keys) : 1,
    waits_for: waitsFor,
    staged,
    code: codeOf(nodeId),
    state: keys && state ? plannedState(state, keys) : null,
    compiled: compiledOf(nodeId),
    statements: statementsOf(step),
  };
}

function plannedState(state: AssetState, keys: KeySet): PlannedState {
  const { definition } = state;
  const text = (set: KeySet): string => formatKeySet(definition, intersectKeys(set, keys));
  const publications = [...within(state.publications, keys), ...within(state.held, keys)];
  const recorded = publications.map(({ keys: some, runId, codeVersion }) => [some, runId, codeVersion]);
  return { filled: text(state.filled), failed: text(failedKeys(state)), digest: digestOf(recorded) };
}

const digestOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);

function definitionOf(id: string, { nodes, project }: Graph): PartitionDefinition | undefined {
  const node = nodes.get(id);
  return node?.resource_type === 'model' ? partitionsOf(node, project.settings) : undefined;
}

/** The partitions that a document builds, as far as they are there at `now`, by the id of their node. */
export function plannedKeys({ steps }: PlanDocument, graph: Graph, now: number): ReadonlyMap<string, KeySet> {
  return new Map(
    steps.flatMap(({ id, partitions }): [string, KeySet][] => {
      const definition = definitionOf(id, graph);
      if (!definition || partitions === null) return [];
      return [[id, stillThere(definition, readKeySet(definition, partitions).set, now)]];
    }),
  );
}

/** Steps with the reasons and the size of the batches that a document gives them: what is built together depends on both. */
export function asPlanned(steps: readonly Step[], document: PlanDocument): readonly Step[] {
  const planned = new Map(document.steps.map((step) => [step.id, step]));
  return steps.map((step): Step => {
    const known = planned.get(step.nodeId);
    if (!known || step.partitions === undefined) return step;
    const reasons = known.reasons.map(({ why, partitions, parent }) => ({
      kind: why,
      partitions: partitions ?? undefined,
      parent: parent ?? undefined,
    }));
    return { ...step, reasons, reason: reasons[0]?.kind ?? step.reason, batchSize: known.batch_size };
  });
}

/** What is other than when a plan was made, in words; nothing, if the plan can be carried out as it is. */
export function changesSince(before: PlanDocument, now: PlanDocument, graph: Graph): readonly string[] {
  const nameOf = (id: string): string => graph.nodes.get(id)?.name ?? id;
  if (before.project !== now.project) return [`The plan is of project '${before.project}', this is '${now.project}'`];
  if (before.target !== now.target) return [`The plan is for target '${before.target}', this is '${now.target}'`];
  const known = new Map(before.steps.map((step) => [keyOf(step), step]));
  const found = new Map(now.steps.map((step) => [keyOf(step), step]));
  const gone = before.steps.filter((step) => !found.has(keyOf(step)));
  const added = now.steps.filter((step) => !known.has(keyOf(step)));
  const names = (steps: readonly PlannedStep[]): string =>
    [...new Set(steps.map(({ id }) => `'${nameOf(id)}'`))].join(', ');
  const changes = [
    ...(gone.length > 0 ? [`The selection has changed: ${names(gone)} would no longer be built so`] : []),
    ...(added.length > 0 ? [`The selection has changed: ${names(added)} would be built, too, or in other parts`] : []),
    ...now.steps.flatMap((step) => stepChanges(known.get(keyOf(step)), step, graph)),
  ];
  if (JSON.stringify([before.before, before.after]) !== JSON.stringify([now.before, now.after])) {
    changes.push('The hooks of the project have changed');
  }
  return [...new Set(changes)];
}

const keyOf = ({ id, part }: PlannedStep): string => `${id} ${part ?? ''}`;

function stepChanges(before: PlannedStep | undefined, now: PlannedStep, graph: Graph): readonly string[] {
  if (!before) return [];
  const name = graph.nodes.get(now.id)?.name ?? now.id;
  const changes: string[] = [];
  if (before.code !== now.code) changes.push(`The code of '${name}' has changed`);
  if (before.partitions !== now.partitions) changes.push(`The partitions of '${name}' have changed`);
  const order = ({ waits_for, staged, batch_size }: PlannedStep): string =>
    JSON.stringify([waits_for, staged, batch_size]);
  if (order(before) !== order(now))
    changes.push(`The order of the steps has changed: '${name}' has other parents or tests`);
  const definition = definitionOf(now.id, graph);
  if (definition && before.state && now.state && before.state.digest !== now.state.digest) {
    changes.push(`'${name}' has been built since: ${stateChange(before.state, now.state, definition)}`);
  }
  return changes;
}

function stateChange(before: PlannedState, now: PlannedState, definition: PartitionDefinition): string {
  const more = (old: string, fresh: string): KeySet =>
    subtractKeys(readKeySet(definition, fresh).set, readKeySet(definition, old).set);
  const filled = more(before.filled, now.filled);
  const failed = more(before.failed, now.failed);
  if (!isNone(filled)) return `${formatKeySet(definition, filled)} is published`;
  if (!isNone(failed)) return `${formatKeySet(definition, failed)} failed`;
  return now.filled === '' ? 'it was tried again' : `${now.filled} is other data now`;
}
