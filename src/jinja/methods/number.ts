import { integer } from '../arithmetic.ts';
import { asNumber } from '../compare.ts';
import { TemplateError } from '../errors.ts';
import type { Value } from '../values.ts';
import { Float, Tuple } from '../values.ts';
import { methodTable } from './method.ts';

type Int = number | bigint | boolean;

/** Python's int methods (and bool's). */
export const INT_METHODS = methodTable<Int>({
  bit_length: (self) => {
    const number = BigInt(asNumber(self)!);
    return number === 0n ? 0 : (number < 0n ? -number : number).toString(2).length;
  },
  bit_count: (self) => BigInt(asNumber(self)!).toString(2).replace(/[^1]/g, '').length,
  conjugate: (self) => asNumber(self)!,
  as_integer_ratio: (self) => new Tuple([asNumber(self)!, 1]),
});

/** Python's float methods. */
export const FLOAT_METHODS = methodTable<Float>({
  is_integer: (self) => Number.isInteger(self.value),
  conjugate: (self) => self,
  as_integer_ratio: (self) => integerRatio(self.value),
});

function integerRatio(value: number): Tuple {
  if (!Number.isFinite(value))
    throw new TemplateError('cannot convert a non-finite number to integer ratio', 'OverflowError');
  let [top, bottom] = [value, 1n];
  while (!Number.isInteger(top)) {
    top *= 2;
    bottom *= 2n;
  }
  return new Tuple([integer(BigInt(top)), integer(bottom)]);
}

/** Attributes of numbers that are not methods. */
export function numberAttribute(self: Int | Float, name: string): Value | undefined {
  if (name === 'real') return self instanceof Float ? self : asNumber(self)!;
  if (name === 'imag') return self instanceof Float ? new Float(0) : 0;
  if (self instanceof Float) return undefined;
  if (name === 'numerator') return asNumber(self)!;
  return name === 'denominator' ? 1 : undefined;
}
