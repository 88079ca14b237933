import { error, type FunctionNode, type Materialization, Problem } from '../core/index.ts';

/** A user-defined function: made anew every time, in one statement. */
const userFunction: Materialization = {
  name: 'function',
  async materialize(context) {
    const { adapter, target, sql } = context;
    const node = context.node as FunctionNode;
    const { createFunction } = adapter.statements;
    const { type, volatility } = node.config;
    const kind = type === 'aggregate' || type === 'table' ? type : 'scalar';
    if (createFunction === undefined) throw unsupported(node, `${adapter.type} has no functions that Ingot can make`);
    if (volatility !== null && volatility !== undefined && !adapter.capabilities.functionVolatility) {
      context.warn(
        `${adapter.type} does not know the volatility '${String(volatility)}' of ${node.name}: it is ignored`,
      );
    }
    await context.runHooks('pre-hook', false);
    await context.runHooks('pre-hook', true);
    const result = await context.execute(
      createFunction(target, {
        kind,
        parameters: node.arguments.map((one) => ({
          name: String(one.name),
          type: String(one.data_type),
          initial: one.default_value ?? null,
        })),
        returns: String(node.returns?.data_type),
        sql,
        volatility: typeof volatility === 'string' ? volatility : undefined,
      }),
    );
    await context.runHooks('post-hook', true);
    await context.runHooks('post-hook', false);
    // A function is no relation: nothing that reads tables finds it.
    return { relations: [], rowsAffected: null, message: result.message ?? 'OK' };
  },
};

export default userFunction;

function unsupported(node: FunctionNode, message: string): Problem {
  const span = { ...node.origin.definition, end: node.origin.definition.start };
  return new Problem(error('materialize/function', `'${node.name}' cannot be made: ${message}`, { span }));
}
