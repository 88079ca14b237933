import {
  booleanType,
  doubleType,
  isNumeric,
  numberType,
  type SqlType,
  type TypedOperator,
  unknownType,
  varcharType,
} from '../../../types/index.ts';
import { incompatible } from './casts.ts';
import { arithmetic, commonNumber } from './numbers.ts';

const comparisons = new Set<TypedOperator>(['=', '<>', '!=', '<', '<=', '>', '>=']);
const connectives = new Set<TypedOperator>(['and', 'or', 'xor', 'not']);
const sums = new Set<TypedOperator>(['+', '-', '*', '/', '%']);

/** What a text or a value of other types becomes where a number is wanted. */
const coerced: SqlType = numberType(18, 5);
const days: SqlType = numberType(9, 0);

export function operator(operator: TypedOperator, left: SqlType, right: SqlType | undefined): SqlType | undefined {
  if (connectives.has(operator)) return booleanType;
  if (!right) return unary(operator, left);
  if (comparisons.has(operator)) return incompatible(left, right) ? undefined : booleanType;
  if (operator === '||') return concatenation(left, right);
  if (!sums.has(operator)) return unknownType;
  if (isNumeric(left) && isNumeric(right)) return numeric(operator, left, right);
  return moments(operator, left, right) ?? withText(operator, left, right);
}

function unary(operator: TypedOperator, operand: SqlType): SqlType | undefined {
  if (isNumeric(operand)) return operand;
  if (operand.kind === 'interval') return operand;
  if (operator === 'prior' || operator === 'connect_by_root') return operand;
  return operator === '-' && ['boolean', 'date', 'time', 'timestamp', 'array', 'object'].includes(operand.kind)
    ? undefined
    : unknownType;
}

function numeric(operator: TypedOperator, left: SqlType, right: SqlType): SqlType {
  if (left.kind === 'float' || right.kind === 'float') return doubleType;
  return (left.kind === 'number' && right.kind === 'number' && arithmetic(operator, left, right)) || unknownType;
}

/** Arithmetic of dates; `unknown` is not refused, undefined is none of this function's business. */
function moments(operator: TypedOperator, left: SqlType, right: SqlType): SqlType | undefined {
  if (operator === '+' && isMoment(right) && !isMoment(left)) return shifted(right, left);
  if (!isMoment(left)) return undefined;
  if (operator === '+') return isMoment(right) ? undefined : shifted(left, right);
  if (operator !== '-') return undefined;
  if (!isMoment(right)) return shifted(left, right);
  if (left.kind === 'date' && right.kind === 'date') return days;
  if (left.kind === 'timestamp' && right.kind === 'timestamp') return { kind: 'interval', family: 'seconds' };
  return unknownType;
}

const isMoment = (type: SqlType): boolean => type.kind === 'date' || type.kind === 'time' || type.kind === 'timestamp';

/** A moment some time later. A date and hours make a timestamp. */
function shifted(moment: SqlType, by: SqlType): SqlType {
  if (moment.kind === 'date' && by.kind === 'number') return moment;
  if (by.kind !== 'interval') return unknownType;
  if (moment.kind !== 'date' || by.family === 'months' || by.wholeDays) return moment;
  return by.wholeDays === undefined ? unknownType : { kind: 'timestamp', zone: 'ntz', precision: 9 };
}

function withText(operator: TypedOperator, left: SqlType, right: SqlType): SqlType | undefined {
  const [a, b] = [asNumber(left), asNumber(right)];
  if (a && b) return numeric(operator, a, b);
  return [left, right].every((type) => isNumeric(type) || isMoment(type) || isNested(type)) ? undefined : unknownType;
}

const isNested = (type: SqlType): boolean => type.kind === 'array' || type.kind === 'object';

const asNumber = (type: SqlType): SqlType | undefined =>
  isNumeric(type) ? type : type.kind === 'varchar' ? coerced : undefined;

function concatenation(left: SqlType, right: SqlType): SqlType {
  if (left.kind === 'binary' && right.kind === 'binary') return left;
  if (left.kind !== 'varchar' || right.kind !== 'varchar') return unlessText(left, right);
  if (left.length === undefined || right.length === undefined) return varcharType;
  return { kind: 'varchar', length: left.length + right.length };
}

const unlessText = (left: SqlType, right: SqlType): SqlType =>
  [left, right].some((type) => type.kind === 'array' || type.kind === 'object' || type.kind === 'binary')
    ? unknownType
    : varcharType;

/** The type of COALESCE, CASE, a set operation's column. */
export function common(left: SqlType, right: SqlType): SqlType | undefined {
  if (left.kind === 'number' && right.kind === 'number') return commonNumber(left, right);
  if (isNumeric(left) && isNumeric(right)) return doubleType;
  if (left.kind === 'varchar' && right.kind === 'varchar') return longer(left.length, right.length);
  if (left.kind === 'variant' || right.kind === 'variant') return { kind: 'variant' };
  if (left.kind === 'date' && right.kind === 'timestamp') return right;
  if (left.kind === 'timestamp' && right.kind === 'date') return left;
  if (left.kind === 'timestamp' && right.kind === 'timestamp' && left.zone === right.zone)
    return left.precision >= right.precision ? left : right;
  if (textAndNumber(left, right)) return withNumber(left.kind === 'varchar' ? right : left);
  return incompatible(left, right) ? undefined : unknownType;
}

const longer = (left: number | undefined, right: number | undefined): SqlType =>
  left === undefined || right === undefined ? varcharType : { kind: 'varchar', length: Math.max(left, right) };

const textAndNumber = (left: SqlType, right: SqlType): boolean =>
  (left.kind === 'varchar' && isNumeric(right)) || (right.kind === 'varchar' && isNumeric(left));

/** A text beside a number becomes a number; of a text that is written, the digits count, which are not known here. */
const withNumber = (number: SqlType): SqlType => (number.kind === 'float' ? doubleType : unknownType);
