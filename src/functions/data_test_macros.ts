import { type TemplateFunction, testStatement } from '../core/index.ts';
import { str, type Value } from '../jinja/index.ts';
import { dispatched, sqlOf } from './warehouse/dispatched.ts';

const testParameters: Readonly<Record<string, readonly string[]>> = {
  not_null: ['model', 'column_name'],
  unique: ['model', 'column_name'],
  accepted_values: ['model', 'column_name', 'values', 'quote='],
  relationships: ['model', 'column_name', 'to', 'field'],
};

/**
 * dbt's data tests and the macros around them. `test_not_null(model, column_name)` and its like: the query of failing rows,
 * for a project's test that adds to it. `get_where_subquery(relation)`: what a test reads: the relation, cut by its `where`.
 * `get_test_sql(…)`: the statement that counts failing rows.
 */
const functions: readonly TemplateFunction[] = [
  ...Object.entries(testParameters).flatMap(([name, parameters]) => dataTest(name, parameters)),
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

function dataTest(name: string, parameters: readonly string[]): readonly TemplateFunction[] {
  const names = parameters.map((parameter) => parameter.replace('=', ''));
  return dispatched(`test_${name}`, parameters, (rendering, bound) => {
    const given = names.flatMap((parameter, place): [string, Value][] => {
      const value = bound[place];
      return value === undefined ? [] : [[parameter, value]];
    });
    return rendering.dataTest?.(name, new Map(given)) ?? '';
  });
}
