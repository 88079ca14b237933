import type { Typed } from './rules.ts';
import { isUnknown, nullType, type SqlType, sameType, unknownType } from './type.ts';

/**
 * The type that holds values of all the types: that of COALESCE, CASE, a set operation's column. `unknown` as soon as
 * one is unknown; `null` if all are.
 *
 * @returns undefined if the warehouse refuses the mixture for certain.
 */
export function commonType(types: readonly SqlType[], dialect: Typed): SqlType | undefined {
  let found: SqlType = nullType;
  for (const type of types) {
    if (isUnknown(type)) return unknownType;
    if (type.kind === 'null' || sameType(found, type)) continue;
    const next: SqlType | undefined = found.kind === 'null' ? type : dialect.types.common(found, type);
    if (!next) return undefined;
    if (isUnknown(next)) return unknownType;
    found = next;
  }
  return found;
}
