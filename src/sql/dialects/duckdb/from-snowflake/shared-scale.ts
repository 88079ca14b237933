import { cast, type } from '../../../translate/build.ts';
import type { Translation } from '../../../translate/translation.ts';
import type { Expression, QueryBody, SelectItem, SetOperation } from '../../../tree.ts';
import type { SqlType } from '../../../types/index.ts';

/**
 * What is to be done with the translations of values of which one is the result. Where their digits are more than 38
 * together, Snowflake keeps all of those behind the point, and DuckDB those before it: of NUMBER(38, 0) and 2.5 it would
 * make 3.
 */
export function scaling(values: readonly Expression[], translation: Translation): (made: Expression) => Expression {
  const scale = sharedScale(values.map((value) => translation.typeOf(value)));
  return scale === undefined ? (made) => made : (made) => withScale(made, scale);
}

/** The translations of values of which one is the result. */
export function withSharedScale(values: readonly Expression[], translation: Translation): Expression[] {
  return translation.expressions(values).map(scaling(values, translation));
}

/** The same for the columns of a set operation, as far as they are written out. */
export function unitedWithSharedScale(node: SetOperation, made: SetOperation, translation: Translation): SetOperation {
  const arms = [node.first, ...node.rest.map(({ body }) => body)].map(itemsOf);
  const scales = arms[0]?.map((_, index) => {
    const items = arms.map((items) => items?.[index]);
    return items.every((item) => item !== undefined)
      ? sharedScale(items.map(({ expression }) => translation.typeOf(expression)))
      : undefined;
  });
  if (!scales?.some((scale) => scale !== undefined)) return made;
  const scaled = (body: QueryBody): QueryBody => {
    if (body.kind !== 'select') return body;
    return { ...body, items: body.items.map((item, index) => itemWithScale(item, scales[index])) };
  };
  return { ...made, first: scaled(made.first), rest: made.rest.map((arm) => ({ ...arm, body: scaled(arm.body) })) };
}

/** Undefined where a star stands among them: nobody knows how many columns it is. */
function itemsOf(body: QueryBody): readonly SelectItem[] | undefined {
  if (body.kind !== 'select' || body.items.some(({ expression }) => expression.kind === 'star')) return undefined;
  return body.items;
}

function itemWithScale(item: SelectItem, scale: number | undefined): SelectItem {
  if (scale === undefined) return item;
  const { expression } = item;
  const alias = item.alias ?? (expression.kind === 'column' ? expression.parts.at(-1) : undefined);
  return { ...item, ...(alias && { alias }), expression: withScale(expression, scale) };
}

const withScale = (made: Expression, scale: number): Expression => cast(made, type('decimal', 38, scale));

/** How many digits behind the point the result has, where DuckDB would keep fewer. Undefined where it is not known. */
function sharedScale(types: readonly SqlType[]): number | undefined {
  const numbers = types.flatMap((given) => (given.kind === 'number' ? [given] : []));
  if (!types.every(({ kind }) => kind === 'number' || kind === 'null')) return undefined;
  const scale = numbers.reduce((most, given) => Math.max(most, given.scale), 0);
  const before = numbers.reduce((most, given) => Math.max(most, given.precision - given.scale), 0);
  return scale > 0 && before + scale > 38 ? scale : undefined;
}
