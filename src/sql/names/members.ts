import { type SqlType, unknownType } from '../types/index.ts';

const memberless: ReadonlySet<SqlType['kind']> = new Set([
  'varchar',
  'array',
  'boolean',
  'integer',
  'number',
  'float',
  'date',
  'time',
  'timestamp',
  'interval',
  'uuid',
]);

/** The type of a member behind a point; undefined if there is none for certain. */
export function memberType(type: SqlType, name: string): SqlType | undefined {
  if (type.kind === 'struct' || type.kind === 'union') {
    return type.fields.find((field) => field.name.toLowerCase() === name.toLowerCase())?.type;
  }
  if (type.kind === 'variant' || type.kind === 'json') return type;
  return memberless.has(type.kind) ? undefined : unknownType;
}

/** Whether a value can have such a member. */
export const hasMember = (type: SqlType, name: string): boolean => memberType(type, name) !== undefined;
