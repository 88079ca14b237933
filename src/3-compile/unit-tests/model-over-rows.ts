import { withFields } from '../../1-parse/index.ts';
import { type ModelNode, Problem } from '../../core/index.ts';
import { renderMappedAsync, type Scope } from '../../jinja/index.ts';
import type { SchemaTable } from '../../sql/index.ts';
import type { CompiledNode } from '../compilation.ts';
import { cteText, type LocatedCte, withCtes } from '../compile-node.ts';
import { createRendering } from '../rendering/create-rendering.ts';
import { templateOf } from '../template-of.ts';
import { inputRows, type RowsRequest } from './input-rows.ts';
import type { UnitTestStandIns } from './stand-ins.ts';

export interface OverRowsRequest extends Omit<RowsRequest, 'scope'> {
  readonly model: ModelNode;
  /** Of the result, and what the template is told that the model is called: in dbt, that is the test. */
  readonly id: string;
  readonly name: string;
  readonly standIns: UnitTestStandIns;
  /** Told of the names that the template can use, once it is rendered. Default: nobody. */
  readonly onRendered?: ((scope: Scope) => void) | undefined;
}

/** The query of a model over rows that stand, as CTEs in front of it, in place of all that it reads. */
export async function modelOverRows(request: OverRowsRequest): Promise<CompiledNode> {
  const { id, name, model, input, session, standIns } = request;
  const { package_name: packageName } = model;
  const node = withFields(model, { unique_id: id, name, alias: name });
  const { scope } = createRendering(input, { phase: 'compile', node, packageName, session, standIns });
  const rendered = await renderMappedAsync(templateOf(model, input), { scope }).catch((failure: unknown) => {
    throw standIns.problem ? new Problem(standIns.problem) : failure;
  });
  request.onRendered?.(scope);
  const query = { sql: rendered.text, map: rendered.segments };
  const ctes: LocatedCte[] = [];
  const tables: SchemaTable[] = [];
  for (const one of standIns.read) {
    const rows = await inputRows(one, { ...request, scope });
    ctes.push({ id: one.node.unique_id, ...cteText(one.cte, rows.sql), map: rows.map });
    tables.push({ name: one.cte, columns: rows.columns });
  }
  const compiled = withCtes(id, query, ctes);
  const translator = input.unitTests?.translator;
  if (!translator) return compiled;
  const said = await translator.translate(model, withCtes(id, query, []), tables);
  const sent = withCtes(id, { sql: said.sql, map: [] }, ctes);
  // No character of a translation stands in a template.
  return { ...sent, locate: () => undefined, authored: compiled };
}
