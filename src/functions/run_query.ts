import type { TemplateFunction } from '../core/index.ts';
import { bindArguments, hostFunction, str, Undefined, type Value } from '../jinja/index.ts';
import { runStatement } from './warehouse/session.ts';

/**
 * `run_query(sql)`: the rows of a query, as a table. Undefined while parsing: guard what uses it with
 * `{% if execute %}`.
 */
const runQuery: TemplateFunction = {
  name: 'run_query',
  isMacro: true,
  create: (rendering) =>
    hostFunction('run_query', (args, kwargs): Value | Promise<Value> => {
      const [sql] = bindArguments('run_query', ['sql'], args, kwargs);
      if (!rendering.execute) return new Undefined('table', { lenient: true });
      return runStatement(rendering, str(sql ?? null), true, 'run_query()').then(({ table }) => table ?? null);
    }),
};
export default runQuery;
