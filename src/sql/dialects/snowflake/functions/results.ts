import {
  type CallArgument,
  commonType,
  doubleType,
  isNumeric,
  type NumberType,
  numberType,
  type ResultFunction,
  type SqlType,
  unknownType,
  varcharType,
} from '../../../types/index.ts';
import { types } from '../types/index.ts';
import { widestNumber } from '../types/names.ts';
import { arithmetic, quotient } from '../types/numbers.ts';

const typeAt = (call: readonly CallArgument[], index: number): SqlType => call[index]?.type ?? unknownType;
const partAt = (call: readonly CallArgument[], index: number): string | undefined =>
  call[index]?.constant?.toLowerCase();
const timestamp: SqlType = { kind: 'timestamp', zone: 'ntz', precision: 9 };

/** A rule for NUMBER arguments: FLOAT and texts give FLOAT, anything else nothing. */
const ofNumbers =
  (rule: (...numbers: readonly NumberType[]) => SqlType): ResultFunction =>
  (call) => {
    const given = call.map(({ type }) => type);
    if (given.every((type) => type.kind === 'number')) return rule(...given);
    return given.every((type) => isNumeric(type) || type.kind === 'varchar') ? doubleType : unknownType;
  };

const digits = (precision: number, scale: number): NumberType => numberType(Math.min(precision, widestNumber), scale);

const constantAt = (call: readonly CallArgument[], index: number): number | undefined => {
  const constant = call[index]?.constant;
  return constant !== undefined && /^-?\d+$/.test(constant) ? Number(constant) : undefined;
};

/** SUM has room for 10^12 rows. */
const total = (type: NumberType): NumberType => digits(type.precision + 12, type.scale);

const rounded: ResultFunction = (call) => {
  const type = typeAt(call, 0);
  if (type.kind !== 'number') return type.kind === 'float' || type.kind === 'varchar' ? doubleType : unknownType;
  const places = call.length === 1 ? 0 : constantAt(call, 1);
  if (places === undefined) return digits(type.precision + 1, type.scale);
  return digits(type.precision + 1, Math.max(0, Math.min(places, type.scale)));
};

const numberCast: ResultFunction = (call) => {
  const first = call.findIndex(
    ({ constant, type }, index) => index > 0 && type.kind !== 'varchar' && constant !== undefined,
  );
  if (first < 0) return call.length > 2 ? unknownType : numberType(widestNumber, 0);
  const [precision, scale = 0] = [constantAt(call, first), constantAt(call, first + 1)];
  return precision === undefined ? unknownType : numberType(precision, scale);
};

const longParts = new Set(['year', 'quarter', 'month', 'week', 'day', 'week_iso', 'yearofweek', 'yearofweekiso']);

/** A date plus hours is a timestamp; plus days it stays what it is. */
const dateAdd =
  (canonical: (part: string) => string | undefined): ResultFunction =>
  (call) => {
    const moment = typeAt(call, 2);
    const part = canonical(partAt(call, 0) ?? '');
    if (moment.kind === 'timestamp' || moment.kind === 'time') return moment;
    if (moment.kind !== 'date') return moment.kind === 'varchar' ? timestamp : unknownType;
    return part === undefined ? unknownType : longParts.has(part) ? moment : timestamp;
  };

const dateDiff =
  (canonical: (part: string) => string | undefined): ResultFunction =>
  (call) => {
    const part = canonical(partAt(call, 0) ?? '');
    if (part === undefined) return numberType(widestNumber, 0);
    if (longParts.has(part)) return numberType(9, 0);
    return part === 'nanosecond' ? numberType(widestNumber, 0) : numberType(18, 0);
  };

/** A moment stays what it is; a text becomes a timestamp. */
const momentAt =
  (index: number): ResultFunction =>
  (call) => {
    const type = typeAt(call, index);
    if (type.kind === 'date' || type.kind === 'time' || type.kind === 'timestamp') return type;
    return type.kind === 'varchar' ? timestamp : unknownType;
  };

const textAt: ResultFunction = (call) => {
  const type = typeAt(call, 0);
  return type.kind === 'binary' ? type : type.kind === 'unknown' ? unknownType : varcharType;
};

