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
import { want } from './coercion.ts';
import { argumentsOf, type FunctionRules, refuseCall } from './functions.ts';
import { macro } from './macro.ts';
import { existsInside } from './semi-structured.ts';

/** docs.snowflake.com/en/sql-reference/expressions-conditional */
export const conditionals: FunctionRules = {
  iff: (node, translation) => {
    const [condition, then, otherwise] = argumentsOf(node, translation);
    if (!condition || !then || !otherwise) return refuseCall(node, translation);
    const made = want(condition, 'boolean', translation);
    return conditional([branch(made, translation.expression(then))], translation.expression(otherwise));
  },
  coalesce: firstValue,
  nvl: firstValue,
  ifnull: firstValue,
  nvl2: (node, translation) => {
    const [value, then, otherwise] = argumentsOf(node, translation);
    if (!value || !then || !otherwise) return refuseCall(node, translation);
    const isThere = existsInside(value, translation) ?? isNull(translation.expression(value), true);
    return conditional([branch(isThere, translation.expression(then))], translation.expression(otherwise));
  },
  nullif: (node, translation) => {
    const [value, other] = translation.expressions(argumentsOf(node, translation));
    return value && other ? call('nullif', value, other) : refuseCall(node, translation);
  },
  // NULL is equal to NULL here.
  decode: (node, translation) => {
    const [value, ...rest] = translation.expressions(argumentsOf(node, translation));
    if (!value || rest.length < 2) return refuseCall(node, translation);
    const pairs = Array.from({ length: Math.floor(rest.length / 2) }, (_, index) =>
      branch(isDistinct(value, rest[index * 2]!, true), rest[index * 2 + 1]!),
    );
    return conditional(pairs, rest.length % 2 === 1 ? rest.at(-1) : undefined);
  },
  equal_null: (node, translation) => {
    const [left, right] = translation.expressions(argumentsOf(node, translation));
    return left && right ? isDistinct(left, right, true) : refuseCall(node, translation);
  },
  greatest: (node, translation) => extreme(node, 'greatest', translation),
  least: (node, translation) => extreme(node, 'least', translation),
  greatest_ignore_nulls: (node, translation) =>
    call('greatest', ...translation.expressions(argumentsOf(node, translation))),
  least_ignore_nulls: (node, translation) => call('least', ...translation.expressions(argumentsOf(node, translation))),
  booland: (node, translation) => logical('and', ...truths(node, translation)),
  boolor: (node, translation) => logical('or', ...truths(node, translation)),
  boolnot: (node, translation) => not(truths(node, translation)[0] ?? nothing),
  boolxor: (node, translation) => {
    const [left, right] = truths(node, translation);
    return left && right ? binary(left, '<>', right) : refuseCall(node, translation);
  },
};

function truths(node: Call, translation: Translation): Expression[] {
  return argumentsOf(node, translation).map((value) => want(value, 'boolean', translation));
}

/** JSON's null inside a VARIANT is a value here, though it is NULL once it is taken out. */
function firstValue(node: Call, translation: Translation): Expression {
  const values = argumentsOf(node, translation);
  if (values.length === 0) return refuseCall(node, translation);
  const known = values.map((value) => existsInside(value, translation));
  const made = translation.expressions(values);
  if (known.slice(0, -1).every((exists) => exists === undefined)) return call('coalesce', ...made);
  const branches = made.slice(0, -1).map((value, index) => branch(known[index] ?? isNull(value, true), value));
  return conditional(branches, made.at(-1));
}

/** NULL if one of them is, where DuckDB's own function leaves NULL out. */
function extreme(node: Call, called: 'greatest' | 'least', translation: Translation): Expression {
  const made = translation.expressions(argumentsOf(node, translation));
  if (made.length === 0) return refuseCall(node, translation);
  if (!made.every(isPlain)) return macro(`snowflake_${called}`, list(...made));
  const missing = logical('or', ...made.map((value) => isNull(value)));
  return conditional([branch(missing, nothing)], call(called, ...made));
}

/** Whether an expression may be written twice. */
const isPlain = ({ kind }: Expression): boolean =>
  kind === 'column' || kind === 'number' || kind === 'string' || kind === 'null';
