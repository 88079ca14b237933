import type { TemplateFunction } from '../core/index.ts';
import { str } from '../jinja/index.ts';
import { dispatched } from './warehouse/dispatched.ts';

/** dbt's macros around data tests. `get_where_subquery(relation)`: what a test reads: the relation, cut by its `where`. */
const functions: readonly TemplateFunction[] = [
  ...dispatched('get_where_subquery', ['relation'], (rendering, [relation = null]) => {
    const where = rendering.getConfig('where');
    if (typeof where !== 'string' || where === '') return relation;
    return `(select * from ${str(relation)} where ${where}) dbt_subquery`;
  }),
];
export default functions;
