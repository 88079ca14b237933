import { dispatched, sqlOf, written } from './warehouse/dispatched.ts';

const listAggParameters = ['measure', 'delimiter_text=', 'order_by_clause=', 'limit_num='];

/** dbt's cross-database macros for groups of rows: `any_value`, `bool_or`, `listagg`. */
export default [
  ...dispatched('any_value', ['expression'], ({ adapter }, [expression]) =>
    adapter.statements.expressions.anyValue(written(expression)),
  ),
  ...dispatched('bool_or', ['expression'], ({ adapter }, [expression]) =>
    adapter.statements.expressions.boolOr(written(expression)),
  ),
  ...dispatched('listagg', listAggParameters, ({ adapter }, [measure, delimiter, orderBy, limit]) =>
    adapter.statements.expressions.listAgg({
      measure: written(measure),
      delimiter: sqlOf(delimiter, "','"),
      orderBy: sqlOf(orderBy) || undefined,
      limit: sqlOf(limit) || undefined,
    }),
  ),
];
