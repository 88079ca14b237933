import {
  type ChangeReason,
  type ColumnChange,
  type GraphNode,
  hasOwnCode,
  type Node,
  sameJson,
} from '../../core/index.ts';
import { type Effect, furthest, noEffect, type Origins } from './effect.ts';
import { differs, type MeaningDifference, sameMeaning } from './meaning.ts';
import { type Comparison, compareCode, sameIngredients, sameText } from './own-code.ts';
import { type ColumnFindings, changedSpan, findColumnChanges } from './own-columns.ts';
import { compareConfig } from './own-config.ts';
import { compareContract } from './own-contract.ts';
import { compareDefinition, compareSource } from './own-definition.ts';
import { compareSeed } from './own-seed.ts';

/** What is other in a node itself, whatever it reads. */
export interface OwnChange {
  readonly reasons: readonly ChangeReason[];
  readonly columns: readonly ColumnChange[];
  readonly understood: boolean;
  /** What of its data can be other because of that. */
  readonly effect: Effect;
}

/** Compares a node that both states have. */
export async function compareNode(before: GraphNode, after: GraphNode, comparison: Comparison): Promise<OwnChange> {
  const { base, head } = comparison;
  if (after.resource_type === 'source' && before.resource_type === 'source') {
    const { reasons, difference } = compareSource(before, after);
    return withColumns(after, reasons, await declared(after, difference, comparison), true, comparison);
  }
  if (after.resource_type === 'seed' && before.resource_type === 'seed') {
    const config = compareConfig(before, after, base, head, comparison.macros);
    const found = compareSeed(before, after, head.columnKey, base.hasFiles !== false);
    const difference = await declared(after, found?.difference ?? sameMeaning, comparison);
    return withColumns(
      after,
      [...(found?.reasons ?? []), ...config],
      difference,
      found?.understood ?? true,
      comparison,
    );
  }
  if (!hasOwnCode(after) || !hasOwnCode(before)) {
    const reasons = compareDefinition(before, after);
    return { reasons, columns: [], understood: true, effect: effectOf(after, reasons, sameMeaning, [], comparison) };
  }
  return compareCodeNode(before, after, comparison);
}

async function compareCodeNode(before: Node, after: Node, comparison: Comparison): Promise<OwnChange> {
  const { base, head, macros } = comparison;
  const code = await codeChange(before, after, comparison);
  const contract = compareContract(before, after);
  if (after.resource_type === 'analysis' || after.resource_type === 'operation') {
    // Nobody reads an analysis; what a hook of the project does, nobody can tell.
    const text =
      after.resource_type === 'operation' ? 'A hook of the project does something else' : 'Its SQL is another';
    const part = after.resource_type === 'operation' ? 'hook' : 'sql';
    const isOther = code.difference !== undefined && (!code.understood || differs(code.difference));
    const reason: ChangeReason = {
      part,
      class: part === 'hook' ? 'rows' : 'none',
      text,
      span: after.origin.definition,
    };
    return { reasons: isOther ? [reason] : [], columns: [], understood: code.understood, effect: noEffect };
  }
  const signature =
    after.resource_type === 'function' &&
    before.resource_type === 'function' &&
    !sameJson([before.arguments, before.returns], [after.arguments, after.returns]);
  const reasons: ChangeReason[] = [
    ...code.reasons,
    ...(signature
      ? [
          {
            part: 'node',
            class: 'rows',
            text: 'It takes or gives something else',
            span: after.origin.definition,
          } as const,
        ]
      : []),
    ...contract,
    ...compareConfig(before, after, base, head, macros),
  ];
  return withColumns(after, reasons, code.difference ?? sameMeaning, code.understood, comparison);
}

interface CodeChange {
  readonly reasons: readonly ChangeReason[];
  /** Undefined: the code is the same. */
  readonly difference?: MeaningDifference | undefined;
  readonly understood: boolean;
}

const noChange: CodeChange = { reasons: [], understood: true };

