import type { Rendering, TemplateFunction } from '../core/index.ts';
import { bindArguments, HostObject, hostFunction, type Result, str, TemplateError, truthy } from '../jinja/index.ts';
import { runStatement } from './warehouse/session.ts';

const parameters = ['name=', 'fetch_result=', 'auto_begin=', 'language=', 'caller='];

/**
 * `{% call statement('name', fetch_result=true) %} … {% endcall %}`: runs the block's text as SQL. `load_result('name')`
 * gives what came back. Runs nothing while parsing.
 */
const statement: TemplateFunction = {
  name: 'statement',
  isMacro: true,
  create: (rendering) =>
    hostFunction('statement', (args, kwargs, site): Result => {
      const [name, fetch, begins, language, caller] = bindArguments('statement', parameters, args, kwargs);
      if (!(caller instanceof HostObject)) {
        throw new TemplateError("statement() is used with a block: {% call statement('name') %} … {% endcall %}");
      }
      if (language !== undefined && language !== null && str(language) !== 'sql') {
        throw new TemplateError(`A statement in ${str(language)} cannot be run: only SQL can`);
      }
      const sql = caller.call([], new Map(), site);
      if (!rendering.execute) return sql instanceof Promise ? sql.then(() => '') : '';
      const statementName = name == null ? undefined : str(name);
      return run(rendering, sql, truthy(fetch ?? false), truthy(begins ?? true), statementName);
    }),
};
export default statement;

async function run(
  rendering: Rendering,
  sql: Result,
  fetch: boolean,
  begins: boolean,
  name: string | undefined,
): Promise<string> {
  if (begins) await rendering.transaction?.begin();
  const ran = await runStatement(rendering, str(await sql), fetch, 'statement()');
  if (name !== undefined) rendering.results.set(name, { ...ran, table: undefined, value: ran.table });
  return '';
}
