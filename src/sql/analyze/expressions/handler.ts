import type { Flow } from '../../lineage/index.ts';
import type { Scope } from '../../names/index.ts';
import type { Expression } from '../../tree.ts';
import { unknownType } from '../../types/index.ts';
import type { Context, Value } from '../context.ts';

/** Looks through one kind of expression: says what its value is, and reads the columns that it is taken from into `flow`. */
export type Handler<Kind extends Expression['kind']> = (
  context: Context,
  expression: Extract<Expression, { readonly kind: Kind }>,
  scope: Scope,
  flow: Flow,
) => Value;

export type Handlers<Kind extends Expression['kind'] = Expression['kind']> = { readonly [K in Kind]: Handler<K> };

/** The value of something of which nothing is known. */
export const unknownValue: Value = { type: unknownType, nullable: true };