async function codeChange(before: Node, after: Node, comparison: Comparison): Promise<CodeChange> {
  if (sameIngredients(before, after, comparison)) return noChange;
  const found = await compareCode(before, after, comparison);
  const span = changedSpan(before.raw_code, after.raw_code, after.origin.definition);
  const { part, what } = causeOf(before, after, comparison);
  if (found.kind === 'same') return noChange;
  if (found.kind === 'unknown') {
    if (sameText(before, after, comparison)) return noChange;
    const text = `${what}, and nobody can tell what that does`;
    const difference = { ...sameMeaning, rows: true, unlisted: true };
    return { reasons: [{ part, class: 'rows', text, span }], difference, understood: false };
  }
  const { difference } = found;
  const reasons: ChangeReason[] = [];
  if (difference.rows) reasons.push({ part, class: 'rows', text: `${what}: other rows may come out`, span });
  if (difference.unlisted) {
    const text = `${what}: columns that cannot be listed may have other values`;
    reasons.push({ part, class: 'values', text, span });
  }
  if (!differs(difference) && difference.reordered) {
    reasons.push({ part, class: 'none', text: `${what}: columns or rows come in another order`, span });
  }
  return { reasons, difference, understood: true };
}

/** Which of the things that make a node's SQL is another. */
function causeOf(
  before: Node,
  after: Node,
  { head, macros }: Comparison,
): { readonly part: ChangeReason['part']; readonly what: string } {
  const isForeign = (name: string): boolean => name !== head.graph.project.name;
  if (before.raw_code !== after.raw_code) {
    if (isForeign(after.package_name))
      return { part: 'package', what: `The package ${after.package_name} has other SQL` };
    return { part: 'sql', what: 'Its SQL is another' };
  }
  const called = macros.calledBy(after, before);
  const [macro] = called;
  if (macro !== undefined) {
    const [, owner = '', name = ''] = macro.split('.');
    const what = `The macro ${name} gives other SQL`;
    return isForeign(owner) ? { part: 'package', what } : { part: 'macro', what };
  }
  if (!sameJson(before.depends_on.nodes, after.depends_on.nodes)) return { part: 'sql', what: 'It reads other nodes' };
  return { part: 'variable', what: 'A variable or a setting gives other SQL' };
}

/** Columns that are declared and not worked out: their names and types are all there is. */
async function declared(
  node: GraphNode,
  difference: MeaningDifference,
  { base, head }: Comparison,
): Promise<MeaningDifference> {
  const [then, now] = [await base.analyze(node.unique_id), await head.analyze(node.unique_id)];
  if (!then.complete || !now.complete) return difference;
  const keys = (columns: typeof then.columns): string[] => columns.map(({ name }) => head.columnKey(name));
  const [before, after] = [keys(then.columns), keys(now.columns)];
  return {
    ...difference,
    added: after.filter((key) => !before.includes(key)),
    removed: before.filter((key) => !after.includes(key)),
  };
}

async function withColumns(
  node: GraphNode,
  reasons: readonly ChangeReason[],
  difference: MeaningDifference,
  understood: boolean,
  comparison: Comparison,
): Promise<OwnChange> {
  const isDeclared = node.resource_type === 'source' || node.resource_type === 'seed';
  const none: ColumnFindings = { columns: [], reasons: [] };
  const found =
    understood && (isDeclared || differs(difference))
      ? await findColumnChanges(node, difference, comparison.base, comparison.head)
      : none;
  const all = [...reasons, ...found.reasons];
  const effect = effectOf(node, all, difference, found.columns, comparison);
  return { reasons: all, columns: found.columns, understood, effect };
}

/** What readers of a node may see of what is other in it. */
function effectOf(
  node: GraphNode,
  reasons: readonly ChangeReason[],
  difference: MeaningDifference,
  columns: readonly ColumnChange[],
  { head }: Pick<Comparison, 'head'>,
): Effect {
  const all: Origins = new Map([[node.unique_id, undefined]]);
  const one = (name: string): Origins => new Map([[node.unique_id, new Set([name])]]);
  const byName = (kinds: readonly ColumnChange['kind'][], nameOf = ({ name }: ColumnChange): string => name) =>
    columns
      .filter(({ kind }) => kinds.includes(kind))
      .map((column) => [head.columnKey(nameOf(column)), one(nameOf(column))] as const);
  const others = reasons.filter(({ part }) => part !== 'column' && part !== 'contract');
  const has = (wanted: ChangeReason['class']): boolean => others.some((reason) => reason.class === wanted);
  return {
    class: furthest(reasons.map((reason) => reason.class)),
    rows: has('rows') || difference.rows ? all : undefined,
    anything: has('values') || difference.unlisted ? all : undefined,
    order: difference.reordered ? all : undefined,
    columns: new Map(byName(['meaning', 'retyped', 'nullable'])),
    gone: new Map([...byName(['removed']), ...byName(['renamed'], ({ from = '' }) => from)]),
    fresh: new Map(byName(['added', 'renamed'])),
  };
}
