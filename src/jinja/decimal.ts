import { TemplateError } from './errors.ts';
import { divideHalfEven, tenTo } from './floats.ts';
import type { BinaryOperator } from './tree.ts';
import { Float, type Value } from './values.ts';

/** How many digits Python keeps of a quotient that has no end. */
const precision = 28;

/**
 * Python's `decimal.Decimal`, as query results have it: a number that prints with the digits that it was written with.
 * What knows nothing of it takes it for the nearest float.
 */
export class Decimal extends Float {
  /** The number is `digits × 10^-scale`. */
  readonly digits: bigint;
  readonly scale: number;

  constructor(digits: bigint, scale: number) {
    super(Number(plainText(digits, scale)));
    this.digits = digits;
    this.scale = scale;
  }

  /** Reads `-12.30`; undefined for other texts. */
  static parse(text: string): Decimal | undefined {
    const match = /^(-?\d+)(?:\.(\d+))?$/.exec(text);
    if (!match) return undefined;
    const [, whole = '', fraction = ''] = match;
    return new Decimal(BigInt(whole + fraction), fraction.length);
  }

  override get typeName(): string {
    return 'decimal.Decimal';
  }

  override str(): string {
    const size = String(abs(this.digits));
    const exponent = size.length - 1 - this.scale;
    if (exponent >= -6) return plainText(this.digits, this.scale);
    const fraction = size.length > 1 ? `.${size.slice(1)}` : '';
    return `${this.digits < 0n ? '-' : ''}${size[0]}${fraction}E${exponent}`;
  }

  override repr(): string {
    return `Decimal('${this.str()}')`;
  }

  override negated(): Decimal {
    return new Decimal(-this.digits, this.scale);
  }

  override rounded(places: number): Decimal {
    return places >= this.scale
      ? this.#at(places)
      : new Decimal(divide(this.digits, tenTo(this.scale - places)), places);
  }

  override operate(operator: BinaryOperator, other: Value, reflected: boolean): Value | undefined {
    const operand = decimalOf(other);
    if (operand === undefined) return undefined;
    return reflected ? calculate(operator, operand, this) : calculate(operator, this, operand);
  }

  #at(scale: number): Decimal {
    return new Decimal(this.digits * tenTo(scale - this.scale), scale);
  }
}

/** Whole numbers are decimals without a fraction; floats stay floats. */
function decimalOf(value: Value): Decimal | undefined {
  if (value instanceof Decimal) return value;
  const isWhole = typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';
  return isWhole ? new Decimal(BigInt(value), 0) : undefined;
}

function calculate(operator: BinaryOperator, left: Decimal, right: Decimal): Decimal | undefined {
  const scale = Math.max(left.scale, right.scale);
  const [a, b] = [left, right].map((one) => one.digits * tenTo(scale - one.scale)) as [bigint, bigint];
  switch (operator) {
    case '+':
      return new Decimal(a + b, scale);
    case '-':
      return new Decimal(a - b, scale);
    case '*':
      return new Decimal(left.digits * right.digits, left.scale + right.scale);
    case '/':
      return quotient(left, right);
    case '//':
      return new Decimal(a / divisor(b), 0);
    case '%':
      return new Decimal(a % divisor(b), scale);
    default:
      return undefined;
  }
}

/** Exact with as few digits as the operands allow, else rounded. */
function quotient(left: Decimal, right: Decimal): Decimal {
  const ideal = left.scale - right.scale;
  const more = Math.max(precision + String(abs(right.digits)).length - String(abs(left.digits)).length + 1, -ideal, 0);
  const numerator = left.digits * tenTo(more);
  let digits = divide(numerator, divisor(right.digits));
  let scale = ideal + more;
  const excess = String(abs(digits)).length - precision;
  const isExact = digits * right.digits === numerator;
  if (excess > 0 && !isExact) {
    digits = divide(numerator, right.digits * tenTo(Math.min(excess, scale)));
    scale -= Math.min(excess, scale);
  }
  while (isExact && scale > Math.max(ideal, 0) && digits % 10n === 0n) {
    digits /= 10n;
    scale -= 1;
  }
  return new Decimal(digits, scale);
}

function divisor(digits: bigint): bigint {
  if (digits === 0n) throw new TemplateError('division by zero', 'ZeroDivisionError');
  return digits;
}

const abs = (digits: bigint): bigint => (digits < 0n ? -digits : digits);

/** Half to even. */
function divide(numerator: bigint, denominator: bigint): bigint {
  const size = divideHalfEven(abs(numerator), abs(denominator));
  return numerator < 0n === denominator < 0n ? size : -size;
}

function plainText(digits: bigint, scale: number): string {
  const size = String(abs(digits)).padStart(scale + 1, '0');
  const sign = digits < 0n ? '-' : '';
  return scale === 0 ? sign + size : `${sign}${size.slice(0, -scale)}.${size.slice(-scale)}`;
}
