import { binary, boolean, call, cast, number, string, type } from '../../../translate/build.ts';
import type { Expression } from '../../../tree.ts';
import { macro } from './macro.ts';

/** A format of numbers, taken apart. docs.snowflake.com/en/sql-reference/sql-format-models */
export type NumberFormat = FixedFormat | HexadecimalFormat | MinimalFormat;

interface Framed {
  /** Literals around the number. */
  readonly before: string;
  readonly after: string;
}

interface FixedFormat extends Framed {
  readonly kind: 'fixed';
  /** Digits and commas before the point, `0` or `9` for a digit. */
  readonly whole: string;
  /** Digits behind the point; undefined without a point. */
  readonly fraction: string | undefined;
  readonly sign: Sign;
  readonly dollar: boolean;
  /** A zero before the point is a blank. */
  readonly blankZero: boolean;
  /** Without blanks. */
  readonly compact: boolean;
}

/** Where the sign stands: right before the number (`first`), before or behind all. `always` writes `+` too. */
interface Sign {
  readonly place: 'first' | 'before' | 'behind';
  readonly always: boolean;
}

interface HexadecimalFormat extends Framed {
  readonly kind: 'hexadecimal';
  readonly width: number;
  readonly zeros: boolean;
  readonly capitals: boolean;
  readonly signed: boolean;
}

interface MinimalFormat extends Framed {
  readonly kind: 'minimal';
  /** The letter before an exponent; undefined to write none. */
  readonly exponent: 'E' | 'e' | undefined;
}

const literal = '"(?:[^"]|"")*"|[;:=/()-]';
const framed = new RegExp(`^(FM)?((?:${literal})*)(.*?)((?:${literal})*)$`, 'i');
const fixed = /^((?:FM|MI|S|B|\$)*)([09](?:[,G]?[09])*)(?:[.D]([09]*))?(MI|S)?$/i;
const hexadecimal = /^(S?)(0*)(X+|x+)$/i;

/** Undefined for what is no such format, or one whose output the documentation leaves open. */
export function readNumberFormat(format: string): NumberFormat | undefined {
  const [, fill, before = '', core = '', after = ''] = framed.exec(format) ?? [];
  const frame = { before: unquoted(before), after: unquoted(after) };
  if (/^TM[9E]$/i.test(core)) {
    const exponent = core.endsWith('9') ? undefined : core.startsWith('T') ? 'E' : 'e';
    return fill ? undefined : { kind: 'minimal', ...frame, exponent };
  }
  const digits = hexadecimal.exec(core);
  if (digits) {
    const [, sign = '', zeros = '', marks = ''] = digits;
    const width = zeros.length + marks.length;
    const isOne = marks === marks.toUpperCase() || marks === marks.toLowerCase();
    if (fill || !isOne || width > 15) return undefined;
    const capitals = marks.startsWith('X');
    return { kind: 'hexadecimal', ...frame, width, zeros: zeros !== '', capitals, signed: sign !== '' };
  }
  return readFixed(core, frame, fill !== undefined);
}

const unquoted = (literals: string): string =>
  literals.replaceAll(/"((?:[^"]|"")*)"/g, (_, inner: string) => inner.replaceAll('""', '"'));

function readFixed(core: string, frame: Framed, fill: boolean): FixedFormat | undefined {
  const [, marks = '', whole = '', fraction, behind = ''] = fixed.exec(core) ?? [];
  const leading: readonly string[] = marks.toUpperCase().match(/FM|MI|S|B|\$/g) ?? [];
  const signs = [...leading.filter((mark) => mark === 'S' || mark === 'MI'), ...(behind ? [behind.toUpperCase()] : [])];
  const isRepeated = new Set(leading).size < leading.length || signs.length > 1 || (fill && leading.includes('FM'));
  // What a dollar before the sign looks like is not documented.
  const dollar = leading.indexOf('$');
  const isTurned = dollar >= 0 && leading.some((mark, index) => index > dollar && (mark === 'S' || mark === 'MI'));
  if (whole === '' || isRepeated || isTurned) return undefined;
  const isBehind = behind !== '';
  const place = isBehind ? 'behind' : signs[0] === 'MI' ? 'before' : 'first';
  return {
    kind: 'fixed',
    ...frame,
    whole: whole.replaceAll(/g/gi, ','),
    fraction,
    sign: { place, always: signs[0] === 'S' },
    dollar: dollar >= 0,
    blankZero: leading.includes('B'),
    compact: fill || leading.includes('FM'),
  };
}

/** The text of a number; `value` is said in DuckDB's SQL. */
export function writeNumber(value: Expression, format: NumberFormat): Expression {
  const { before, after } = format;
  const parts = [...(before ? [string(before)] : []), core(value, format), ...(after ? [string(after)] : [])];
  return parts.reduce((left, right) => binary(left, '||', right));
}

function core(value: Expression, format: NumberFormat): Expression {
  switch (format.kind) {
    case 'minimal':
      return format.exponent === undefined
        ? macro('snowflake_exact_text', value)
        : macro('snowflake_scientific_text', value, string(format.exponent));
    case 'hexadecimal': {
      const { width, zeros, capitals, signed } = format;
      const made = macro(
        'snowflake_hexadecimal_text',
        value,
        number(width),
        string(zeros ? '0' : ' '),
        boolean(signed),
      );
      return capitals ? made : call('lower', made);
    }
    case 'fixed':
      return fixedText(value, format);
  }
}

function fixedText(value: Expression, { whole, fraction, sign, dollar, blankZero, compact }: FixedFormat): Expression {
  const digits = whole.replaceAll(',', '');
  const firstZero = digits.indexOf('0');
  const scale = fraction?.length ?? 0;
  const made = macro(
    'snowflake_fixed_text',
    value,
    cast(number(0), type('decimal', 38, scale)),
    number(scale),
    string(whole),
    // How many digits are written even if they are zeros in front, or at the end.
    number(firstZero < 0 ? (blankZero ? 0 : 1) : digits.length - firstZero),
    string(fraction === undefined ? '' : '.'),
    number((fraction?.lastIndexOf('0') ?? -1) + 1),
    string(sign.place),
    string(sign.always ? '+' : ' '),
    string(dollar ? '$' : ''),
  );
  return compact ? call('replace', made, string(' '), string('')) : made;
}
