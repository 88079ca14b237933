import { type Dialect, precedence } from '../dialect.ts';
import type { Expression } from '../tree.ts';

/** What stands behind its operand without an operator's weight: casts, subscripts, paths, members. */
export const POSTFIX = 16;
/** What holds together by itself. */
export const ATOM = 17;

/** How tightly an operator binds in a dialect; what the dialect does not have binds as elsewhere. */
export function operatorBinding(dialect: Dialect, operator: string): number {
  const known: Readonly<Record<string, number | undefined>> = dialect.syntax.operators;
  return known[operator] ?? fallback(operator);
}

function fallback(operator: string): number {
  if (operator in precedence) return precedence[operator as keyof typeof precedence];
  if (operator === '+' || operator === '-') return precedence.additive;
  if (operator === '*' || operator === '/' || operator === '%' || operator === '//') return precedence.multiplicative;
  if (operator === '^' || operator === '**') return precedence.power;
  if (/^[<>=!]+$/.test(operator)) return precedence.comparison;
  return /^[a-z]/.test(operator) ? precedence.matching : precedence.symbols;
}

/** How tightly an expression holds together: less than a place asks for means parentheses. */
export function bindingOf(node: Expression, dialect: Dialect): number {
  switch (node.kind) {
    case 'lambda':
      return precedence.lambda;
    case 'logical':
    case 'binary':
    case 'quantified':
      return operatorBinding(dialect, node.operator);
    case 'unary':
      return unaryBinding(node.operator);
    case 'is':
      return precedence.is;
    case 'between':
    case 'in':
    case 'like':
      return precedence.matching;
    case 'at-time-zone':
      return precedence.zone;
    case 'collate':
      return precedence.collate;
    case 'number':
      return node.text.startsWith('-') ? precedence.sign : ATOM;
    case 'interval':
      return POSTFIX;
    case 'path':
    case 'subscript':
    case 'field':
      return POSTFIX;
    case 'cast':
      return node.syntax === '::' ? POSTFIX : ATOM;
    case 'call':
      return node.syntax === 'method' ? POSTFIX : ATOM;
    default:
      return ATOM;
  }
}

function unaryBinding(operator: string): number {
  if (operator === '!') return POSTFIX;
  // What these stand before may hold sums and products.
  return operator === '@' || operator === '~' ? precedence.symbols : unaryLevel(operator);
}

/** How tightly the operand of a sign or word before it has to hold together. */
export function unaryLevel(operator: string): number {
  if (operator === 'not') return precedence.not;
  return operator === '@' || operator === '~' ? precedence.symbols + 1 : precedence.sign;
}

/** What stands first inside an expression without a mark of its own before it: chains of operators are deep there. */
export function leftOperand(node: Expression): Expression | undefined {
  switch (node.kind) {
    case 'binary':
    case 'quantified':
      return node.left;
    case 'is':
    case 'between':
    case 'in':
    case 'like':
    case 'at-time-zone':
    case 'collate':
    case 'path':
    case 'subscript':
    case 'field':
      return node.operand;
    case 'cast':
      return node.syntax === '::' ? node.operand : undefined;
    case 'unary':
      return node.operator === '!' ? node.operand : undefined;
    default:
      return undefined;
  }
}

/** How tightly the left operand of an expression has to hold together. */
export function leftMinimum(node: Expression, dialect: Dialect): number {
  const own = bindingOf(node, dialect);
  if (node.kind === 'binary' && own === precedence.comparison && !dialect.syntax.comparisonChains) return own + 1;
  return own;
}
