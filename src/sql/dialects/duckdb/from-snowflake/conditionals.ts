import {
  binary,
  branch,
  call,
  conditional,
  isDistinct,
  isNull,
  list,
  logical,
  not,
  nothing,
} from '../../../translate/build.ts';
import type { Translation } from '../../../translate/translation.ts';
import type { Call, Expression } from '../../../tree.ts';
import { comparable, comparableWithNull, want } from './coercion.ts';
import { argumentsOf, type FunctionRules, refuseCall } from './functions.ts';
import { macro } from './macro.ts';
import { withSharedScale } from './shared-scale.ts';

/** docs.snowflake.com/en/sql-reference/expressions-conditional */
export const conditionals: FunctionRules = {
  iff: (node, translation) => {
    const [condition, then, otherwise] = argumentsOf(node, translation);
    if (!condition || !then || !otherwise) return refuseCall(node, translation);
    const made = want(condition, 'boolean', translation);
    const [first, second] = withSharedScale([then, otherwise], translation);
    return conditional([branch(made, first!)], second);
  },
  coalesce: firstValue,
  nvl: firstValue,
  ifnull: firstValue,
  nvl2: (node, translation) => {
    const [value, then, otherwise] = argumentsOf(node, translation);
    if (!value || !then || !otherwise) return refuseCall(node, translation);
    const isThere = isNull(translation.expression(value), true);
    const [first, second] = withSharedScale([then, otherwise], translation);
    return conditional([branch(isThere, first!)], second);
  },
  nullif: (node, translation) => {
    const [value, other] = argumentsOf(node, translation);
    if (!value || !other) return refuseCall(node, translation);
    const kept = translation.expression(value);
    const [left, right] = [comparable(value, translation), comparable(other, translation)];
    return left === kept ? call('nullif', left, right) : conditional([branch(binary(left, '=', right), nothing)], kept);
  },
  // NULL is equal to NULL here.
  decode: (node, translation) => {
    const [value, ...rest] = argumentsOf(node, translation);
    if (!value || rest.length < 2) return refuseCall(node, translation);
    const count = Math.floor(rest.length / 2);
    const results = withSharedScale(
      rest.filter((_, index) => index % 2 === 1 || index === count * 2),
      translation,
    );
    const pairs = results.slice(0, count);
    return conditional(
      pairs.map((result, index) => branch(same(value, rest[index * 2]!, translation), result)),
      results[count],
    );
  },
  equal_null: (node, translation) => {
    const [left, right] = argumentsOf(node, translation);
    return left && right ? same(left, right, translation) : refuseCall(node, translation);
  },
  greatest: (node, translation) => extreme(node, 'greatest', translation),
  least: (node, translation) => extreme(node, 'least', translation),
  greatest_ignore_nulls: (node, translation) =>
    call('greatest', ...withSharedScale(argumentsOf(node, translation), translation)),
  least_ignore_nulls: (node, translation) =>
    call('least', ...withSharedScale(argumentsOf(node, translation), translation)),
  booland: (node, translation) => logical('and', ...truths(node, translation)),
  boolor: (node, translation) => logical('or', ...truths(node, translation)),
  boolnot: (node, translation) => not(truths(node, translation)[0] ?? nothing),
  boolxor: (node, translation) => {
    const [left, right] = truths(node, translation);
    return left && right ? binary(left, '<>', right) : refuseCall(node, translation);
  },
};

/** Whether two values are alike, NULL with NULL. */
function same(left: Expression, right: Expression, translation: Translation): Expression {
  const [one, other] = comparableWithNull(left, right, translation);
  return isDistinct(one, other, true);
}

function truths(node: Call, translation: Translation): Expression[] {
  return argumentsOf(node, translation).map((value) => want(value, 'boolean', translation));
}

function firstValue(node: Call, translation: Translation): Expression {
  const values = withSharedScale(argumentsOf(node, translation), translation);
  return values.length === 0 ? refuseCall(node, translation) : call('coalesce', ...values);
}

/** NULL if one of them is, where DuckDB's own function leaves NULL out. */
function extreme(node: Call, called: 'greatest' | 'least', translation: Translation): Expression {
  const made = withSharedScale(argumentsOf(node, translation), translation);
  if (made.length === 0) return refuseCall(node, translation);
  if (!made.every(isPlain)) return macro(`snowflake_${called}`, list(...made));
  const missing = logical('or', ...made.map((value) => isNull(value)));
  return conditional([branch(missing, nothing)], call(called, ...made));
}

/** Whether an expression may be written twice. */
function isPlain(made: Expression): boolean {
  if (made.kind === 'cast') return isPlain(made.operand);
  return made.kind === 'column' || made.kind === 'number' || made.kind === 'string' || made.kind === 'null';
}
