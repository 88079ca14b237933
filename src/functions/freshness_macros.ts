import { freshnessOfQuery, freshnessStatement, type Rendering, type TemplateFunction } from '../core/index.ts';
import { type Bound, truthy, type Value } from '../jinja/index.ts';
import { dispatched, sqlOf } from './warehouse/dispatched.ts';
import { relationOf } from './warehouse/relation-argument.ts';
import { resultDict } from './warehouse/result-dict.ts';
import { runStatement } from './warehouse/session.ts';

/** dbt's macros that measure how fresh a source is, for projects that put their own around them. */
const functions: readonly TemplateFunction[] = [
  ...dispatched('collect_freshness', ['source', 'loaded_at_field', 'filter'], (rendering, [source, field, filter]) => {
    const request = { relation: relationOf(source), loadedAtField: sqlOf(field), filter: filterOf(filter) };
    return collect(rendering, freshnessStatement(request, rendering.adapter.statements));
  }),
  ...dispatched('collect_freshness_custom_sql', ['source', 'loaded_at_query'], (rendering, [, query]) =>
    collect(rendering, freshnessOfQuery(sqlOf(query), rendering.adapter.statements)),
  ),
];
export default functions;

const filterOf = (filter: Bound): string | undefined => (filter != null && truthy(filter) ? sqlOf(filter) : undefined);

async function collect(rendering: Rendering, sql: string): Promise<Value> {
  const { response, table } = await runStatement(rendering, sql, true, 'collect_freshness()');
  return resultDict({ response, table: undefined, value: table });
}
