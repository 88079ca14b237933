import { doubleType, type NumberType, numberType, type SqlType, type TypedOperator } from '../../../types/index.ts';
import { widestNumber } from './names.ts';

/** `1.50` is NUMBER(3,2); with an exponent it is FLOAT. */
export function numberLiteral(text: string): SqlType {
  if (/e/i.test(text)) return doubleType;
  const [whole = '', fraction = ''] = text.replaceAll('_', '').split('.');
  const precision = whole.replace(/^0+(?=.)/, '').length + fraction.length;
  return precision > widestNumber ? doubleType : numberType(Math.max(precision, 1), fraction.length);
}

const leadingDigits = (type: NumberType): number => type.precision - type.scale;

const limited = (leading: number, scale: number): NumberType =>
  numberType(Math.min(leading + scale, widestNumber), scale);

/** The documented precision and scale of `left operator right` of two NUMBERs. */
export function arithmetic(operator: TypedOperator, left: NumberType, right: NumberType): NumberType | undefined {
  const [a, b] = [leadingDigits(left), leadingDigits(right)];
  const widest = Math.max(left.scale, right.scale);
  switch (operator) {
    case '+':
    case '-':
      return limited(Math.max(a, b) + 1, widest);
    case '*':
      return limited(a + b, Math.min(left.scale + right.scale, Math.max(left.scale, right.scale, 12)));
    case '/':
      return quotient(left, right);
    case '%':
      return limited(Math.max(a, b), widest);
    default:
      return undefined;
  }
}

/** Of `left / right`, DIV0 and AVG. */
export const quotient = (left: NumberType, right: NumberType): NumberType =>
  limited(leadingDigits(left) + right.scale, Math.max(left.scale, Math.min(left.scale + 6, 12)));

/** The NUMBER that holds both. */
export const commonNumber = (left: NumberType, right: NumberType): NumberType =>
  limited(Math.max(leadingDigits(left), leadingDigits(right)), Math.max(left.scale, right.scale));
