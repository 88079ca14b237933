import { type Answer, isNumeric, type SqlType, sameType, settledType } from '../../../types/index.ts';
import { fitsInteger, isUnbounded } from './numbers.ts';

/**
 * What DuckDB charges for a cast that nobody wrote, lower is better; undefined: it makes none. Overloads are chosen by
 * the sum.
 */
export function castCost(from: SqlType, to: SqlType): number | undefined {
  if (from.kind === 'null') return 0;
  if (from.kind === 'varchar' && from.literal) return to.kind === 'varchar' ? 1 : 20;
  if (from.kind === 'integer' && from.literal !== undefined) return literalCost(from, from.literal, to);
  if (sameType(from, to)) return 0;
  if (to.kind === 'variant' || to.kind === 'json') return targetCost(to);
  if (from.kind === 'variant') return targetCost(to);
  if (from.kind === 'number' && to.kind === 'number') return 0;
  if (from.kind === 'array' && to.kind === 'array') return listCost(from, to);
  return becomes(from, to) ? targetCost(to) : undefined;
}

function literalCost(from: SqlType, value: string, to: SqlType): number | undefined {
  if (to.kind === 'integer' && fitsInteger(value, to)) return sameType(from, to) ? 0 : targetCost(to) - 90;
  if (to.kind === 'integer') return undefined;
  return sameType(from, to) ? 0 : castCost(settledType(from), to);
}

function listCost(from: SqlType & { kind: 'array' }, to: SqlType & { kind: 'array' }): number | undefined {
  if (!from.element || !to.element) return undefined;
  if (from.size !== to.size && to.size !== undefined && from.size !== undefined) return undefined;
  const cost = castCost(from.element, to.element);
  return cost === undefined ? undefined : cost + (from.size === to.size ? 0 : 1);
}

function becomes(from: SqlType, to: SqlType): boolean {
  switch (from.kind) {
    case 'integer':
      return to.kind === 'integer' ? widens(from, to) : to.kind === 'float' || to.kind === 'number';
    case 'number':
      return to.kind === 'float' || to.kind === 'number';
    case 'float':
      return to.kind === 'float' ? to.bits > from.bits : to.kind === 'integer' && to.bits === Number.POSITIVE_INFINITY;
    case 'date':
      return to.kind === 'timestamp';
    case 'time':
      return to.kind === 'time' && from.zone === 'none';
    case 'timestamp':
      return to.kind === 'timestamp' && timestampBecomes(from, to);
    case 'enum':
    case 'uuid':
    case 'json':
      return to.kind === 'varchar';
    case 'boolean':
      return false;
    default:
      return false;
  }
}

function widens(from: SqlType & { kind: 'integer' }, to: SqlType & { kind: 'integer' }): boolean {
  if (to.bits === Number.POSITIVE_INFINITY) return true;
  if (from.signed) return to.signed && to.bits > from.bits;
  return to.bits > from.bits;
}

const timestampBecomes = (from: SqlType & { kind: 'timestamp' }, to: SqlType & { kind: 'timestamp' }): boolean =>
  from.zone === 'ntz' && (to.zone === 'ltz' ? from.precision === 6 : true);

function targetCost(to: SqlType): number {
  switch (to.kind) {
    case 'integer':
      return to.signed ? (({ 64: 101, 32: 102, 128: 103 } as Record<number, number>)[to.bits] ?? 110) : 110;
    case 'float':
      return to.bits === 64 ? 104 : 110;
    case 'number':
      return 105;
    case 'timestamp':
      return to.zone === 'ltz' ? 123 : 120 + (to.precision === 6 ? 0 : 1);
    case 'varchar':
      return 149;
    case 'array':
    case 'struct':
    case 'map':
    case 'union':
      return 160;
    default:
      return 110;
  }
}

export const implicitCast = (from: SqlType, to: SqlType): Answer => (castCost(from, to) === undefined ? 'no' : 'yes');

const moments = new Set(['date', 'time', 'timestamp']);
const nested = new Set(['array', 'struct', 'map', 'union']);
const free = new Set(['varchar', 'json', 'variant', 'enum']);

/** Whether CAST is possible: what DuckDB calls "unimplemented" is refused as soon as there is one row. */
export function cast(from: SqlType, to: SqlType): Answer {
  if (free.has(from.kind)) return to.kind === 'varchar' ? 'yes' : 'unknown';
  if (to.kind === 'varchar' || to.kind === 'json' || to.kind === 'variant') return 'yes';
  if (isNumeric(from) || from.kind === 'boolean') return numberCast(from, to);
  if (moments.has(from.kind)) return momentCast(from, to);
  if (nested.has(from.kind)) return nested.has(to.kind) ? 'unknown' : 'no';
  if (from.kind === 'interval') return to.kind === 'time' ? 'unknown' : 'no';
  return 'unknown';
}

function numberCast(from: SqlType, to: SqlType): Answer {
  if (isUnbounded(from) || isUnbounded(to) || to.kind === 'bits') return 'unknown';
  if (isNumeric(to) || to.kind === 'boolean') return 'yes';
  return moments.has(to.kind) || nested.has(to.kind) || to.kind === 'interval' || to.kind === 'uuid' ? 'no' : 'unknown';
}

function momentCast(from: SqlType, to: SqlType): Answer {
  if (from.kind === 'date' && to.kind === 'timestamp') return 'yes';
  if (from.kind === 'timestamp' && to.kind === 'date') return 'yes';
  if (moments.has(to.kind)) return from.kind === 'date' || to.kind === 'date' ? 'no' : 'unknown';
  return isNumeric(to) || to.kind === 'boolean' || nested.has(to.kind) || to.kind === 'uuid' ? 'no' : 'unknown';
}
