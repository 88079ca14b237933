import { asNumber } from '../compare.ts';
import { str, typeName } from '../display.ts';
import { TemplateError } from '../errors.ts';
import { floatRepr, formatFixed, formatGeneral, formatScientific } from '../floats.ts';
import type { Value } from '../values.ts';
import { Float, HostObject } from '../values.ts';

interface Spec {
  readonly fill: string;
  readonly align: string | undefined;
  readonly sign: string;
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number | undefined;
  readonly type: string;
}

const SPEC = /^(?:([\s\S])?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([\s\S])?$/u;

function parseSpec(text: string, value: Value): Spec {
  const match = SPEC.exec(text);
  if (!match) {
    throw new TemplateError(`Invalid format specifier '${text}' for object of type '${typeName(value)}'`, 'ValueError');
  }
  const [, fill, align, sign, , alternate, zero, width, grouping, precision, type] = match;
  return {
    fill: fill ?? (zero && !align ? '0' : ' '),
    align: align ?? (zero ? '=' : undefined),
    sign: sign ?? '-',
    alternate: alternate !== undefined,
    width: Number(width ?? 0),
    grouping: grouping ?? '',
    precision: precision === undefined ? undefined : Number(precision),
    type: type ?? '',
  };
}

/**
 * Python's `format(value, spec)`.
 *
 * @throws TemplateError (ValueError, TypeError) for a spec that the type does not take.
 */
export function formatSpec(value: Value, text: string): string {
  if (text === '') return str(value);
  if (value instanceof HostObject) {
    const own = value.getAttribute('__format__');
    if (own !== undefined) return str(own);
  }
  const isNumber = asNumber(value) !== undefined;
  if (typeof value !== 'string' && !isNumber) {
    throw new TemplateError(`unsupported format string passed to ${typeName(value)}.__format__`, 'TypeError');
  }
  const spec = parseSpec(text, value);
  if (typeof value === 'string') return formatText(value, spec);
  if (value instanceof Float || 'eEfFgG%'.includes(spec.type || 'd')) return formatFloat(value, spec);
  return formatInt(value, spec);
}

function unknownCode(spec: Spec, value: Value): never {
  throw new TemplateError(`Unknown format code '${spec.type}' for object of type '${typeName(value)}'`, 'ValueError');
}

function formatText(value: string, spec: Spec): string {
  if (spec.type !== '' && spec.type !== 's') return unknownCode(spec, value);
  if (spec.align === '=' && spec.fill !== '0') {
    throw new TemplateError("'=' alignment not allowed in string format specifier", 'ValueError');
  }
  const chars = Array.from(value);
  const shown = spec.precision === undefined ? chars : chars.slice(0, spec.precision);
  return align(shown.join(''), shown.length, { ...spec, align: spec.align === '=' ? '<' : spec.align }, '<');
}

function formatInt(value: Value, spec: Spec): string {
  const number = BigInt(asNumber(value)!);
  const size = number < 0n ? -number : number;
  const radix: Record<string, number> = { b: 2, o: 8, x: 16, X: 16, d: 10, n: 10, '': 10 };
  if (spec.type === 'c') return align(String.fromCodePoint(Number(number)), 1, spec, '<');
  const base = Object.hasOwn(radix, spec.type) ? radix[spec.type] : undefined;
  if (base === undefined) return unknownCode(spec, value);
  if (spec.precision !== undefined) {
    throw new TemplateError('Precision not allowed in integer format specifier', 'ValueError');
  }
  let digits = size.toString(base);
  if (spec.type === 'X') digits = digits.toUpperCase();
  const prefix = spec.alternate && base !== 10 ? `0${spec.type}` : '';
  return alignNumber(signOf(number < 0n, spec) + prefix, digits, '', spec, base === 10 ? 3 : 4);
}

function formatFloat(value: Value, spec: Spec): string {
  const number = Number(asNumber(value));
  const size = Math.abs(number);
  let text: string;
  let tail = '';
  switch (spec.type) {
    case 'f':
    case 'F':
      text = formatFixed(size, spec.precision ?? 6);
      break;
    case 'e':
    case 'E':
      text = formatScientific(size, spec.precision ?? 6);
      break;
    case 'g':
    case 'G':
    case 'n':
      text = formatGeneral(size, spec.precision ?? 6, spec.alternate);
      break;
    case '%':
      text = formatFixed(size * 100, spec.precision ?? 6);
      tail = '%';
      break;
    case '':
      text = spec.precision === undefined ? floatRepr(size) : shortest(size, spec.precision);
      break;
    default:
      return unknownCode(spec, value);
  }
  if (spec.type === 'F' || spec.type === 'E' || spec.type === 'G') text = text.toUpperCase();
  const [, whole, rest] = /^(\d*)([\s\S]*)$/.exec(text) as unknown as [string, string, string];
  return alignNumber(signOf(number < 0 || Object.is(number, -0), spec), whole, rest + tail, spec, 3);
}

/** No type but a precision: like g, but with at least one digit after the point. */
function shortest(size: number, precision: number): string {
  const text = formatGeneral(size, precision);
  return /^\d+$/.test(text) ? `${text}.0` : text;
}

function signOf(negative: boolean, spec: Spec): string {
  if (negative) return '-';
  return spec.sign === '-' ? '' : spec.sign;
}

function group(digits: string, separator: string, size: number): string {
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= size) groups.unshift(digits.slice(Math.max(0, end - size), end));
  return groups.join(separator);
}

function alignNumber(prefix: string, digits: string, tail: string, spec: Spec, groupSize: number): string {
  let shown = spec.grouping === '' ? digits : group(digits, spec.grouping, groupSize);
  if (spec.align === '=') {
    const room = spec.width - prefix.length - tail.length;
    if (spec.fill === '0' && spec.grouping !== '') {
      // Zeros are grouped like digits, so they are added to the digits until the text is wide enough.
      let padded = digits;
      while (shown.length < room) {
        padded = `0${padded}`;
        shown = group(padded, spec.grouping, groupSize);
      }
    } else shown = spec.fill.repeat(Math.max(0, room - shown.length)) + shown;
    return prefix + shown + tail;
  }
  const text = prefix + shown + tail;
  return align(text, text.length, spec, '>');
}

function align(text: string, length: number, spec: Spec, otherwise: string): string {
  const room = Math.max(0, spec.width - length);
  switch (spec.align ?? otherwise) {
    case '<':
      return text + spec.fill.repeat(room);
    case '^':
      return spec.fill.repeat(room >> 1) + text + spec.fill.repeat(room - (room >> 1));
    default:
      return spec.fill.repeat(room) + text;
  }
}
