import {
  type AcceptedBreak,
  type AffectedNode,
  type ChangeReason,
  type Diagnostic,
  type GraphNode,
  hasOwnCode,
  isTest,
  isTestType,
  type NodeChange,
  type ProjectChanges,
} from '../../core/index.ts';
import { readAccepted, readAcceptedOfRemoved } from './accepted.ts';
import { type Effect, furthest, isNoEffect, joinEffects, noEffect, originsOf } from './effect.ts';
import { changedMacros } from './macros.ts';
import { compareNode, type OwnChange } from './own-change.ts';
import { type Comparison, sameIngredients } from './own-code.ts';
import { findTestChanges } from './own-tests.ts';
import { inheritedEffect } from './reach.ts';
import { type ChangeSide, openSide, type Side } from './side.ts';

/** What was found between two states of a project. */
export interface FoundChanges {
  readonly changes: ProjectChanges;
  /** Tests and unit tests of the head that are new or another, in the order of the graph. */
  readonly tests: readonly string[];
  /** Of `accept_breaking:`. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Compares two states of a project by meaning: nodes by what their SQL makes of what it reads, and what follows from
 * that for those who read them, column by column. Nothing is asked of a warehouse.
 *
 * @param today the day on which breaks are accepted or not: `YYYY-MM-DD`.
 */
export function findChanges(base: ChangeSide, head: ChangeSide, today: string): Promise<FoundChanges> {
  return compareSides(openSide(base), openSide(head), today);
}

/** As `findChanges`, of states that are open. */
export async function compareSides(base: Side, head: Side, today: string): Promise<FoundChanges> {
  const macros = changedMacros(base.graph.project, head.graph.project, head.dialect?.name);
  const renames = new Map<string, ReadonlyMap<string, string>>();
  const comparison: Comparison = { base, head, macros, renames };
  const tests = await findTestChanges(comparison);
  const diagnostics: Diagnostic[] = [];
  const nodes = new Map<string, NodeChange>();
  const affected = new Map<string, AffectedNode>();
  const effects = new Map<string, Effect>();
  const own = new Map<string, Effect>();

  for (const id of head.graph.order) {
    const node = head.graph.nodes.get(id);
    if (!node) continue;
    const before = base.graph.nodes.get(id);
    const itself = isTest(node) ? undefined : before ? await compareNode(before, node, comparison) : added(node);
    const reasons = [...(itself?.reasons ?? []), ...(tests.reasons.get(id) ?? [])];
    const ofClass = furthest(reasons.map((reason) => reason.class));
    if (itself && reasons.length > 0) {
      const { accepted, diagnostics: problems } = readAccepted(node, today);
      diagnostics.push(...problems);
      nodes.set(id, changeOf(node, { ...itself, reasons }, before ? 'modified' : 'added', accepted));
    } else if (itself) diagnostics.push(...readAccepted(node, today).diagnostics);
    if (!before && !isTest(node)) continue;
    if (itself) {
      own.set(id, itself.effect);
      renames.set(id, renamesOf(itself, head));
    }
    // What a unit test's model reads is given; the model's own code is what is tested.
    const parents = parentEffects(node, head, node.resource_type === 'unit_test' ? own : effects);
    const inherited =
      parents.size > 0
        ? await inheritedEffect(node, parents, comparison, isSaidAsBefore(before, node, comparison))
        : noEffect;
    const total = joinEffects([itself?.effect ?? noEffect, inherited]);
    if (!isNoEffect(total)) effects.set(id, total);
    if (ofClass === 'none' && isFelt(node, inherited)) affected.set(id, affectedBy(node, inherited));
  }
  for (const [id, node] of base.graph.nodes) {
    if (head.graph.nodes.has(id) || isTest(node)) continue;
    const { accepted, diagnostics: problems } = readAcceptedOfRemoved(node, head.graph.project.settings.raw, today);
    diagnostics.push(...problems);
    nodes.set(id, changeOf(node, await removed(node, base, head), 'removed', accepted));
  }
  const through = (id: string): readonly string[] =>
    (head.graph.parents.get(id) ?? []).filter((parent) => nodes.has(parent) || affected.has(parent));
  return {
    changes: {
      nodes: [...nodes.values()].map((node) => ({ ...node, through: through(node.id) })),
      affected: [...affected.values()].map((node) => ({ ...node, through: through(node.id) })),
    },
    tests: tests.changed,
    diagnostics,
  };
}

function renamesOf({ columns }: OwnChange, { columnKey }: Side): ReadonlyMap<string, string> {
  const renamed = columns.filter(({ kind }) => kind === 'renamed');
  return new Map(renamed.map(({ name, from = name }) => [columnKey(name), columnKey(from)]));
}

function isSaidAsBefore(before: GraphNode | undefined, node: GraphNode, comparison: Comparison): boolean {
  if (!before || !hasOwnCode(before) || !hasOwnCode(node)) return true;
  return sameIngredients(before, node, comparison);
}

function parentEffects(
  node: GraphNode,
  { graph }: Side,
  effects: ReadonlyMap<string, Effect>,
): ReadonlyMap<string, Effect> {
  const found = (graph.parents.get(node.unique_id) ?? []).flatMap((id): [string, Effect][] => {
    const effect = effects.get(id);
    return effect && !isNoEffect(effect) ? [[id, effect]] : [];
  });
  return new Map(found);
}

/** New columns are no news for those who name what they read. */
function isFelt(node: GraphNode, effect: Effect): boolean {
  if (effect.class === 'none') return false;
  return effect.class !== 'additive' || (hasOwnCode(node) && node.resource_type !== 'test');
}

function affectedBy(node: GraphNode, effect: Effect): AffectedNode {
  return {
    ...titleOf(node),
    class: effect.class as AffectedNode['class'],
    by: [...originsOf(effect)].map(([id, columns]) => ({ id, columns: [...(columns ?? [])] })),
    through: [],
  };
}

const titleOf = (node: GraphNode) => ({
  id: node.unique_id,
  name: node.name,
  resourceType: node.resource_type,
  file: node.origin.definition.file,
});

function changeOf(
  node: GraphNode,
  { reasons, columns, understood }: Omit<OwnChange, 'effect'>,
  change: NodeChange['change'],
  accepted: AcceptedBreak | undefined,
): NodeChange {
  return {
    ...titleOf(node),
    change,
    class: furthest(reasons.map((reason) => reason.class)),
    reasons,
    columns,
    understood,
    ...(accepted ? { accepted } : {}),
  };
}

function added(node: GraphNode): OwnChange {
  const reason: ChangeReason = {
    part: node.resource_type === 'operation' ? 'hook' : 'node',
    class: node.resource_type === 'operation' ? 'rows' : leavesData(node) ? 'additive' : 'none',
    text: 'It is new',
    span: node.origin.definition,
  };
  return { reasons: [reason], columns: [], understood: true, effect: noEffect };
}

const leavesData = ({ resource_type: type }: GraphNode): boolean => type !== 'analysis' && type !== 'exposure';

async function removed(node: GraphNode, base: Side, head: Side): Promise<OwnChange> {
  const isDisabled = head.graph.project.disabled.has(node.unique_id);
  const readers = (base.graph.children.get(node.unique_id) ?? []).filter((id) => {
    const type = base.graph.nodes.get(id)?.resource_type;
    return !isTestType(type) && head.graph.nodes.has(id);
  });
  const isPublic = node.resource_type === 'model' && node.access === 'public';
  const names = readers.map((id) => base.graph.nodes.get(id)?.name ?? id).slice(0, 3);
  const who =
    readers.length > 0
      ? `; ${names.join(', ')}${readers.length > 3 ? ' and more' : ''} read it`
      : isPublic
        ? '; it was public'
        : '';
  const reason: ChangeReason = {
    part: node.resource_type === 'operation' ? 'hook' : 'node',
    class: readers.length > 0 || isPublic ? 'breaking' : leavesData(node) ? 'rows' : 'none',
    text: `It is ${isDisabled ? 'disabled' : 'gone'}${who}`,
  };
  return { reasons: [reason], columns: [], understood: true, effect: noEffect };
}
