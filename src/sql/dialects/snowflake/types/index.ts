// types: Snowflake's types → their rules
import type { TypeRules } from '../../../types/index.ts';
import { cast, implicitCast } from './casts.ts';
import { readName, writeType } from './names.ts';
import { numberLiteral } from './numbers.ts';
import { common, operator } from './operators.ts';

/** Snowflake's types, as documented. */
export const types: TypeRules = {
  read: readName,
  text: writeType,
  numberLiteral,
  textLiteral: (value) => ({ kind: 'varchar', length: [...value].length, literal: true }),
  operator,
  common,
  cast,
  triesEveryCast: false,
  castsEveryNull: false,
  implicitCast,
};
