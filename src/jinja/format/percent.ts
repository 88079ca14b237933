import { asNumber } from '../compare.ts';
import { repr, str, typeName } from '../display.ts';
import { TemplateError } from '../errors.ts';
import { formatFixed, formatGeneral, formatScientific } from '../floats.ts';
import type { Value } from '../values.ts';
import { Dict, Float, HostObject, Tuple } from '../values.ts';

interface Directive {
  readonly left: boolean;
  readonly plus: boolean;
  readonly space: boolean;
  readonly zero: boolean;
  readonly alternate: boolean;
  readonly width: number;
  readonly precision: number | undefined;
}

const DIRECTIVE = /([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d+)?)?[hlL]?([\s\S])/y;

/** The values that a format string takes, one after the other or by name. */
class Values {
  private readonly items: readonly Value[];
  private readonly named: Value | undefined;
  private readonly single: boolean;
  private index = 0;

  constructor(values: Value) {
    this.single = !(values instanceof Tuple);
    this.items = values instanceof Tuple ? values.items : [values];
    this.named = values instanceof Dict || values instanceof HostObject || Array.isArray(values) ? values : undefined;
  }

  next(): Value {
    const value = this.items[this.index++];
    if (value === undefined) throw new TemplateError('not enough arguments for format string', 'TypeError');
    return value;
  }

  byName(name: string): Value {
    if (!(this.named instanceof Dict)) throw new TemplateError('format requires a mapping', 'TypeError');
    this.index = this.items.length;
    const value = this.named.get(name);
    if (value === undefined) throw new TemplateError(repr(name), 'KeyError');
    return value;
  }

  width(): number {
    const value = this.next();
    if (typeof value !== 'number') throw new TemplateError('* wants int', 'TypeError');
    return value;
  }

  finish(): void {
    // Python lets a mapping, a list or an object go unused, but not a scalar or the rest of a tuple.
    if (this.index >= this.items.length || (this.single && this.named !== undefined)) return;
    throw new TemplateError('not all arguments converted during string formatting', 'TypeError');
  }
}

/**
 * Python's `format % values`.
 *
 * @throws TemplateError with Python's class and message when values are missing, left over or of the wrong type.
 */
export function formatPercent(format: string, given: Value): string {
  const values = new Values(given);
  let out = '';
  let at = 0;
  for (;;) {
    const percent = format.indexOf('%', at);
    if (percent < 0) break;
    out += format.slice(at, percent);
    let next = percent + 1;
    let named: Value | undefined;
    if (format[next] === '(') {
      const close = closingParenthesis(format, next);
      named = values.byName(format.slice(next + 1, close));
      next = close + 1;
    }
    DIRECTIVE.lastIndex = next;
    const match = DIRECTIVE.exec(format);
    if (!match) throw new TemplateError('incomplete format', 'ValueError');
    const [whole, flags, width, precision, conversion] = match as unknown as [
      string,
      string,
      string?,
      string?,
      string?,
    ];
    const hasPrecision = whole.includes('.') && conversion !== '.';
    const directive = directiveOf(flags, width, hasPrecision ? (precision ?? '0') : undefined, values);
    at = next + whole.length;
    out += conversion === '%' ? '%' : convert(conversion!, directive, named ?? values.next(), at - 1);
  }
  values.finish();
  return out + format.slice(at);
}

function closingParenthesis(format: string, open: number): number {
  let depth = 0;
  for (let at = open; at < format.length; at++) {
    if (format[at] === '(') depth++;
    if (format[at] === ')' && --depth === 0) return at;
  }
  throw new TemplateError('incomplete format key', 'ValueError');
}

function directiveOf(
  flags: string,
  width: string | undefined,
  precision: string | undefined,
  values: Values,
): Directive {
  const given = width === '*' ? values.width() : Number(width ?? 0);
  return {
    left: flags.includes('-') || given < 0,
    plus: flags.includes('+'),
    space: flags.includes(' '),
    zero: flags.includes('0'),
    alternate: flags.includes('#'),
    width: Math.abs(given),
    precision:
      precision === '*' ? Math.max(0, values.width()) : precision === undefined ? undefined : Number(precision),
  };
}

