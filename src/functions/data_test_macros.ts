import { type TemplateFunction, testStatement } from '../core/index.ts';
import { str } from '../jinja/index.ts';
import { dispatched, sqlOf } from './warehouse/dispatched.ts';

/**
 * dbt's macros around data tests. `get_where_subquery(relation)`: what a test reads: the relation, cut by its `where`.
 * `get_test_sql(…)`: the statement that counts failing rows.
 */
const functions: readonly TemplateFunction[] = [
  ...dispatched('get_where_subquery', ['relation'], (rendering, [relation = null]) => {
    const where = rendering.getConfig('where');
    if (typeof where !== 'string' || where === '') return relation;
    return `(select * from ${str(relation)} where ${where}) dbt_subquery`;
  }),
  ...dispatched(
    'get_test_sql',
    ['main_sql', 'fail_calc', 'warn_if', 'error_if', 'limit'],
    ({ adapter }, [main, failCalc, warnIf, errorIf, limit]) => {
      const asked = { fail_calc: sqlOf(failCalc), warn_if: sqlOf(warnIf), error_if: sqlOf(errorIf) };
      const settings = { ...asked, ...(typeof limit === 'number' ? { limit } : {}) };
      return testStatement(settings, sqlOf(main), adapter.statements);
    },
  ),
];
export default functions;
