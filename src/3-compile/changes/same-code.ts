import { hasOwnCode } from '../../core/index.ts';
import { changedMacros } from './macros.ts';
import { differs } from './meaning.ts';
import { type Comparison, compareCode, sameText } from './own-code.ts';
import { type ChangeSide, openSide } from './side.ts';

/**
 * Nodes whose code says what it said, though its text, or that of a macro that it calls, is another. Those of which
 * nobody can tell are not among them, nor those of which not a letter is another.
 */
export async function findSameCode(baseState: ChangeSide, headState: ChangeSide): Promise<ReadonlySet<string>> {
  const [base, head] = [openSide(baseState), openSide(headState)];
  const macros = changedMacros(base.graph.project, head.graph.project, undefined);
  const comparison: Comparison = { base, head, macros, renames: new Map() };
  const found = new Set<string>();
  for (const [id, node] of head.graph.nodes) {
    const before = base.graph.nodes.get(id);
    if (!before || !hasOwnCode(before) || !hasOwnCode(node) || node.resource_type === 'seed') continue;
    if (before.raw_code === node.raw_code && macros.calledBy(node, before).length === 0) continue;
    const code = sameText(before, node, comparison) ? undefined : await compareCode(before, node, comparison);
    const isSame = !code || code.kind === 'same' || (code.kind === 'meaning' && !differs(code.difference));
    if (isSame) found.add(id);
  }
  return found;
}
