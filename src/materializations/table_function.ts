import { error, type Json, type JsonObject, type Materialization, Problem } from '../core/index.ts';

/** A view that takes arguments: `from {{ ref('orders_of') }}(2024)`. Made anew every time, in one statement. */
const tableFunction: Materialization = {
  name: 'table_function',
  async materialize(context) {
    const { adapter, node, target, sql } = context;
    const { createTableFunction } = adapter.statements;
    const { parameters } = node.config as JsonObject;
    if (createTableFunction === undefined) {
      const message = `'${node.name}' cannot be made: ${adapter.type} has no views that take arguments`;
      throw new Problem(error('materialize/function', message, { span: node.origin.definition }));
    }
    await context.runHooks('pre-hook', false);
    await context.runHooks('pre-hook', true);
    const result = await context.execute(createTableFunction(target, parameterList(parameters), sql));
    await context.runHooks('post-hook', true);
    await context.runHooks('post-hook', false);
    // As `function`: no relation that anything could look up.
    return { relations: [], rowsAffected: null, message: result.message ?? 'OK' };
  },
};

export default tableFunction;

/** `parameters` is a list, or one text with commas in it; each may have a default (`days := 7`). */
function parameterList(written: Json | undefined): string {
  if (Array.isArray(written)) return written.map(String).join(', ');
  return written ? String(written) : '';
}
