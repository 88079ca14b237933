import type { SqlType } from './types/type.ts';

export type FunctionKind = 'scalar' | 'aggregate' | 'window' | 'table';

/** Everything that a dialect knows of its built-in functions. Loaded when first asked. */
export interface FunctionCatalogue {
  /** The function of a name in any letter case; undefined is no error: it may be the user's own. */
  readonly find: (name: string) => SqlFunction | undefined;
  /** All names, lower case: for "did you mean". */
  readonly names: () => readonly string[];
  /** Names, lower case, that are calls without parentheses: `current_date`. */
  readonly bare: ReadonlySet<string>;
  /** Date parts and their other names, lower case, with the part that each means: `yyyy` → `year`. */
  readonly dateParts: ReadonlyMap<string, string>;
}

export interface SqlFunction {
  /** Lower case. */
  readonly name: string;
  /** At least one. The first that fits counts. */
  readonly signatures: readonly Signature[];
  /** Kinds of all signatures: a name can be both a scalar and a table function. */
  readonly kinds: ReadonlySet<FunctionKind>;
}

export interface Signature {
  readonly kind: FunctionKind;
  readonly parameters: readonly FunctionParameter[];
  readonly minimum: number;
  /** `Infinity` if the last parameters repeat, or if the number is not known. */
  readonly maximum: number;
  /** Whether the last parameter repeats. */
  readonly repeats: boolean;
  readonly result: ResultRule;
  /** When NULL comes out: see {@link NullRule}. */
  readonly nulls: NullRule;
  /** `stable`: the same during one statement (`CURRENT_DATE`); `volatile`: another one for each row (`RANDOM`). */
  readonly determinism: 'immutable' | 'stable' | 'volatile';
  /** Of an aggregate: `never` cannot have OVER. Of a window function OVER is required. */
  readonly over: 'required' | 'allowed' | 'never';
  /** Of an aggregate that needs `WITHIN GROUP (ORDER BY …)`, or may have it. */
  readonly withinGroup: 'required' | 'allowed' | 'never';
  /** Of a table function: its columns; undefined if they are not known, or depend on the arguments. */
  readonly columns?: readonly FunctionColumn[];
}

/**
 * `any`: NULL if (and only if) an argument is NULL; `all`: if all are (`COALESCE`); `never`: never (`COUNT`);
 * `maybe`: cannot be told, also without NULL in the arguments (`NULLIF`, `TRY_…`, `SUM` of no rows).
 */
export type NullRule = 'any' | 'all' | 'never' | 'maybe';

export interface FunctionParameter {
  /** Lower case; undefined where the dialect gives none. */
  readonly name?: string;
  readonly accepts: Pattern;
  readonly optional: boolean;
  /** Can only be given by name (`PATH => 'a'`). */
  readonly named?: boolean;
}

/** What an argument has to be. */
export type Pattern =
  | { readonly kind: 'any' }
  /** A class of types, such as `number` or `moment`. */
  | { readonly kind: 'class'; readonly class: TypeClass }
  /** A word or text that names a date part; it is no column. */
  | { readonly kind: 'date-part' }
  | { readonly kind: 'lambda' }
  /** The same type wherever the variable stands. */
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'type'; readonly type: SqlType }
  | { readonly kind: 'list'; readonly element: Pattern }
  | { readonly kind: 'map'; readonly key: Pattern; readonly value: Pattern };

export type TypeClass =
  | 'number'
  | 'integer'
  | 'text'
  | 'boolean'
  | 'binary'
  | 'text-or-binary'
  | 'date'
  | 'time'
  | 'timestamp'
  /** Date or timestamp. */
  | 'date-or-timestamp'
  /** Date, time or timestamp. */
  | 'moment'
  | 'interval'
  | 'variant'
  | 'array'
  | 'object'
  | 'map'
  | 'struct'
  | 'geography'
  | 'vector'
  | 'file';

/** How a result's type follows from the arguments. */
export type ResultRule =
  /** A type, or one made of the variables of the parameters: `T[]`. */
  | { readonly kind: 'pattern'; readonly pattern: Pattern }
  /** The type of the argument at an index from 0. */
  | { readonly kind: 'same'; readonly argument: number }
  /** The common type of the arguments from an index on. */
  | { readonly kind: 'common'; readonly from: number }
  | { readonly kind: 'computed'; readonly compute: ResultFunction };

/** `unknown` is always an answer. */
export type ResultFunction = (arguments_: readonly CallArgument[]) => SqlType;

/** Column of a table function's result. */
export interface FunctionColumn {
  readonly name: string;
  readonly type: SqlType;
}

/** An argument of a call, as far as its type matters. */
export interface CallArgument {
  readonly type: SqlType;
  /** Of a named argument, any letter case. */
  readonly name?: string;
  /** What a literal says (`'month'`, `2`), or the single word that stands there (`month`): date parts, scales. */
  readonly constant?: string;
  /** `*` or `t.*`, whose number of columns is not known. */
  readonly star?: boolean;
  /** A lambda; `type` is that of its body. */
  readonly lambda?: boolean;
}
