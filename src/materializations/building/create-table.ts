import {
  contractColumns,
  type MaterializationContext,
  modelConstraints,
  type Relation,
  type StatementResult,
} from '../../core/index.ts';
import { assertContract } from './contract.ts';
import { createTableAs, hasOwnStatement } from './own-statements.ts';

/**
 * Makes the table of a node from a query: in one statement, or, where its contract is enforced, as a table with the
 * contract's columns and constraints that is filled afterwards.
 */
export async function createTable(
  context: MaterializationContext,
  relation: Relation,
  sql = context.sql,
): Promise<StatementResult> {
  const { node, adapter } = context;
  const { statements } = adapter;
  if (!node.contract.enforced) return createTableAs(context, relation, sql, { replace: true });
  await assertContract(context, sql);
  if (hasOwnStatement(context, 'table')) return createTableAs(context, relation, sql);
  const columns = contractColumns(node, statements);
  const constraints = modelConstraints(node, statements);
  const options = { replace: true, config: node.config, constraints };
  await context.execute(statements.createTable(relation, columns, options));
  const names = columns.map((column) => column.name);
  return context.execute(statements.insertQuery(relation, names, sql));
}
