import type { Typed } from './rules.ts';
import type { SqlType } from './type.ts';

/** A type as the dialect writes it: `NUMBER(38,0)`, `INTEGER[]`. `unknown` is written so, in lower case. */
export function typeText(type: SqlType, dialect: Typed): string {
  if (type.kind === 'named') return type.name;
  if (type.kind === 'unknown' || type.kind === 'null') return type.kind;
  return dialect.types.text(type);
}
