import { type CodeVersions, createCodeVersions } from '../../3-compile/index.ts';
import { type AssetState, changesSince, type Plan, type PlanDocument, planDocument } from '../../4-plan/index.ts';
import type { Call } from '../../cli/engine/call.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import { type Diagnostic, error, hasOwnCode, type KeySet, stepId } from '../../core/index.ts';
import { requestOf } from './plan-file.ts';

interface Known {
  readonly states: ReadonlyMap<string, AssetState>;
  readonly keys: ReadonlyMap<string, KeySet>;
  /** Files with compiled SQL, by the id of their node. */
  readonly compiled: ReadonlyMap<string, string>;
  /** What steps would send, by `stepId`. */
  readonly statements: ReadonlyMap<string, readonly string[]>;
  readonly versionOf: CodeVersions;
}

/** What has changed since a plan was made, told before anything is done. */
export async function planChanges(
  before: PlanDocument,
  plan: Plan,
  loaded: Loaded,
  call: Call,
  known: Pick<Known, 'states' | 'keys'>,
): Promise<readonly Diagnostic[]> {
  const now = await documentOf(plan, loaded, call, {
    ...known,
    compiled: new Map(),
    statements: new Map(),
    versionOf: createCodeVersions(loaded),
  });
  const hint = 'Make a new plan: ingot plan --output json > plan.json';
  return changesSince(before, now, loaded.graph).map((change) => error('plan/changed', change, { hint }));
}

/** A plan with what it rests on. */
export async function documentOf(
  plan: Plan,
  { graph, environment }: Loaded,
  call: Call,
  known: Known,
): Promise<PlanDocument> {
  const codes = new Map<string, string>();
  for (const { nodeId } of plan.steps) {
    const node = graph.nodes.get(nodeId);
    if (node && hasOwnCode(node) && !codes.has(nodeId)) codes.set(nodeId, await known.versionOf(nodeId));
  }
  return planDocument(plan, {
    graph,
    keys: known.keys,
    target: environment.target.name,
    request: requestOf(call),
    codeOf: (id) => codes.get(id) ?? null,
    stateOf: (id) => known.states.get(id),
    compiledOf: (id) => known.compiled.get(id) ?? null,
    statementsOf: (step) => known.statements.get(stepId(step)) ?? null,
  });
}
