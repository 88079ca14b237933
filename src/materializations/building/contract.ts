import { type Column, error, type MaterializationContext, Problem } from '../../core/index.ts';

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
  const mismatches = contractMismatches(actual, expected);
  if (mismatches.length > 0) throw problem(context, contractMessage(mismatches));
}

type Mismatch = readonly [column: string, definition: string, contract: string, reason: string];

/** What differs between a query's columns and a contract's, sorted by column. */
export function contractMismatches(actual: readonly Column[], expected: readonly Column[]): Mismatch[] {
  const key = (column: Column) => column.name.toLowerCase();
  const promised = new Map(expected.map((column) => [key(column), column]));
  const returned = new Set(actual.map(key));
  const mismatches = actual.flatMap((column): Mismatch[] => {
    const contract = promised.get(key(column));
    if (!contract) return [[column.name, column.type, '', 'missing in contract']];
    if (contract.type === column.type) return [];
    return [[column.name, column.type, contract.type, 'data type mismatch']];
  });
  const missing = expected.filter((column) => !returned.has(key(column)));
  return [
    ...mismatches,
    ...missing.map((column): Mismatch => [column.name, '', column.type, 'missing in definition']),
  ].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

function contractMessage(mismatches: readonly Mismatch[]): string {
  const header: Mismatch = ['column_name', 'definition_type', 'contract_type', 'mismatch_reason'];
  const widths = header.map((_, index) => Math.max(...[header, ...mismatches].map((row) => row[index]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
  return [
    'This model has an enforced contract that failed.',
    "Please ensure the name, data_type, and number of columns in your contract match the columns in your model's definition.",
    '',
    line(header),
    line(widths.map((width) => '-'.repeat(width))),
    ...mismatches.map(line),
  ].join('\n');
}

function problem({ node }: MaterializationContext, message: string): Problem {
  return new Problem(
    error('materialize/contract', message, { span: node.origin.properties ?? node.origin.definition }),
  );
}
