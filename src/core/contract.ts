import type { Adapter, Session } from './adapter.ts';
import type { CodeNode } from './node.ts';
import type { Column } from './relation.ts';

/** A column that differs from what a contract promises. Empty text stands for a column that is not there. */
export interface ContractMismatch {
  readonly column: string;
  /** The type that the model's SQL gives. */
  readonly definition: string;
  /** The type that the contract promises. */
  readonly contract: string;
  readonly reason: 'data type mismatch' | 'missing in contract' | 'missing in definition';
}

/**
 * What differs between a query's columns and a contract's, sorted by column. A type that is not known matches every
 * other.
 *
 * @param sameType the adapter's. Default: types are the same that are written the same.
 */
export function contractMismatches(
  actual: readonly MaybeTyped[],
  expected: readonly MaybeTyped[],
  sameType: (left: string, right: string) => boolean = (left, right) => left === right,
): readonly ContractMismatch[] {
  const key = ({ name }: MaybeTyped): string => name.toLowerCase();
  const promised = new Map(expected.map((column) => [key(column), column]));
  const returned = new Set(actual.map(key));
  const found = actual.flatMap((column): ContractMismatch[] => {
    const { name, type } = column;
    const contract = promised.get(key(column));
    if (!contract) return [{ column: name, definition: type ?? '', contract: '', reason: 'missing in contract' }];
    if (type === undefined || contract.type === undefined || sameType(type, contract.type)) return [];
    return [{ column: name, definition: type, contract: contract.type, reason: 'data type mismatch' }];
  });
  const missing = expected.filter((column) => !returned.has(key(column)));
  return [
    ...found,
    ...missing.map(
      ({ name, type }): ContractMismatch => ({
        column: name,
        definition: '',
        contract: type ?? '',
        reason: 'missing in definition',
      }),
    ),
  ].sort((a, b) => (a.column < b.column ? -1 : a.column > b.column ? 1 : 0));
}

type MaybeTyped = Pick<Column, 'name'> & { readonly type?: string | undefined };

/** The mismatches as dbt shows them: two sentences and a table. */
export function contractMessage(mismatches: readonly ContractMismatch[]): string {
  const rows = [
    ['column_name', 'definition_type', 'contract_type', 'mismatch_reason'],
    ...mismatches.map(({ column, definition, contract, reason }) => [column, definition, contract, reason]),
  ];
  const widths = [0, 1, 2, 3].map((index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
  const [header = [], ...body] = rows;
  return [
    'This model has an enforced contract that failed.',
    "Please ensure the name, data_type, and number of columns in your contract match the columns in your model's definition.",
    '',
    line(header),
    line(widths.map((width) => '-'.repeat(width))),
    ...body.map(line),
  ].join('\n');
}

/**
 * What is wrong with a query where a contract has to be kept: its columns and their types, both sides described by the
 * warehouse, so that `int` and `INTEGER` are the same. Undefined: nothing.
 */
export async function contractProblem(
  { columns: promised }: Pick<CodeNode, 'columns'>,
  sql: string,
  session: Session,
  { statements, sameType }: Pick<Adapter, 'statements' | 'sameType'>,
): Promise<string | undefined> {
  const columns = Object.values(promised);
  if (columns.length === 0) return "This model has an enforced contract, and its 'columns' specification is missing";
  const untyped = columns.filter((column) => !column.data_type).map((column) => column.name);
  if (untyped.length > 0) {
    return `Contracted models require data_type to be defined for each column. Please ensure that the column name and data_type are defined within the YAML configuration for the ${JSON.stringify(untyped)} column(s).`;
  }
  const empty = columns.map(({ name, data_type: type }) => `cast(null as ${type}) as ${statements.quote(name)}`);
  const actual = await session.describeQuery(sql);
  const expected = await session.describeQuery(`select\n  ${empty.join(',\n  ')}`);
  const mismatches = contractMismatches(actual, expected, sameType);
  return mismatches.length > 0 ? contractMessage(mismatches) : undefined;
}
