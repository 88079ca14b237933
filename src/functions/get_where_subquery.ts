import type { TemplateFunction } from '../core/index.ts';
import { bindArguments, hostFunction, str } from '../jinja/index.ts';

/** `get_where_subquery(relation)`: what a data test reads: the relation, cut to the rows of the test's `where`. */
const getWhereSubquery: TemplateFunction = {
  name: 'get_where_subquery',
  isMacro: true,
  create: (rendering) =>
    hostFunction('get_where_subquery', (args, kwargs) => {
      const [relation = null] = bindArguments('get_where_subquery', ['relation'], args, kwargs);
      const where = rendering.getConfig('where');
      if (typeof where !== 'string' || where === '') return relation;
      return `(select * from ${str(relation)} where ${where}) dbt_subquery`;
    }),
};
export default getWhereSubquery;
