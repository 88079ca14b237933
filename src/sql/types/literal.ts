import type { Expression, Interval } from '../tree.ts';
import { readDataType } from './read.ts';
import type { Typed } from './rules.ts';
import { booleanType, nullType, type SqlType, unknownType } from './type.ts';

/** The type of a literal: number, text, boolean, NULL, `DATE '…'`, `INTERVAL '…'`. `unknown` for what is none. */
export function literalType(literal: Expression, dialect: Typed): SqlType {
  if (literal.kind === 'number') return dialect.types.numberLiteral(literal.text);
  if (literal.kind === 'boolean') return booleanType;
  if (literal.kind === 'null') return nullType;
  if (literal.kind === 'typed-literal') return readDataType(literal.type, dialect);
  if (literal.kind === 'interval') return intervalType(literal);
  if (literal.kind !== 'string') return unknownType;
  return literal.quoting === 'hex' ? { kind: 'binary' } : dialect.types.textLiteral(literal.value);
}

const dayWords = new Set(
  'y yy yyy yyyy yr yrs year years q qtr qtrs quarter quarters mm mon mons month months w wk week weeks d dd day days'.split(
    ' ',
  ),
);

function intervalType({ value, unit = '' }: Interval): SqlType {
  const text = value.kind === 'string' ? `${value.value} ${unit}` : unit;
  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
  return {
    kind: 'interval',
    family: 'mixed',
    ...(words.length > 0 ? { wholeDays: words.every((word) => dayWords.has(word)) } : {}),
  };
}
