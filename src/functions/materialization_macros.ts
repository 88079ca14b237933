import { RelationValue, type Rendering, TableValue, type TemplateFunction } from '../core/index.ts';
import { Dict, hostFunction, TemplateError, type Value } from '../jinja/index.ts';
import { ResponseValue } from './warehouse/response.ts';

const names = ['table', 'view', 'incremental', 'seed', 'snapshot', 'test'];

/**
 * `dbt.materialization_test_default()` and its like: the materialization that comes with Ingot, for one of the project's
 * that does something before or after it. Gives the relations, and keeps the statement `main` for `load_result`.
 */
const functions: readonly TemplateFunction[] = names.map((name) => {
  const macro = `materialization_${name}_default`;
  return {
    name: macro,
    isMacro: true,
    create: (rendering) => hostFunction(macro, () => materialize(rendering, name)),
  };
});
export default functions;

async function materialize(rendering: Rendering, name: string): Promise<Value> {
  if (rendering.materialize === undefined) {
    throw new TemplateError(`materialization_${name}_default() can be called from materializations alone`);
  }
  const { relations, message, rowsAffected, table } = await rendering.materialize(name);
  const response = new ResponseValue(message, 'OK', rowsAffected);
  rendering.results.set('main', { response, table, value: table && TableValue.of(table) });
  return Dict.of([['relations', relations.map((one) => new RelationValue(one, rendering.adapter.statements))]]);
}
