import type { Rendering, TemplateFunction } from '../core/index.ts';
import {
  type Bound,
  type CallSite,
  Dict,
  dumpJson,
  HostObject,
  itemsOf,
  str,
  truthy,
  type Value,
} from '../jinja/index.ts';
import { dispatched, sqlOf } from './warehouse/dispatched.ts';
import { runStatement } from './warehouse/session.ts';

const hook = (sql: Bound, inside: boolean): string =>
  dumpJson(
    Dict.of([
      ['sql', sqlOf(sql)],
      ['transaction', inside],
    ]),
  );

/**
 * dbt's macros for hooks: `run_hooks(pre_hooks, inside_transaction=…)` for materializations that are macros, and
 * `before_begin(sql)`, `in_transaction(sql)`, `after_commit(sql)` to say when a hook runs.
 */
const functions: readonly TemplateFunction[] = [
  ...dispatched('run_hooks', ['hooks', 'inside_transaction='], (rendering, [hooks, inside], site) =>
    rendering.execute ? runHooks(rendering, itemsOf(hooks ?? []), truthy(inside ?? true), site) : '',
  ),
  ...dispatched('make_hook_config', ['sql', 'inside_transaction'], (_, [sql, inside]) =>
    hook(sql, truthy(inside ?? true)),
  ),
  ...dispatched('before_begin', ['sql'], (_, [sql]) => hook(sql, false)),
  ...dispatched('in_transaction', ['sql'], (_, [sql]) => hook(sql, true)),
  ...dispatched('after_commit', ['sql'], (_, [sql]) => hook(sql, false)),
];
export default functions;

async function runHooks(
  rendering: Rendering,
  hooks: readonly Value[],
  inside: boolean,
  site: CallSite,
): Promise<string> {
  const wanted = hooks.filter((one) => one instanceof Dict && truthy(one.get('transaction') ?? true) === inside);
  if (!inside && wanted.length > 0) await rendering.transaction?.commit();
  const render = rendering.scope.lookup('render');
  for (const one of wanted) {
    const text = one instanceof Dict ? (one.get('sql') ?? '') : '';
    const rendered = render instanceof HostObject ? str(await render.call([text], new Map(), site)).trim() : str(text);
    const sql = (await rendering.hookSql?.(rendered)) ?? rendered;
    if (sql === '') continue;
    if (inside) await rendering.transaction?.begin();
    await runStatement(rendering, sql, false, 'run_hooks()');
  }
  return '';
}
