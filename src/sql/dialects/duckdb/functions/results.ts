import {
  arrayOf,
  commonType,
  doubleType,
  integerType,
  numberType,
  type ResultFunction,
  type SqlType,
  settledType,
  timestampType,
  unknownType,
  varcharType,
} from '../../../types/index.ts';
import { types } from '../types/index.ts';

const listOf = (element: SqlType | undefined): SqlType =>
  element && element.kind !== 'unknown' && element.kind !== 'null' ? arrayOf(settledType(element)) : unknownType;

const zoneOfFormat = /%z|%Z/;
const fractions = new Set(['epoch', 'julian']);

/** The middle of whole numbers and dates has a fraction. */
function middle(type: SqlType | undefined): SqlType {
  if (type?.kind === 'integer') return type.bits === Number.POSITIVE_INFINITY ? unknownType : doubleType;
  if (type?.kind === 'date') return timestampType('ntz', 6);
  return type?.kind === 'number' || type?.kind === 'float' || type?.kind === 'timestamp' ? type : unknownType;
}

/** Results that follow from the arguments; signatures name them. */
export const results: Readonly<Record<string, ResultFunction>> = {
  decimal38: ([argument]) => {
    const type = argument?.type;
    return type?.kind === 'number' ? numberType(38, type.scale) : unknownType;
  },
  decimal0: ([argument]) => {
    const type = argument?.type;
    return type?.kind === 'number' ? numberType(type.precision, 0) : unknownType;
  },
  listed: ([argument]) => listOf(argument?.type),
  element: ([argument]) => (argument?.type.kind === 'array' ? argument.type.element : undefined) ?? unknownType,
  list: (call) =>
    listOf(
      commonType(
        call.map(({ type }) => type),
        { types },
      ),
    ),
  concat: (call) => {
    if (call.some(({ type }) => type.kind === 'unknown' || type.kind === 'named')) return unknownType;
    const lists = call.filter(({ type }) => type.kind === 'array');
    return lists.length > 0 ? unknownType : call.some(({ type }) => type.kind === 'binary') ? unknownType : varcharType;
  },
  /** A list's elements; a struct becomes columns, which is not told here. */
  unnested: (call) => {
    const type = call[0]?.type;
    return call.length === 1 && type?.kind === 'array' && type.element?.kind !== 'struct'
      ? (type.element ?? unknownType)
      : unknownType;
  },
  parsed: ([, format]) =>
    format?.constant === undefined ? unknownType : timestampType(zoneOfFormat.test(format.constant) ? 'ltz' : 'ntz', 6),
  part: ([part]) =>
    part?.constant === undefined
      ? unknownType
      : fractions.has(part.constant.toLowerCase())
        ? doubleType
        : integerType(64),
  places: ([argument, places]) => {
    const type = argument?.type;
    const scale = places?.constant === undefined ? Number.NaN : Number(places.constant);
    return type?.kind === 'number' && Number.isInteger(scale)
      ? numberType(type.precision, Math.max(0, Math.min(scale, type.scale)))
      : unknownType;
  },
  median: ([argument]) => middle(argument?.type),
  percentile: ([, ordered]) => middle(ordered?.type),
  histogram: ([argument]) => {
    const key = argument && settledType(argument.type);
    return key && key.kind !== 'unknown' && key.kind !== 'null'
      ? { kind: 'map', key, value: integerType(64, false) }
      : unknownType;
  },
  sliced: ([argument]) => {
    const type = argument?.type;
    if (type?.kind === 'array' && type.element) return arrayOf(type.element);
    return type?.kind === 'varchar' ? varcharType : unknownType;
  },
  transformed: ([, lambda]) => listOf(lambda?.lambda ? lambda.type : undefined),
  field: ([struct, name]) => {
    const fields = struct?.type.kind === 'struct' ? struct.type.fields : [];
    const wanted = name?.constant?.toLowerCase();
    return fields.find((field) => field.name.toLowerCase() === wanted)?.type ?? unknownType;
  },
  packed: (call) =>
    call.length > 0 &&
    call.every(({ name, type }) => name !== undefined && type.kind !== 'unknown' && type.kind !== 'null')
      ? { kind: 'struct', fields: call.map(({ name = '', type }) => ({ name, type: settledType(type) })) }
      : unknownType,
};
