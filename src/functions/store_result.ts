import type { TemplateFunction } from '../core/index.ts';
import { bindArguments, hostFunction, str } from '../jinja/index.ts';

/** `store_result(name, response, agate_table)`: keeps a result for `load_result(name)`. */
const storeResult: TemplateFunction = {
  name: 'store_result',
  create: (rendering) =>
    hostFunction('store_result', (args, kwargs) => {
      const parameters = ['name', 'response', 'agate_table='];
      const [name, response, table] = bindArguments('store_result', parameters, args, kwargs);
      const value = table ?? undefined;
      rendering.results.set(str(name ?? null), { response: response ?? null, table: undefined, value });
      return '';
    }),
};
export default storeResult;
