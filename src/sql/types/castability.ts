import type { Answer, Typed } from './rules.ts';
import { isUnknown, type SqlType, sameType } from './type.ts';

/** Whether `CAST(from AS to)` is taken, refused for certain whatever the value (`no`), or neither is sure. */
export const castability = (from: SqlType, to: SqlType, dialect: Typed): Answer =>
  certain(from, to) ?? dialect.types.cast(from, to);

/** Whether a value of `from` is taken where `to` is wanted (an argument, a comparison) without a cast being written. */
export const implicitCastability = (from: SqlType, to: SqlType, dialect: Typed): Answer =>
  certain(from, to) ?? dialect.types.implicitCast(from, to);

function certain(from: SqlType, to: SqlType): Answer | undefined {
  if (isUnknown(from) || isUnknown(to)) return 'unknown';
  return from.kind === 'null' || sameType(from, to) ? 'yes' : undefined;
}
