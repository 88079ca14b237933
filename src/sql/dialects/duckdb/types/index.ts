// types: DuckDB's types → their rules
import type { TypeRules } from '../../../types/index.ts';
import { cast, castCost, implicitCast } from './casts.ts';
import { readName, writeType, wrongSize } from './names.ts';
import { numberLiteral } from './numbers.ts';
import { operator } from './operators.ts';
import { common, united } from './supertype.ts';

/** DuckDB's types, as measured with 1.5: a test asks the database for each pair of types. */
export const types: TypeRules = {
  read: readName,
  wrongSize,
  text: writeType,
  numberLiteral,
  textLiteral: () => ({ kind: 'varchar', literal: true }),
  operator,
  common,
  united,
  cast,
  triesEveryCast: true,
  castsEveryNull: true,
  implicitCast,
  castCost,
};
