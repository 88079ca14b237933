import type { Expression, Place } from '../../tree.ts';
import { commonType, type SqlType, typeText, unknownType } from '../../types/index.ts';
import type { Context, Value } from '../context.ts';
import { reportMismatch } from './type-mismatch.ts';

/** One of several values that have to become of one type. */
export interface Ingredient {
  readonly expression: Expression;
  readonly value: Value;
}

/** Whether it is a text as written, which takes the type that it meets. */
export function isText(expression: Expression): boolean {
  return expression.kind === 'parenthesized' ? isText(expression.expression) : expression.kind === 'string';
}

/** The type that all ingredients become: of the branches of CASE, for example. */
export function mixedType(context: Context, ingredients: readonly Ingredient[], place: Place): SqlType {
  const firm = ingredients.filter(({ expression }) => !isText(expression)).map(({ value }) => value.type);
  const known = firm.filter((type) => type.kind !== 'null');
  const types = known.length > 0 ? firm : ingredients.map(({ value }) => value.type);
  const common = commonType(types, context.dialect);
  if (common) return withTexts(common, ingredients);
  const names = [...new Set(known.map((type) => typeText(type, context.dialect)))];
  reportMismatch(context, known, place, `These values have no type in common: ${names.join(', ')}.`);
  return unknownType;
}

/** Texts of other lengths make the length of a text unknown. */
function withTexts(common: SqlType, ingredients: readonly Ingredient[]): SqlType {
  if (common.kind !== 'varchar' || common.length === undefined) return common;
  const lengths = ingredients.map(({ value }) => (value.type.kind === 'varchar' ? value.type.length : common.length));
  if (lengths.some((length) => length === undefined)) return { kind: 'varchar' };
  return { kind: 'varchar', length: Math.max(common.length, ...lengths.map((length) => length ?? 0)) };
}
