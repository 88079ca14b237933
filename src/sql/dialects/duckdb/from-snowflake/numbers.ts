import { binary, call, cast, number, parenthesized, type } from '../../../translate/build.ts';
import type { Translation } from '../../../translate/translation.ts';
import type { Call, Expression } from '../../../tree.ts';
import { want } from './coercion.ts';
import { truncateDate } from './dates.ts';
import {
  argumentsOf,
  constantNumber,
  constantText,
  type FunctionRule,
  type FunctionRules,
  refuseCall,
  same,
  title,
} from './functions.ts';

/** docs.snowflake.com/en/sql-reference/functions-numeric, and bitwise and random functions */
export const numbers: FunctionRules = {
  abs: same('abs', ['number']),
  sign: same('sign', ['number']),
  mod: same('snowflake_modulo', ['number', 'number']),
  div0: same('snowflake_div0', ['operand', 'operand']),
  div0null: same('snowflake_div0null', ['operand', 'operand']),
  sqrt: same('snowflake_sqrt', ['number']),
  cbrt: same('cbrt', ['float']),
  exp: same('exp', ['float']),
  ln: same('ln', ['float']),
  log: same('snowflake_log', ['float', 'float']),
  power: same('power', ['float', 'float']),
  pow: same('power', ['float', 'float']),
  square: same('snowflake_square', ['float']),
  factorial: same('snowflake_factorial', ['integer']),
  pi: same('pi', []),
  degrees: same('degrees', ['float']),
  radians: same('radians', ['float']),
  ...Object.fromEntries(
    ['sin', 'cos', 'tan', 'cot', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh'].map(
      (called) => [called, same(called, ['float'])] as const,
    ),
  ),
  atan2: same('atan2', ['float', 'float']),
  haversine: same('snowflake_haversine', ['float', 'float', 'float', 'float']),
  width_bucket: same('snowflake_width_bucket', ['number', 'number', 'number', 'integer']),
  bitand: bits('&'),
  bit_and: bits('&'),
  bitor: bits('|'),
  bit_or: bits('|'),
  bitxor: same('xor', ['integer', 'integer']),
  bit_xor: same('xor', ['integer', 'integer']),
  bitnot: inverted,
  bit_not: inverted,
  bitshiftleft: same('snowflake_bit_shift_left', ['integer', 'integer']),
  bit_shiftleft: same('snowflake_bit_shift_left', ['integer', 'integer']),
  bitshiftright: same('snowflake_bit_shift_right', ['integer', 'integer']),
  bit_shiftright: same('snowflake_bit_shift_right', ['integer', 'integer']),
  round: (node, translation) => rounded('round', 'snowflake_round_whole', node, translation),
  ceil: (node, translation) => rounded('ceil', 'snowflake_ceiling', node, translation),
  ceiling: (node, translation) => rounded('ceil', 'snowflake_ceiling', node, translation),
  floor: (node, translation) => rounded('floor', 'snowflake_floor', node, translation),
  trunc: truncated,
  truncate: truncated,
  zeroifnull: (node, translation) => {
    const [value] = argumentsOf(node, translation);
    if (!value) return refuseCall(node, translation);
    return call('coalesce', want(value, 'number', translation), number(0));
  },
  nullifzero: (node, translation) => {
    const [value] = argumentsOf(node, translation);
    if (!value) return refuseCall(node, translation);
    return call('nullif', want(value, 'number', translation), number(0));
  },
  random: (node, translation) =>
    node.arguments.length > 0
      ? refuseCall(node, translation, 'RANDOM with a seed')
      : cast(
          parenthesized(binary(parenthesized(binary(call('random'), '-', number('0.5'))), '*', number('1e18'))),
          type('bigint'),
        ),
  uniform: (node, translation) => {
    const [low, high, source] = argumentsOf(node, translation);
    const seedless = source?.kind === 'call' && title(source) === 'RANDOM' && source.arguments.length === 0;
    if (!low || !high || !seedless) return refuseCall(node, translation, 'UNIFORM but with RANDOM()');
    const whole = [low, high].every((bound) => Number.isInteger(constantNumber(bound) ?? 0.5));
    if (!whole) return refuseCall(node, translation, 'UNIFORM between bounds that are no whole numbers');
    const from = translation.expression(low);
    const size = parenthesized(binary(binary(translation.expression(high), '-', from), '+', number(1)));
    return binary(from, '+', cast(call('floor', binary(call('random'), '*', size)), type('bigint')));
  },
};

function bits(operator: '&' | '|'): FunctionRule {
  return (node, translation) => {
    const [left, right, ...others] = argumentsOf(node, translation);
    if (!left || !right || others.length > 0) return refuseCall(node, translation);
    return parenthesized(binary(want(left, 'integer', translation), operator, want(right, 'integer', translation)));
  };
}

function inverted(node: Call, translation: Translation): Expression {
  const [value, ...others] = argumentsOf(node, translation);
  if (!value || others.length > 0) return refuseCall(node, translation);
  return call('xor', want(value, 'integer', translation), number(-1));
}

/** Without digits behind the point, or with a number of them that is written there. */
function rounded(plain: string, general: string, node: Call, translation: Translation): Expression {
  const [value, digits, ...others] = argumentsOf(node, translation);
  if (!value || others.length > 0) return refuseCall(node, translation, `${title(node)} with a rounding mode`);
  const made = want(value, 'number', translation);
  if (!digits) return call(plain, made);
  const scale = constantNumber(digits);
  if (scale === undefined) {
    const isFloat = translation.typeOf(value).kind === 'float';
    if (plain === 'round' && isFloat)
      return call('round', made, cast(want(digits, 'integer', translation), type('integer')));
    return refuseCall(node, translation, `${title(node)} to a computed number of digits`);
  }
  if (plain === 'round' && scale >= 0) return call('round', made, number(scale));
  return call(general, made, number(scale));
}

/** TRUNC is for numbers and for dates. */
function truncated(node: Call, translation: Translation): Expression {
  const [value, digits] = argumentsOf(node, translation);
  if (!value) return refuseCall(node, translation);
  const { kind } = translation.typeOf(value);
  if (
    kind === 'date' ||
    kind === 'timestamp' ||
    (digits && constantNumber(digits) === undefined && constantText(digits))
  )
    return truncateDate(node, value, digits, translation);
  if (kind === 'unknown' && !digits)
    return refuseCall(node, translation, 'TRUNC of a value of unknown type', 'Say how many digits stay: TRUNC(x, 0).');
  const made = want(value, 'number', translation);
  const scale = digits ? constantNumber(digits) : 0;
  if (scale === undefined) return refuseCall(node, translation, 'TRUNC to a computed number of digits');
  return call('trunc', made, number(scale));
}
