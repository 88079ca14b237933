import {
  contractColumns,
  type MaterializationContext,
  modelConstraints,
  type Relation,
  type StatementResult,
  type TableColumn,
  unsupportedConstraints,
} from '../../core/index.ts';
import { str } from '../../jinja/index.ts';
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
  const { statements, capabilities } = adapter;
  const toFill = statements.columnsToFill?.(node.config);
  if (toFill) return createAndFill(context, relation, toFill, sql);
  if (!node.contract.enforced) {
    const result = await createTableAs(context, relation, sql, { replace: true });
    return finished(context, relation, result);
  }
  await assertContract(context, sql);
  if (hasOwnStatement(context, 'table')) return createTableAs(context, relation, sql);
  const definition = await ownDefinition(context);
  if (definition === '')
    return finished(context, relation, await createTableAs(context, relation, sql, { replace: true }));
  const columns = contractColumns(node, adapter);
  const constraints = modelConstraints(node, adapter);
  for (const type of unsupportedConstraints(node, adapter)) {
    context.warn(`${adapter.type} has no constraints of type '${type}': those of ${node.name} are left out`);
  }
  if (capabilities.typedTableFromQuery) {
    const result = await createTableAs(context, relation, sql, { replace: true, columns, constraints, definition });
    return finished(context, relation, result);
  }
  const options = { replace: true, config: node.config, constraints, definition };
  await context.execute(statements.createTable(relation, columns, options));
  const names = columns.map((column) => column.name);
  return context.execute(statements.insertQuery(relation, names, sql));
}

/** Where no table is made of a query. Its columns may have other names than those of the query. */
async function createAndFill(
  context: MaterializationContext,
  relation: Relation,
  toFill: (columns: readonly TableColumn[]) => readonly TableColumn[],
  sql: string,
): Promise<StatementResult> {
  const { node, adapter, session, execute } = context;
  if (node.contract.enforced) await assertContract(context, sql);
  const given = await session.describeQuery(sql);
  const wanted = node.contract.enforced ? contractColumns(node, adapter) : given;
  const columns = toFill(wanted);
  await execute(adapter.statements.createTable(relation, columns, { replace: true, config: node.config }));
  const from = wanted.map(
    ({ name }) => given.find((one) => one.name.toLowerCase() === name.toLowerCase())?.name ?? name,
  );
  const names = columns.map((column) => column.name);
  return execute(adapter.statements.insertQuery(relation, names, sql, from));
}

/** Columns and constraints as a macro of the project writes them; empty: a contract is no reason to write any. */
async function ownDefinition({ ownMacro }: MaterializationContext): Promise<string | undefined> {
  const own = ownMacro?.('get_table_columns_and_constraints') ?? ownMacro?.('table_columns_and_constraints');
  return own && str(await own()).trim();
}

/** What a new table needs besides, as its settings ask. */
async function finished(
  { node, adapter, execute }: MaterializationContext,
  relation: Relation,
  result: StatementResult,
): Promise<StatementResult> {
  for (const sql of adapter.statements.afterCreateTable?.(relation, node.config) ?? []) await execute(sql);
  return result;
}
