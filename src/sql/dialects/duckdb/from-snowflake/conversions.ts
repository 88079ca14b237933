import { binary, call, cast, number, string, type } from '../../../translate/build.ts';
import type { Translation } from '../../../translate/translation.ts';
import type { Call, DataType, Expression } from '../../../tree.ts';
import { isNumeric } from '../../../types/index.ts';
import { type Wanted, want } from './coercion.ts';
import { translateFormat } from './formats.ts';
import {
  argumentsOf,
  constantNumber,
  type FunctionRule,
  type FunctionRules,
  refuseCall,
  same,
  title,
} from './functions.ts';
import { macro } from './macro.ts';
import { readNumberFormat, writeNumber } from './number-formats.ts';

/** docs.snowflake.com/en/sql-reference/functions-conversion */
export const conversions: FunctionRules = {
  to_char: toText,
  to_varchar: toText,
  to_number: toNumber,
  to_decimal: toNumber,
  to_numeric: toNumber,
  try_to_number: tryToNumber,
  try_to_decimal: tryToNumber,
  try_to_numeric: tryToNumber,
  to_double: same('snowflake_float', ['any']),
  try_to_double: same('snowflake_try_float', ['text']),
  to_boolean: (node, translation) => one(node, 'boolean', translation),
  try_to_boolean: same('snowflake_try_boolean', ['text']),
  to_date: moment('date', 'date', false),
  date: moment('date', 'date', false),
  try_to_date: moment('date', 'date', true),
  to_timestamp: moment('timestamp', 'timestamp', false),
  to_timestamp_ntz: moment('timestamp', 'timestamp', false),
  try_to_timestamp: moment('timestamp', 'timestamp', true),
  try_to_timestamp_ntz: moment('timestamp', 'timestamp', true),
  to_timestamp_ltz: moment('instant', 'timestamptz', false),
  try_to_timestamp_ltz: moment('instant', 'timestamptz', true),
  to_time: moment('time', 'time', false),
  time: moment('time', 'time', false),
  try_to_time: moment('time', 'time', true),
  to_binary: (node, translation) => {
    const [value, format] = argumentsOf(node, translation);
    const how = format === undefined ? 'hex' : format.kind === 'string' ? format.value.toLowerCase() : undefined;
    const called = how && { hex: 'unhex', 'utf-8': 'encode', utf8: 'encode', base64: 'from_base64' }[how];
    if (!value || !called) return refuseCall(node, translation, `${title(node)} with this format`);
    return call(called, want(value, 'text', translation));
  },
};

function one(node: Call, wanted: Wanted, translation: Translation): Expression {
  const [value, ...others] = argumentsOf(node, translation);
  return value && others.length === 0 ? want(value, wanted, translation) : refuseCall(node, translation);
}

function toText(node: Call, translation: Translation): Expression {
  const [value, format] = argumentsOf(node, translation);
  if (!value) return refuseCall(node, translation);
  if (!format) return want(value, 'text', translation);
  const given = translation.typeOf(value);
  if (format.kind !== 'string') return refuseCall(node, translation, `${title(node)} with a computed format`);
  if (given.kind === 'date' || given.kind === 'timestamp' || given.kind === 'time') {
    const made = translateFormat(format.value, 'write');
    if (made === undefined) return refuseCall(node, translation, `The format '${format.value}'`);
    const operand = translation.expression(value);
    return call(
      'strftime',
      given.kind === 'time' ? binary(cast(string('1970-01-01'), type('date')), '+', operand) : operand,
      string(made),
    );
  }
  const ofNumbers = readNumberFormat(format.value);
  if (ofNumbers && (isNumeric(given) || given.kind === 'unknown'))
    return writeNumber(want(value, 'number', translation), ofNumbers);
  const made = translateFormat(format.value, 'write');
  const isDateFormat = made !== undefined && /%[YymBbdHIMS]/.test(made);
  // A format of dates is none of numbers, so that the value is a date, or the call an error, in Snowflake as here.
  if (given.kind === 'unknown' && isDateFormat)
    return call('strftime', want(value, 'moment', translation), string(made));
  return refuseCall(node, translation, `${title(node)} with the format '${format.value}'`);
}

/** Precision and scale where they are written as numbers; TO_NUMBER's own are 38 and 0. */
function decimalOf(given: readonly Expression[]): DataType | undefined {
  const [precision = 38, scale = 0] = given.map(constantNumber);
  return given.some((argument) => constantNumber(argument) === undefined)
    ? undefined
    : type('decimal', precision, scale);
}

function toNumber(node: Call, translation: Translation): Expression {
  const [value, ...others] = argumentsOf(node, translation);
  const target = decimalOf(others);
  if (!value || !target) return refuseCall(node, translation, `${title(node)} with a format`);
  return castToDecimal(value, target, translation);
}

function tryToNumber(node: Call, translation: Translation): Expression {
  const [value, ...others] = argumentsOf(node, translation);
  const target = decimalOf(others);
  if (!value || !target) return refuseCall(node, translation, `${title(node)} with a format`);
  return cast(macro('snowflake_try_number_text', want(value, 'text', translation)), target, 'try_cast');
}

/** NUMBER(p, s): rounded half away from zero, whatever is cast. */
export function castToDecimal(value: Expression, target: DataType, translation: Translation): Expression {
  const { kind } = translation.typeOf(value);
  const made = translation.expression(value);
  if (kind === 'number' || kind === 'integer' || kind === 'float' || kind === 'null') return cast(made, target);
  return macro('snowflake_decimal', made, cast(number(0), target));
}

/** TO_DATE and its kin: with a format, or as a cast. */
function moment(wanted: 'date' | 'timestamp' | 'instant' | 'time', target: string, tries: boolean): FunctionRule {
  return (node, translation) => {
    const [value, format, ...others] = argumentsOf(node, translation);
    if (!value || others.length > 0) return refuseCall(node, translation);
    if (!format || isAuto(format))
      return tries
        ? macro(`snowflake_try_${wanted}`, want(value, 'text', translation))
        : want(value, wanted, translation);
    const scale = constantNumber(format);
    if (scale !== undefined && wanted === 'timestamp' && !tries)
      return macro('snowflake_timestamp_of_number', want(value, 'number', translation), number(scale));
    if (format.kind !== 'string') return refuseCall(node, translation, `${title(node)} with a computed format`);
    const made = translateFormat(format.value, 'read');
    const isCut = tries && made?.includes('%f');
    if (made === undefined || isCut || wanted === 'instant')
      return refuseCall(node, translation, `The format '${format.value}'`);
    const read = call(tries ? 'try_strptime' : 'strptime', want(value, 'text', translation), string(made));
    return wanted === 'timestamp' ? read : cast(read, type(target));
  };
}

const isAuto = (format: Expression): boolean => format.kind === 'string' && format.value.toLowerCase() === 'auto';
