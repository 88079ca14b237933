/** The digits of a rounded number: `digits × 10^-fraction`, digits as a non-negative integer. */
interface Rounded {
  readonly negative: boolean;
  readonly digits: bigint;
}

export function tenTo(power: number): bigint {
  return 10n ** BigInt(power);
}

/** A finite double as the exact fraction numerator / denominator (both non-negative, the sign apart). */
function exactFraction(value: number): { numerator: bigint; denominator: bigint } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponentBits = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = exponentBits === 0 ? fraction : fraction | 0x10000000000000n;
  const exponent = (exponentBits === 0 ? 1 : exponentBits) - 1075;
  return exponent >= 0
    ? { numerator: mantissa << BigInt(exponent), denominator: 1n }
    : { numerator: mantissa, denominator: 1n << BigInt(-exponent) };
}

/** A quotient of integers that are not negative, rounded half to even. */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = (numerator - quotient * denominator) * 2n;
  if (twice > denominator || (twice === denominator && quotient % 2n === 1n)) return quotient + 1n;
  return quotient;
}

/** Rounds the exact value of a double to a number of decimals (may be negative), ties to even: C's printf. */
function roundTo(value: number, decimals: number): Rounded {
  const { numerator, denominator } = exactFraction(Math.abs(value));
  const digits =
    decimals >= 0
      ? divideHalfEven(numerator * tenTo(decimals), denominator)
      : divideHalfEven(numerator, denominator * tenTo(-decimals));
  return { negative: value < 0 || Object.is(value, -0), digits };
}

function specialName(value: number): string | undefined {
  if (Number.isNaN(value)) return 'nan';
  if (value === Infinity) return 'inf';
  return value === -Infinity ? '-inf' : undefined;
}

/** `%.{decimals}f`. */
export function formatFixed(value: number, decimals: number): string {
  const special = specialName(value);
  if (special !== undefined) return special;
  const { negative, digits } = roundTo(value, decimals);
  const text = digits.toString().padStart(decimals + 1, '0');
  const whole = text.slice(0, text.length - decimals);
  return (negative ? '-' : '') + (decimals === 0 ? whole : `${whole}.${text.slice(text.length - decimals)}`);
}

/** Mantissa digits (decimals + 1 of them) and the decimal exponent of a rounded positive number. */
function scientific(value: number, decimals: number): { digits: string; exponent: number } {
  if (value === 0) return { digits: '0'.repeat(decimals + 1), exponent: 0 };
  let exponent = Number(value.toExponential().split('e')[1]);
  let digits = roundTo(value, decimals - exponent).digits.toString();
  if (digits.length > decimals + 1) {
    exponent += 1;
    digits = digits.slice(0, decimals + 1);
  }
  return { digits, exponent };
}

function exponentText(exponent: number): string {
  return `e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** `%.{decimals}e`. */
export function formatScientific(value: number, decimals: number): string {
  const special = specialName(value);
  if (special !== undefined) return special;
  const { digits, exponent } = scientific(Math.abs(value), decimals);
  const mantissa = decimals === 0 ? digits : `${digits[0]}.${digits.slice(1)}`;
  return (value < 0 || Object.is(value, -0) ? '-' : '') + mantissa + exponentText(exponent);
}

/** `%.{precision}g`; `keepZeros` is the `#` flag. */
export function formatGeneral(value: number, precision: number, keepZeros = false): string {
  const special = specialName(value);
  if (special !== undefined) return special;
  const significant = precision === 0 ? 1 : precision;
  const { digits, exponent } = scientific(Math.abs(value), significant - 1);
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const trim = (text: string): string => (keepZeros || !text.includes('.') ? text : text.replace(/\.?0+$/, ''));
  if (exponent < -4 || exponent >= significant) {
    return sign + trim(digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits) + exponentText(exponent);
  }
  if (exponent < 0) return sign + trim(`0.${'0'.repeat(-exponent - 1)}${digits}`);
  const whole = digits.slice(0, exponent + 1);
  const rest = digits.slice(exponent + 1);
  return sign + trim(rest === '' ? whole : `${whole}.${rest}`);
}

/** `repr(float)`: the shortest digits that read back as the same number. */
export function floatRepr(value: number): string {
  const special = specialName(value);
  if (special !== undefined) return special;
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return `${Object.is(value, -0) ? '-0' : value}.0`;
  const [mantissa, power] = value.toExponential().split('e') as [string, string];
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) return mantissa + exponentText(exponent);
  const negative = mantissa.startsWith('-');
  const digits = mantissa.replace(/[-.]/g, '');
  let text: string;
  if (exponent < 0) text = `0.${'0'.repeat(-exponent - 1)}${digits}`;
  else if (digits.length <= exponent + 1) text = `${digits.padEnd(exponent + 1, '0')}.0`;
  else text = `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
  return negative ? `-${text}` : text;
}

/** Python's `round(x, decimals)` of a float: correctly rounded, ties to even. */
export function roundFloat(value: number, decimals: number): number {
  if (!Number.isFinite(value)) return value;
  if (decimals > 323) return value;
  if (decimals >= 0) return Number(formatFixed(value, decimals));
  const { negative, digits } = roundTo(value, decimals);
  const result = Number(digits * tenTo(-decimals));
  return negative ? -result : result;
}
