import { integer } from '../arithmetic.ts';
import { asNumber, truthy } from '../compare.ts';
import { typeName } from '../display.ts';
import { TemplateError } from '../errors.ts';
import { formatFixed } from '../floats.ts';
import { intArgument } from '../methods/method.ts';
import { parseFloatText, parseIntText } from '../numbers.ts';
import type { Value } from '../values.ts';
import { Float, HostObject, Undefined } from '../values.ts';
import { filterTable } from './filter.ts';

function toFloat(value: Value): number | undefined {
  if (value instanceof Undefined) throw value.error();
  if (typeof value === 'string') return parseFloatText(value);
  if (value instanceof HostObject) {
    const own = value.getAttribute('__float__');
    return own === undefined ? undefined : toFloat(own);
  }
  const number = asNumber(value);
  return number === undefined ? undefined : Number(number);
}

function toInt(value: Value, fallback: Value, base: number): Value {
  if (value instanceof Undefined) throw value.error();
  if (typeof value === 'string') {
    const parsed = parseIntText(value, base);
    if (parsed !== undefined) return parsed;
  } else if (!(value instanceof Float)) {
    const number = asNumber(value);
    if (number !== undefined) return number;
  }
  const float = toFloat(value);
  if (float !== undefined && Number.isFinite(float)) return integer(BigInt(Math.trunc(float)));
  // Infinity is beyond the reach of the fallback when it is a float already: Python raises there.
  if (value instanceof Float && !Number.isNaN(value.value)) {
    throw new TemplateError('cannot convert float infinity to integer', 'OverflowError');
  }
  return fallback;
}

function round(value: Value, precision: number, method: string): Value {
  if (!['common', 'ceil', 'floor'].includes(method)) {
    throw new TemplateError('method must be common, ceil or floor', 'FilterArgumentError');
  }
  const number = asNumber(value);
  if (number === undefined) {
    throw new TemplateError(`type ${typeName(value)} doesn't define __round__ method`, 'TypeError');
  }
  if (method === 'common') {
    if (value instanceof Float) return value.rounded(precision);
    return precision >= 0 ? number : roundInt(BigInt(number), -precision);
  }
  const scale = 10 ** precision;
  const scaled = Number(number) * scale;
  return new Float((method === 'ceil' ? Math.ceil(scaled) : Math.floor(scaled)) / scale);
}

function roundInt(number: bigint, digits: number): Value {
  const unit = 10n ** BigInt(digits);
  let quotient = number / unit;
  const rest = (number - quotient * unit) * 2n;
  const size = rest < 0n ? -rest : rest;
  if (size > unit || (size === unit && quotient % 2n !== 0n)) quotient += number < 0n ? -1n : 1n;
  return integer(quotient * unit);
}

function fileSize(value: Value, binary: boolean): string {
  const bytes = toFloat(value);
  if (bytes === undefined) {
    throw new TemplateError(
      `float() argument must be a string or a real number, not '${typeName(value)}'`,
      'TypeError',
    );
  }
  if (bytes === 1) return '1 Byte';
  const base = binary ? 1024 : 1000;
  if (bytes < base) return `${Math.trunc(bytes)} Bytes`;
  const letters = [...(binary ? 'KMGTPEZY' : 'kMGTPEZY')];
  let unit = base;
  let power = 0;
  while (power < letters.length - 1 && bytes >= unit * base) {
    unit *= base;
    power++;
  }
  return `${formatFixed(bytes / unit, 1)} ${letters[power]}${binary ? 'iB' : 'B'}`;
}

function absolute(value: Value): Value {
  if (value instanceof Undefined) throw new TemplateError("bad operand type for abs(): 'Undefined'", 'TypeError');
  if (value instanceof Float) return value.value < 0 || Object.is(value.value, -0) ? value.negated() : value;
  const number = asNumber(value);
  if (number === undefined) throw new TemplateError(`bad operand type for abs(): '${typeName(value)}'`, 'TypeError');
  return number < 0 ? integer(-BigInt(number)) : number;
}

/** The filters that make numbers, or text of numbers. */
export const NUMBER_FILTERS = filterTable({
  abs: absolute,
  'int default= base=': (value, [fallback = 0, base]) => toInt(value, fallback, intArgument(base, 10)),
  'float default=': (value, [fallback = new Float(0)]) => {
    const number = toFloat(value);
    return number === undefined ? fallback : new Float(number);
  },
  'round precision= method=': (value, [precision, method]) =>
    round(value, intArgument(precision, 0), String(method ?? 'common')),
  'filesizeformat binary=': (value, [binary]) => fileSize(value, binary !== undefined && truthy(binary)),
});
