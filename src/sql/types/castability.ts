import type { Answer, Typed } from './rules.ts';
import { isUnknown, type SqlType, sameType } from './type.ts';

/** Whether `CAST(from AS to)` is taken, refused for certain whatever the value (`no`), or neither is sure. */
export function castability(from: SqlType, to: SqlType, dialect: Typed): Answer {
  if (isUnknown(from) || isUnknown(to)) return 'unknown';
  return from.kind === 'null' || sameType(from, to) ? 'yes' : dialect.types.cast(from, to);
}
