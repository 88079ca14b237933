import type { Typed, TypedOperator } from './rules.ts';
import { booleanType, isUnknown, nullType, type SqlType, unknownType } from './type.ts';

const truths = new Set<TypedOperator>(['=', '==', '<>', '!=', '<', '<=', '>', '>=', '<=>', 'and', 'or', 'xor', 'not']);

/**
 * The type of `left operator right`, or of a unary `operator left` when `right` is undefined.
 *
 * @returns `unknown` if it cannot be told, undefined if the warehouse refuses the types for certain.
 */
export function typeOfOperator(
  dialect: Typed,
  operator: TypedOperator,
  left: SqlType,
  right?: SqlType,
): SqlType | undefined {
  const operands = right ? [left, right] : [left];
  if (operands.some(isUnknown)) return truths.has(operator) ? booleanType : unknownType;
  if (operands.every((type) => type.kind === 'null')) return truths.has(operator) ? booleanType : nullType;
  if (operands.some((type) => type.kind === 'null')) return truths.has(operator) ? booleanType : unknownType;
  return dialect.types.operator(operator, left, right);
}
