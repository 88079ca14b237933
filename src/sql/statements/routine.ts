import type { DataType, Expression, Identifier, Place, Query } from '../tree.ts';
import type { CreateBase } from './base.ts';
import type { ColumnDefinition } from './columns.ts';
import type { Option } from './options.ts';

/** CREATE FUNCTION and CREATE PROCEDURE with parameters and a result. */
export interface CreateRoutine extends CreateBase {
  readonly kind: 'create-routine';
  /** Lower case: `function`, `procedure`, `external function`, `aggregate function`. */
  readonly routine: string;
  readonly parameters: readonly RoutineParameter[];
  readonly returns?: RoutineResult;
  /** In order, before and behind RETURNS alike: `language sql`, `immutable`, `handler = 'f'`. */
  readonly options: readonly Option[];
  /** A text in the routine's language, or an expression. */
  readonly body?: Expression;
}

/** A parameter of a routine, macro or policy. */
export interface RoutineParameter extends Place {
  readonly kind: 'routine-parameter';
  readonly name: Identifier;
  /** Behind the name: `in`, `input`, `out`, `output`. */
  readonly mode?: string;
  readonly type?: DataType;
  readonly default?: { readonly sign: 'default' | ':=' | '='; readonly value: Expression };
}

/** `RETURNS NUMBER NOT NULL`, `RETURNS TABLE (a INT)`. */
export interface RoutineResult extends Place {
  readonly kind: 'routine-result';
  readonly type?: DataType;
  /** Of a table function. */
  readonly columns?: readonly ColumnDefinition[];
  readonly notNull: boolean;
}

/** CREATE MACRO or FUNCTION whose body is an expression or a query: `f(a, b) AS a + b`, `f(a) AS TABLE SELECT a`. */
export interface CreateMacro extends CreateBase {
  readonly kind: 'create-macro';
  readonly word: 'macro' | 'function';
  /** Several with different parameters. */
  readonly variants: readonly MacroVariant[];
}

export interface MacroVariant extends Place {
  readonly parameters: readonly RoutineParameter[];
  readonly body: Expression | Query;
}
