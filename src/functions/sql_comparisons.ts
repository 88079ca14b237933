import { dispatched, written } from './warehouse/dispatched.ts';

/** dbt's cross-database macros that compare: `equals` of two expressions, `except` and `intersect` between queries. */
export default [
  ...dispatched('equals', ['expr1', 'expr2'], (rendering, [one, other]) => {
    const [left, right] = [written(one), written(other)];
    return rendering.environment.flags.behavior?.enable_truthy_nulls_equals_macro === true
      ? `(${left} is not distinct from ${right})`
      : `(${left} = ${right})`;
  }),
  ...dispatched('except', [], ({ adapter }) => adapter.statements.expressions.except()),
  ...dispatched('intersect', [], ({ adapter }) => adapter.statements.expressions.intersect()),
];