const concatenation: ResultFunction = (call) => {
  if (call.some(({ type }) => type.kind === 'unknown' || type.kind === 'named')) return unknownType;
  return call.every(({ type }) => type.kind === 'binary') ? { kind: 'binary' } : varcharType;
};

/** An array, with what is known of its elements while nothing is added. */
const arrayOfFirst: ResultFunction = (call) => {
  const type = typeAt(call, 0);
  return type.kind === 'array' && type.element ? type : type.kind === 'unknown' ? unknownType : { kind: 'array' };
};

const objectOfFirst: ResultFunction = (call) => {
  const type = typeAt(call, 0);
  return type.kind === 'object' && !type.fields ? type : unknownType;
};

const element: ResultFunction = (call) => {
  const type = typeAt(call, 0);
  if (type.kind === 'array') return type.element ?? { kind: 'variant' };
  return type.kind === 'variant' ? type : unknownType;
};

const got: ResultFunction = (call) => {
  const type = typeAt(call, 0);
  if (type.kind === 'map') return type.value;
  return type.kind === 'object' && type.fields
    ? unknownType
    : element(call).kind === 'unknown'
      ? { kind: 'variant' }
      : element(call);
};

const decode: ResultFunction = (call) => {
  const results = call.filter((_, index) => index > 1 && (index % 2 === 0 || index === call.length - 1));
  return (
    commonType(
      results.map(({ type }) => type),
      { types },
    ) ?? unknownType
  );
};

const spread: ResultFunction = ofNumbers((type) =>
  type ? numberType(widestNumber, type.scale === 0 ? 6 : Math.max(12, type.scale)) : unknownType,
);

/** Results that follow from the arguments; signatures name them. */
export const resultsWith = (
  canonical: (part: string) => string | undefined,
): Readonly<Record<string, ResultFunction>> => ({
  concat: concatenation,
  text: textAt,
  number: ofNumbers((type) => type ?? unknownType),
  sign: () => numberType(1, 0),
  float: () => doubleType,
  rounded,
  truncated: momentAt(0),
  modulo: ofNumbers((left, right) => (left && right && arithmetic('%', left, right)) || unknownType),
  quotient: ofNumbers((left, right) => (left && right ? quotient(left, right) : unknownType)),
  bits: (call) =>
    typeAt(call, 0).kind === 'binary'
      ? { kind: 'binary' }
      : isNumeric(typeAt(call, 0))
        ? numberType(widestNumber, 0)
        : unknownType,
  uniform: (call) =>
    commonType(
      call.slice(0, 2).map(({ type }) => type),
      { types },
    ) ?? unknownType,
  moment: momentAt(0),
  dateadd: dateAdd(canonical),
  datediff: dateDiff(canonical),
  datetrunc: momentAt(1),
  zoned: () => ({ kind: 'timestamp', zone: 'tz', precision: 9 }),
  decode,
  nullif: (call) => typeAt(call, 0),
  number_cast: numberCast,
  as_number: (call) => digits(constantAt(call, 1) ?? widestNumber, constantAt(call, 2) ?? 0),
  array: arrayOfFirst,
  object: objectOfFirst,
  transformed: ([array]) => (array?.type.kind === 'array' && !array.type.element ? array.type : unknownType),
  mapkeys: (call) => {
    const type = typeAt(call, 0);
    return type.kind === 'map' ? { kind: 'array', element: type.key } : unknownType;
  },
  element,
  got,
  sum: ofNumbers((type) => (type ? total(type) : unknownType)),
  avg: ofNumbers((type) => (type ? quotient(total(type), numberType(18, 0)) : unknownType)),
  median: ofNumbers((type) =>
    type ? digits(type.precision + 3, Math.min(type.scale + 3, widestNumber)) : unknownType,
  ),
  kurtosis: ofNumbers(() => numberType(widestNumber, 12)),
  variance: spread,
  percentile: (call) => (typeAt(call, 1).kind === 'float' ? doubleType : unknownType),
  ordered: (call) => typeAt(call, 1),
  by: (call) => (call.length > 2 ? { kind: 'array' } : typeAt(call, 0)),
  shifted: (call) =>
    call.length > 2 ? (commonType([typeAt(call, 0), typeAt(call, 2)], { types }) ?? unknownType) : typeAt(call, 0),
});
