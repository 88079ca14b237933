import { contractMessage, contractMismatches, error, type MaterializationContext, Problem } from '../../core/index.ts';

/**
 * Checks that a query returns the columns, with the types, that the model's contract promises. Both sides are described
 * by the warehouse, so that `int` and `INTEGER` are the same. Throws `Problem`.
 */
export async function assertContract(context: MaterializationContext, sql: string): Promise<void> {
  const { node, session, adapter } = context;
  const columns = Object.values(node.columns);
  if (columns.length === 0) {
    throw problem(context, "This model has an enforced contract, and its 'columns' specification is missing");
  }
  const untyped = columns.filter((column) => !column.data_type).map((column) => column.name);
  if (untyped.length > 0) {
    throw problem(
      context,
      `Contracted models require data_type to be defined for each column. Please ensure that the column name and data_type are defined within the YAML configuration for the ${JSON.stringify(untyped)} column(s).`,
    );
  }
  const promised = columns.map(
    (column) => `cast(null as ${column.data_type}) as ${adapter.statements.quote(column.name)}`,
  );
  const [actual, expected] = [
    await session.describeQuery(sql),
    await session.describeQuery(`select\n  ${promised.join(',\n  ')}`),
  ];
  const mismatches = contractMismatches(actual, expected, adapter.sameType);
  if (mismatches.length > 0) throw problem(context, contractMessage(mismatches));
}

function problem({ node }: MaterializationContext, message: string): Problem {
  return new Problem(
    error('materialize/contract', message, { span: node.origin.properties ?? node.origin.definition }),
  );
}
