import type { Flow } from '../../lineage/index.ts';
import type { Scope } from '../../names/index.ts';
import type { Expression } from '../../tree.ts';
import type { Context, Value } from '../context.ts';
import { calls } from './calls.ts';
import { columns } from './columns.ts';
import { conditionals } from './conditional.ts';
import type { Handlers } from './handler.ts';
import { literals } from './literals.ts';
import { operators } from './operators.ts';
import { structures } from './structures.ts';
import { subqueries } from './subqueries.ts';

const handlers: Handlers = {
  ...literals,
  ...columns,
  ...operators,
  ...conditionals,
  ...structures,
  ...subqueries,
  ...calls,
};

/** What an expression's value is. The base columns that it is taken from are read into the flow. */
export function readExpression(context: Context, expression: Expression, scope: Scope, flow: Flow): Value {
  const handler = handlers[expression.kind] as (
    context: Context,
    expression: Expression,
    scope: Scope,
    flow: Flow,
  ) => Value;
  const value = handler(context, expression, scope, flow);
  context.values?.set(expression, value);
  return value;
}
