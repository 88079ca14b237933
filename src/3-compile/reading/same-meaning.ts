import type { Expression } from '../../sql/index.ts';
import { hashOf } from './relation.ts';

/**
 * One form for expressions that always mean the same: parentheses, the order of conditions and of what is compared,
 * operators and casts that are written in two ways. Undefined for all others.
 *
 * @param dataOf what the parts say.
 */
export function sameMeaning(node: object, dataOf: (part: unknown) => unknown): unknown {
  const expression = node as Expression;
  switch (expression.kind) {
    case 'parenthesized':
      return dataOf(expression.expression);
    case 'logical': {
      const { operator } = expression;
      if (operator === 'xor') return undefined;
      return [operator, sorted(operandsOf(expression, operator).map(dataOf))];
    }
    case 'binary': {
      const operator = spelled[expression.operator] ?? expression.operator;
      const sides = [dataOf(expression.left), dataOf(expression.right)];
      const turned = turnedRound[operator];
      if (turned !== undefined) return ['binary', turned, sides.toReversed()];
      return ['binary', operator, symmetric.has(operator) ? sorted(sides) : sides];
    }
    case 'cast': {
      const { syntax, operand, type, format, modifiers } = expression;
      return ['cast', syntax === 'try_cast', dataOf(operand), dataOf([type, format, modifiers])];
    }
    default:
      return undefined;
  }
}

const spelled: Readonly<Record<string, string>> = { '!=': '<>', '==': '=' };
const turnedRound: Readonly<Record<string, string>> = { '>': '<', '>=': '<=' };
const symmetric: ReadonlySet<string> = new Set(['=', '<>']);

/** `a and (b and c)` has three operands. */
function operandsOf(expression: Expression, operator: 'and' | 'or'): readonly Expression[] {
  if (expression.kind === 'parenthesized') return operandsOf(expression.expression, operator);
  if (expression.kind !== 'logical' || expression.operator !== operator) return [expression];
  return expression.operands.flatMap((operand) => operandsOf(operand, operator));
}

const sorted = (parts: readonly unknown[]): readonly string[] => parts.map((part) => hashOf(part)).sort();
