import {
  type Cell,
  type Column,
  differenceText,
  type Session,
  type Statements,
  type TableDifference,
  tableDifference,
} from '../core/index.ts';
import type { StepResult } from './context.ts';

/** The column that tells the two kinds of rows apart, named as in dbt. */
const side = 'actual_or_expected';

/** What two queries do not have in common; undefined where they have the same rows. */
export async function compareRows(
  session: Session,
  statements: Statements,
  columns: readonly Column[],
  queries: { readonly actual: string; readonly expected: string },
): Promise<TableDifference | undefined> {
  const names = columns.map(({ name }) => name);
  const selected = names.map((name) => statements.quote(name)).join(', ');
  const part = (query: string, label: string): string =>
    `select ${selected}, ${statements.literal(label)} as ${statements.quote(side)} from (\n${query}\n) ${statements.quote(label)}`;
  const { rows } = await session.query(
    `${part(queries.actual, 'actual')}\nunion all\n${part(queries.expected, 'expected')}`,
  );
  const labelled = (label: string): (readonly Cell[])[] =>
    rows.filter((row) => row[columns.length] === label).map((row) => row.slice(0, columns.length));
  return tableDifference(names, labelled('actual'), labelled('expected'));
}

/** How a unit test ended whose rows are as they should be. */
export const passed: StepResult = { status: 'pass', message: '', failures: 0, rowsAffected: null };

/** How a unit test ended whose rows are not. */
export function differing(difference: TableDifference): StepResult & { readonly status: 'fail' } {
  return { status: 'fail', message: differenceText(difference), failures: 1, rowsAffected: null, difference };
}
