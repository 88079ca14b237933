import type { TemplateFunction } from '../core/index.ts';
import { bindArguments, HostObject, hostFunction, type Result, str } from '../jinja/index.ts';
import { ResponseValue } from './warehouse/response.ts';

const parameters = ['name=', 'message=', 'code=', 'rows_affected=', 'res=', 'caller='];

/**
 * `{% call noop_statement('main', message='…') %} … {% endcall %}`: as `statement`, but nothing is sent: materializations
 * that have done their work say with it what came of it.
 */
const noopStatement: TemplateFunction = {
  name: 'noop_statement',
  isMacro: true,
  create: (rendering) =>
    hostFunction('noop_statement', (args, kwargs, site): Result => {
      const [name, message, code, rows, table, caller] = bindArguments('noop_statement', parameters, args, kwargs);
      const sql = caller instanceof HostObject ? caller.call([], new Map(), site) : '';
      if (name != null) {
        const response = new ResponseValue(str(message ?? null), code ?? null, rows ?? null);
        rendering.results.set(str(name), { response, table: undefined, value: table ?? undefined });
      }
      return sql instanceof Promise ? sql.then(() => '') : '';
    }),
};
export default noopStatement;
