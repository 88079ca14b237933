import { call, cast, string, type } from '../../../translate/build.ts';
import type { Translation } from '../../../translate/translation.ts';
import type { Call, Expression } from '../../../tree.ts';
import { isNumeric, type SqlType, unknownType, variantType } from '../../../types/index.ts';
import { macro } from './macro.ts';
import { isMomentMade, isOperand, isText } from './made.ts';

/**
 * What an argument is wanted as. Snowflake casts what it gets; DuckDB casts less, and not always alike. With the
 * argument's type known, nothing or a plain cast is written; otherwise a macro that asks for the type.
 */
export type Wanted = keyof typeof coercions;

type Coercion = (made: Expression, type: SqlType) => Expression;

const isMoment = ({ kind }: SqlType): boolean => kind === 'date' || kind === 'timestamp' || kind === 'time';

const isSemiStructured = ({ kind }: SqlType): boolean => kind === 'variant' || kind === 'array' || kind === 'object';

const isWritten = (made: Expression): boolean =>
  made.kind === 'unary' ? isWritten(made.operand) : made.kind === 'number' && /^\d+$/.test(made.text);

function numeric(made: Expression, given: SqlType): Expression {
  if (isNumeric(given) || given.kind === 'null') return made;
  if (given.kind === 'unknown') return isOperand(made) ? made : macro('snowflake_operand', made);
  return isMoment(given) || given.kind === 'interval' ? made : macro('snowflake_float', made);
}

const asVariant: Coercion = (made, given) => (isSemiStructured(given) ? made : cast(made, type('variant')));

const coercions = {
  any: (made) => made,
  text: (made, given) => {
    if (given.kind === 'varchar' || isText(made)) return made;
    if (
      given.kind === 'null' ||
      given.kind === 'number' ||
      given.kind === 'integer' ||
      given.kind === 'date' ||
      given.kind === 'boolean'
    )
      return cast(made, type('varchar'));
    if (given.kind === 'float') return macro('snowflake_float_text', made);
    if (given.kind === 'timestamp' && given.zone === 'ntz')
      return call('strftime', made, string('%Y-%m-%d %H:%M:%S.%g'));
    return call(isSemiStructured(given) ? 'snowflake_variant_text' : 'snowflake_text', made);
  },
  /** A number as an operand or argument: in a VARIANT or a text it is a FLOAT. */
  number: numeric,
  /** An operand of a division, whose macro fails for a VARIANT by itself. */
  operand: (made, given) => (given.kind === 'unknown' ? made : numeric(made, given)),
  float: (made, given) => {
    if (given.kind === 'float') return made;
    if (isNumeric(given)) return cast(made, type('double'));
    return call(given.kind === 'varchar' ? 'snowflake_float_of_text' : 'snowflake_float', made);
  },
  integer: (made, given) => {
    if (given.kind === 'integer' || given.kind === 'null' || isWritten(made)) return made;
    // DuckDB keeps it as a DECIMAL, which is no whole number to its functions.
    if (given.kind === 'number' && given.scale === 0) return cast(made, type('bigint'));
    if (isNumeric(given)) return cast(cast(made, type('decimal', 38, 0)), type('bigint'));
    return call(given.kind === 'varchar' ? 'snowflake_integer_of_text' : 'snowflake_integer', made);
  },
  boolean: (made, given) =>
    given.kind === 'boolean' || given.kind === 'null' ? made : macro('snowflake_boolean', made),
  date: (made, given) => {
    if (given.kind === 'date') return made;
    if (given.kind === 'timestamp') return cast(made, type('date'));
    return call(given.kind === 'varchar' ? 'snowflake_date_of_text' : 'snowflake_date', made);
  },
  timestamp: (made, given) => {
    if (given.kind === 'timestamp' && given.zone === 'ntz') return made;
    if (given.kind === 'date' || given.kind === 'timestamp') return cast(made, type('timestamp'));
    return call(given.kind === 'varchar' ? 'snowflake_timestamp_of_text' : 'snowflake_timestamp', made);
  },
  instant: (made, given) =>
    given.kind === 'timestamp' && given.zone === 'ltz' ? made : macro('snowflake_instant', made),
  time: (made, given) => (given.kind === 'time' ? made : macro('snowflake_time', made)),
  /** A date or timestamp, whose type stays; texts are read as timestamps. */
  moment: (made, given) => {
    if (isMoment(given) || isMomentMade(made)) return made;
    return call(given.kind === 'unknown' ? 'snowflake_moment' : 'snowflake_timestamp', made);
  },
  variant: asVariant,
  /** A VARIANT of which only what is inside matters. */
  container: asVariant,
  /** A VARIANT that becomes part of another, where JSON's null is a null. */
  element: (made, given) => {
    if (given.kind === 'variant' || given.kind === 'unknown') return withoutJsonNull(made, variantType);
    return cast(made, type('variant'));
  },
} as const satisfies Record<string, Coercion>;

/** The translation of what is compared with other values: JSON's null is like none of them. */
export function comparable(node: Expression, translation: Translation): Expression {
  return withoutJsonNull(translation.expression(node), translation.typeOf(node));
}

/** The translations of two values that are compared so that NULL is like NULL, which JSON's null is not. */
export function comparableWithNull(
  left: Expression,
  right: Expression,
  translation: Translation,
): readonly [Expression, Expression] {
  const both = [left, right] as const;
  const areVariants = both.every((node) => isSemiStructured(translation.typeOf(node)));
  const isKept = areVariants || both.some(({ kind }) => kind === 'null');
  const read = (node: Expression): Expression =>
    isKept ? translation.expression(node) : comparable(node, translation);
  return [read(left), read(right)];
}

/** The translation of an expression as what is wanted. */
export function want(node: Expression, wanted: Wanted, translation: Translation): Expression {
  return coerce(translation.expression(node), translation.typeOf(node), wanted);
}

export const coerce = (made: Expression, given: SqlType, wanted: Wanted): Expression =>
  (coercions[wanted] as Coercion)(keepsJsonNull.has(wanted) ? made : withoutJsonNull(made, unknownType), given);

const keepsJsonNull: ReadonlySet<Wanted> = new Set(['any', 'variant', 'element']);

/**
 * A value with NULL in the place of JSON's null, as which it counts wherever no VARIANT is wanted. What is taken out of a
 * VARIANT is NULL anyway, unless it is kept; another VARIANT may be JSON's null.
 */
export function withoutJsonNull(made: Expression, given: SqlType): Expression {
  if (made.kind === 'parenthesized') return { ...made, expression: withoutJsonNull(made.expression, given) };
  const [value] = isKeptNull(made) ? made.arguments : [];
  if (value) return value.value as Expression;
  return given.kind === 'variant' ? macro('snowflake_value', made) : made;
}

const isKeptNull = (made: Expression): made is Call =>
  made.kind === 'call' && made.name.parts.at(-1)?.text === 'snowflake_kept_null';
