import type { TemplateFunction } from '../core/index.ts';
import { bindArguments, hostFunction, str } from '../jinja/index.ts';
import { ResponseValue } from './warehouse/response.ts';

/** `store_raw_result(name, message, code, rows_affected, agate_table)`: as `store_result`, with the response's parts. */
const storeRawResult: TemplateFunction = {
  name: 'store_raw_result',
  create: (rendering) =>
    hostFunction('store_raw_result', (args, kwargs) => {
      const parameters = ['name', 'message=', 'code=', 'rows_affected=', 'agate_table='];
      const [name, message, code, rows, table] = bindArguments('store_raw_result', parameters, args, kwargs);
      const response = new ResponseValue(str(message ?? null), code ?? null, rows ?? null);
      rendering.results.set(str(name ?? null), { response, table: undefined, value: table ?? undefined });
      return '';
    }),
};
export default storeRawResult;
