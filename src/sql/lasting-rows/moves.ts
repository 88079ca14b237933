import type { Expression, SelectItem } from '../tree.ts';
import { children, holds, type SyntaxNode } from '../visit.ts';
import { type Around, keyOf, type Move, type Moving, reads } from './tables.ts';

/** What an expression sees. */
export interface Seen extends Around {
  readonly moving: Moving;
  /** Whether an aggregate is of groups that may grow. */
  readonly groups: boolean;
}

/** The columns of a SELECT that move. */
export function outputOf(items: readonly SelectItem[], seen: Seen): Moving {
  const found = new Map<string, Move>();
  for (const { expression, alias } of items) {
    if (expression.kind === 'star') {
      for (const [key, move] of seen.moving) found.set(key, move);
      for (const { to } of seen.moving.size > 0 ? expression.rename : []) found.set(keyOf(to, seen), 'any');
    }
    const move = moveOf(expression, seen);
    const name = alias ?? (expression.kind === 'column' ? expression.parts.at(-1) : undefined);
    if (move && name) found.set(keyOf(name, seen), move);
    else if (move && expression.kind !== 'star') found.set(`${found.size} without a name`, move);
  }
  return found;
}

/** How a value moves; undefined: it stays. */
function moveOf(expression: SyntaxNode, seen: Seen): Move | undefined {
  if (expression.kind === 'column') {
    if (expression.outer) return 'any';
    // A part that is no column's may be a member of one.
    return expression.parts.map((part) => seen.moving.get(keyOf(part, seen))).find((move) => move !== undefined);
  }
  if (expression.kind === 'parenthesized') return moveOf(expression.expression, seen);
  if (isCount(expression) && seen.groups) return children(expression).every(isPlain(seen)) ? 'up' : 'any';
  const isMoving = holds(
    expression,
    (node) =>
      reads(node, seen) ||
      (node.kind === 'positional-column' && seen.moving.size > 0) ||
      (node.kind === 'call' && (node.over !== undefined || (seen.groups && isAggregate(node, seen)))) ||
      (node.kind === 'column' && moveOf(node, seen) !== undefined),
  );
  return isMoving ? 'any' : undefined;
}

const isPlain =
  (seen: Seen) =>
  (node: SyntaxNode): boolean =>
    moveOf(node, { ...seen, groups: false }) === undefined;

function stays(condition: Expression, seen: Seen): boolean {
  if (condition.kind === 'parenthesized') return stays(condition.expression, seen);
  if (condition.kind === 'logical' && condition.operator !== 'xor') {
    return condition.operands.every((operand) => stays(operand, seen));
  }
  if (condition.kind === 'binary') {
    const { operator, left, right } = condition;
    const [more, less] = operator.startsWith('<') ? [right, left] : [left, right];
    const isOrder = operator === '<' || operator === '<=' || operator === '>' || operator === '>=';
    if (isOrder && moveOf(more, seen) === 'up') return moveOf(less, seen) === undefined;
  }
  return moveOf(condition, seen) === undefined;
}

const isCount = (node: SyntaxNode): boolean =>
  node.kind === 'call' &&
  node.over === undefined &&
  node.name.parts.map(({ text }) => text.toLowerCase()).join() === 'count';

function isAggregate(node: SyntaxNode, { dialect }: Around): boolean {
  if (node.kind !== 'call' || node.over !== undefined) return false;
  const found = dialect.functions.find(node.name.parts.at(-1)?.text ?? '');
  // One that nobody knows may be the user's own aggregate.
  return found === undefined || found.kinds.has('aggregate');
}

/** Whether it makes one value of several rows. */
export const aggregates = (item: SelectItem, around: Around): boolean =>
  holds(item, (node) => isAggregate(node, around));

/** Whether groups that are made by it stay what they are. */
export const isKey = (node: SyntaxNode, seen: Seen): boolean =>
  node.kind !== 'grouping' && (node.kind !== 'star' || seen.moving.size === 0) && isPlain(seen)(node);

/** Whether what a clause chooses goes on being chosen. */
export const chooses =
  (seen: Seen) =>
  (condition: Expression | undefined): boolean =>
    condition === undefined || stays(condition, seen);
