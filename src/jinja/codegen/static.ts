import type { Expression, Statement, Target } from '../tree.ts';
import { findReads } from './collect.ts';
import type { UnitWriter } from './writer.ts';

/** The objects of all `x.name` in a target. */
export function membersOf(target: Target): Extract<Expression, { kind: 'name' }>[] {
  if (target.kind === 'member') return [target.object];
  return target.kind === 'targets' ? target.items.flatMap(membersOf) : [];
}

/** The plain names in a target. */
export function targetNames(target: Target): string[] {
  if (target.kind === 'name') return [target.name];
  return target.kind === 'targets' ? target.items.flatMap(targetNames) : [];
}

/** Fails where a target would overwrite `loop`. */
export function checkLoopTarget(target: Target, unit: UnitWriter): void {
  if (targetNames(target).includes('loop')) {
    unit.fail("Can't assign to special loop variable in for-loop target", target, 'TemplateAssertionError');
  }
}

/** Fails where a loop body sets its own `loop`. */
export function checkLoopAssignments(body: readonly Statement[], unit: UnitWriter): void {
  for (const node of body) {
    if (node.kind === 'set' || node.kind === 'set-block') checkLoopTarget(node.target, unit);
    if (node.kind === 'if') {
      for (const branch of node.branches) checkLoopAssignments(branch.body, unit);
      checkLoopAssignments(node.otherwise, unit);
    }
  }
}

/** What a body reads of its `loop`: attribute names, and '*' where the object itself is used. */
export function loopReads(body: readonly Statement[]): Set<string> {
  const uses = new Set<string>();
  findReads(body, 'loop', (parent) => uses.add(parent?.kind === 'attribute' ? parent.name : '*'));
  return uses;
}

/** Whether Jinja folds the expression before rendering: nothing in it depends on names or calls. */
export function isConstant(node: Expression): boolean {
  switch (node.kind) {
    case 'constant':
      return true;
    case 'list':
    case 'tuple':
      return node.items.every(isConstant);
    case 'dict':
      return node.pairs.every(({ key, value }) => isConstant(key) && isConstant(value));
    case 'unary':
      return isConstant(node.operand);
    case 'binary':
    case 'logic':
      return isConstant(node.left) && isConstant(node.right);
    case 'concat':
      return node.parts.every(isConstant);
    case 'compare':
      return isConstant(node.first) && node.rest.every(({ right }) => isConstant(right));
    case 'conditional':
      return (
        isConstant(node.test) && isConstant(node.then) && (node.otherwise === undefined || isConstant(node.otherwise))
      );
    case 'item':
      return isConstant(node.object) && isConstant(node.index);
    case 'filter':
    case 'test':
      return node.value !== undefined && isConstant(node.value) && node.args.positional.every(isConstant);
    default:
      return false;
  }
}