function convert(conversion: string, directive: Directive, value: Value, at: number): string {
  switch (conversion) {
    case 's':
      return padText(str(value), directive);
    case 'r':
    case 'a':
      return padText(repr(value), directive);
    case 'c':
      return padText(character(value), directive);
    case 'd':
    case 'i':
    case 'u':
      return padNumber(integerText(value, conversion, directive), directive);
    case 'x':
    case 'X':
    case 'o':
      return padNumber(radixText(value, conversion, directive), directive);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return padNumber(floatText(value, conversion, directive), directive);
    default: {
      const code = conversion.charCodeAt(0).toString(16);
      throw new TemplateError(`unsupported format character '${conversion}' (0x${code}) at index ${at}`, 'ValueError');
    }
  }
}

function character(value: Value): string {
  if (typeof value === 'string' && Array.from(value).length === 1) return value;
  if (typeof value === 'number') return String.fromCodePoint(value);
  throw new TemplateError('%c requires int or char', 'TypeError');
}

function integerText(value: Value, conversion: string, directive: Directive): string {
  const number = asNumber(value);
  if (number === undefined) {
    throw new TemplateError(`%${conversion} format: a real number is required, not ${typeName(value)}`, 'TypeError');
  }
  const whole = typeof number === 'number' ? BigInt(Math.trunc(number)) : number;
  return signed(whole < 0n, minimumDigits((whole < 0n ? -whole : whole).toString(), directive), directive);
}

function radixText(value: Value, conversion: string, directive: Directive): string {
  const number = value instanceof Float ? undefined : asNumber(value);
  if (number === undefined) {
    throw new TemplateError(`%${conversion} format: an integer is required, not ${typeName(value)}`, 'TypeError');
  }
  const whole = BigInt(number);
  const radix = conversion === 'o' ? 8 : 16;
  let digits = minimumDigits((whole < 0n ? -whole : whole).toString(radix), directive);
  if (directive.alternate) digits = (radix === 8 ? '0o' : '0x') + digits;
  return signed(whole < 0n, conversion === 'X' ? digits.toUpperCase() : digits, directive);
}

function minimumDigits(digits: string, directive: Directive): string {
  return directive.precision === undefined ? digits : digits.padStart(directive.precision, '0');
}

function floatText(value: Value, conversion: string, directive: Directive): string {
  const number = asNumber(value);
  if (number === undefined) throw new TemplateError(`must be real number, not ${typeName(value)}`, 'TypeError');
  const precision = directive.precision ?? 6;
  const size = Math.abs(Number(number));
  const kind = conversion.toLowerCase();
  let text: string;
  if (kind === 'f') text = formatFixed(size, precision);
  else if (kind === 'e') text = formatScientific(size, precision);
  else text = formatGeneral(size, precision, directive.alternate);
  const negative = Number(number) < 0 || Object.is(number, -0);
  return signed(negative, conversion === kind ? text : text.toUpperCase(), directive);
}

function signed(negative: boolean, digits: string, directive: Directive): string {
  if (negative) return `-${digits}`;
  return (directive.plus ? '+' : directive.space ? ' ' : '') + digits;
}

function padText(text: string, directive: Directive): string {
  const chars = Array.from(text);
  const shown = directive.precision === undefined ? chars : chars.slice(0, directive.precision);
  const padding = ' '.repeat(Math.max(0, directive.width - shown.length));
  return directive.left ? shown.join('') + padding : padding + shown.join('');
}

function padNumber(text: string, directive: Directive): string {
  if (directive.left) return text.padEnd(directive.width);
  if (!directive.zero) return text.padStart(directive.width);
  const prefix = /^[-+ ]?(?:0[xXo])?/.exec(text)![0];
  return prefix + text.slice(prefix.length).padStart(directive.width - prefix.length, '0');
}
