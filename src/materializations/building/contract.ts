import { contractProblem, error, type MaterializationContext, Problem } from '../../core/index.ts';

/**
 * Checks that a query returns the columns, with the types, that the model's contract promises; a macro of the project may
 * do so in our place. Throws `Problem`.
 */
export async function assertContract(context: MaterializationContext, sql: string): Promise<void> {
  const { node, session, adapter, ownMacro } = context;
  const own = ownMacro?.('get_assert_columns_equivalent') ?? ownMacro?.('assert_columns_equivalent');
  if (own) {
    await own(sql);
    return;
  }
  const problem = await contractProblem(node, sql, session, adapter);
  if (problem === undefined) return;
  throw new Problem(error('materialize/contract', problem, { span: node.origin.properties ?? node.origin.definition }));
}
