import type { BinaryOperator, UnaryOperator } from '../tree.ts';
import type { SqlType, TypeField } from './type.ts';

/** Operators with a result type of their own; `and`, `or`, `xor` and tests give booleans in every dialect. */
export type TypedOperator = BinaryOperator | UnaryOperator | 'and' | 'or' | 'xor';

/** Whether the warehouse takes it for certain, refuses it for certain, or neither is sure. */
export type Answer = 'yes' | 'no' | 'unknown';

/** What stands in the parentheses of a type. */
export interface TypeDetails {
  readonly numbers: readonly number[];
  readonly texts: readonly string[];
  readonly types: readonly SqlType[];
  readonly fields: readonly TypeField[];
}

/** What a dialect knows of types. Every answer is conservative: `unknown` rather than a guess. */
export interface TypeRules {
  /** The type of a name in lower case (`double precision`), or undefined if there is none built in. */
  readonly read: (name: string, details: TypeDetails) => SqlType | undefined;
  /** Why there is no type of that size. Default: of none it is known. */
  readonly wrongSize?: (type: SqlType) => string | undefined;
  /** How the dialect writes a type. */
  readonly text: (type: SqlType) => string;
  /** The type of a number as written. */
  readonly numberLiteral: (text: string) => SqlType;
  /** The type of a text as written. */
  readonly textLiteral: (value: string) => SqlType;
  /** The result of an operator; both types are known and none is an untyped NULL. Undefined: refused for certain. */
  readonly operator: (operator: TypedOperator, left: SqlType, right: SqlType | undefined) => SqlType | undefined;
  /** The type that holds both; both are known and differ. Undefined: refused for certain. */
  readonly common: (left: SqlType, right: SqlType) => SqlType | undefined;
  /**
   * In a dialect whose set operations take columns of all types together: what {@link common} does not know. A text as
   * written is a text there. Default: they are refused as anywhere else.
   */
  readonly united?: (left: SqlType, right: SqlType) => SqlType;
  /** Whether `CAST(from AS to)` is possible. */
  readonly cast: (from: SqlType, to: SqlType) => Answer;
  /** Whether TRY_CAST gives NULL where no CAST is possible, in place of being refused. */
  readonly triesEveryCast: boolean;
  /** Whether NULL passes every cast: one that is not possible is refused only once there is a value. */
  readonly castsEveryNull: boolean;
  /** Whether a value is taken where the other type is wanted, without a cast being written. */
  readonly implicitCast: (from: SqlType, to: SqlType) => Answer;
  /** In a dialect with overloads: what an implicit cast costs; undefined if there is none. */
  readonly castCost?: (from: SqlType, to: SqlType) => number | undefined;
}

/** Whatever has rules for types: a dialect. */
export interface Typed {
  readonly types: TypeRules;
}
