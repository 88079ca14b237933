import { isOfDbt, partitionsOf, settingPlace } from '../1-parse/index.ts';
import type { Graph } from '../2-graph/index.ts';
import {
  didYouMeanHint,
  error,
  type GraphNode,
  type ModelNode,
  type Node,
  Problem,
  type SnapshotNode,
  stepId,
} from '../core/index.ts';
import type { Step } from './plan.ts';

export interface HoldBackRequest {
  /** Whether a node's data can be built aside and published later. Default: none can. */
  readonly canStage?: ((node: Node) => boolean) | undefined;
  /** Whether a warning counts as a failure. Default false. */
  readonly warnError?: boolean | undefined;
  /** Whether a node's table has partitions beside those that the plan builds. Default: none has. */
  readonly hasOthers?: ((step: Step) => boolean) | undefined;
}

/**
 * Makes two steps of every node that is published after its tests: the tests come between them and read what was staged.
 * A test that reads several such nodes holds all of them back, but for those that another of them is built from, which
 * have to be published for it, and those with partitions that it was not written for. A test that is run for each
 * partition of a node holds back that node alone; it is run once more, on the partitions that stay, before what else it
 * reads is published.
 *
 * Throws `Problem` for a `publish:` that means nothing.
 */
export function holdBack(
  steps: readonly Step[],
  graph: Graph,
  { canStage = () => false, warnError = false, hasOthers = () => false }: HoldBackRequest,
): readonly Step[] {
  const isHeld = (id: string): boolean => canBeHeldBack(graph.nodes.get(id), graph, canStage);
  // A test is run for each of a node's partitions; of two nodes there is no such thing.
  const isPartitioned = (id: string): boolean => {
    const node = graph.nodes.get(id);
    return node?.resource_type === 'model' && partitionsOf(node, graph.project.settings) !== undefined;
  };
  for (const { nodeId } of steps) {
    const node = graph.nodes.get(nodeId);
    if (isKept(node)) checkPublish(node, graph);
  }
  const plan = new Map(steps.map((step) => [stepId(step), step]));
  const tests = new Map<string, string[]>();
  const holds = (test: Step, nodeId: string): boolean => {
    const id = stepId(test);
    const now = plan.get(id) ?? test;
    if (now.waitsFor.length > 1 && waitsFor(now, nodeId, plan, tests)) return false;
    plan.set(id, { ...now, ...readingStaged(now, nodeId) });
    tests.set(nodeId, [...(tests.get(nodeId) ?? []), id]);
    return true;
  };
  for (const test of steps) {
    if (!canFail(graph, test, warnError)) continue;
    const held = test.waitsFor.filter(isHeld);
    const own = held.filter((id) => isPartitioned(id) && !isOfAnother(test.nodeId, id, graph));
    const parted = plan.get(own.find((id) => holds(test, id)) ?? '');
    // Partitions are published one by one: what another table has for them has to be there before the first.
    if (parted && !hasOthers(parted)) continue;
    const beside = parted ? ofTheRest(test, parted) : test;
    for (const nodeId of held) if (!isPartitioned(nodeId)) holds(beside, nodeId);
  }
  return [...plan.values()].flatMap((step): Step[] => {
    const gates = tests.get(step.nodeId);
    if (!gates) return [step];
    const stage: Step = { ...step, part: 'stage' };
    return [stage, { ...step, part: 'publish', waitsFor: [stepId(stage), ...gates] }];
  });
}

/** Whether a node waits for its tests, if it has any. */
export const canBeHeldBack = (node: GraphNode | undefined, graph: Graph, canStage: (node: Node) => boolean): boolean =>
  isKept(node) && publishesAfterTests(node, graph) && canStage(node);

/**
 * Whether a test was written for another node. It may look at all rows of this one, of which there are not all as long as
 * partitions are built.
 */
function isOfAnother(testId: string, nodeId: string, { nodes }: Graph): boolean {
  const test = nodes.get(testId);
  const attached = test?.resource_type === 'test' ? test.attached_node : undefined;
  return attached !== undefined && attached !== null && attached !== nodeId;
}

/** The test as it looks at the partitions of a node that are not built: they are as they were, whatever becomes of the others. */
function ofTheRest(test: Step, { nodeId, partitions = '' }: Step): Step {
  const waitsFor = test.waitsFor.filter((id) => id !== nodeId);
  return { ...test, part: 'rest', waitsFor, except: { nodeId, partitions } };
}

function readingStaged({ waitsFor, staged = [] }: Step, nodeId: string): Pick<Step, 'waitsFor' | 'staged'> {
  const stage = stepId({ nodeId, part: 'stage' });
  return { waitsFor: waitsFor.map((id) => (id === nodeId ? stage : id)), staged: [...staged, nodeId] };
}

/** Whether a test cannot start before a node that it reads is published, however it reads that node itself. */
function waitsFor(
  test: Step,
  nodeId: string,
  plan: ReadonlyMap<string, Step>,
  tests: ReadonlyMap<string, readonly string[]>,
): boolean {
  const open = test.waitsFor.filter((id) => id !== nodeId);
  const seen = new Set<string>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === nodeId) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    const staged = id.endsWith(stagedMark);
    const step = plan.get(staged ? id.slice(0, -stagedMark.length) : id);
    if (step) open.push(...step.waitsFor);
    if (!staged) open.push(...(tests.get(id) ?? []));
  }
  return false;
}

const stagedMark = stepId({ nodeId: '', part: 'stage' });

/** A test that only ever warns holds nothing back, unless warnings are failures. */
function canFail(graph: Graph, { nodeId, onlyWarns }: Step, warnError: boolean): boolean {
  const node = graph.nodes.get(nodeId);
  if (node?.resource_type !== 'test' || onlyWarns) return false;
  return warnError || String(node.config.severity).toLowerCase() !== 'warn';
}

/** Whether a node keeps data that tests may stand against. */
function isKept(node: GraphNode | undefined): node is ModelNode | SnapshotNode {
  return node?.resource_type === 'model' || node?.resource_type === 'snapshot';
}

const publications = ['after_tests', 'before_tests'];

/** What `publish:` says; without it, models of the layer gold wait for their tests, except in a project of dbt's. */
export function publishesAfterTests(node: ModelNode | SnapshotNode, { project }: Graph): boolean {
  const { publish } = node.config;
  if (publications.includes(String(publish))) return publish === 'after_tests';
  return !isOfDbt(project.settings) && node.resource_type === 'model' && node.layer === 'gold';
}

/** What means nothing is told, whether a test stands against the node or not. */
function checkPublish(node: ModelNode | SnapshotNode, { project }: Graph): void {
  const { config, name, resource_type: type } = node;
  const { publish = null } = config;
  // In a project of dbt's, whoever wrote it may have meant something of their own.
  if (publish === null || publications.includes(String(publish)) || isOfDbt(project.settings)) return;
  const hint = didYouMeanHint(String(publish), publications) ?? `Known: ${publications.join(', ')}`;
  const message = `'publish' of ${type} '${name}' is ${JSON.stringify(publish)}, which means nothing`;
  throw new Problem(error('plan/publish', message, { span: settingPlace(node, 'publish'), hint }));
}
