import type { Project } from '../../1-parse/index.ts';
import type { Column, Statements, UnitTestNode } from '../../core/index.ts';
import { fixtureSql } from './fixture-sql.ts';
import { columnsOfRows, requireKnown, requireSameColumns, type TestRows } from './row-columns.ts';

/** What a unit test expects, as a query with these columns. */
export interface Expected {
  readonly sql: string;
  /** Columns that are compared: others of the model are not looked at. */
  readonly columns: readonly Column[];
}

/**
 * The expected rows as a query. As in dbt, the columns that the rows have are compared, with the types of the model's
 * query; where there are no rows, or a query gives them, all of the model's columns are. Throws `Problem`.
 *
 * @param actual columns of the model's query.
 * @param at the expected rows, and where they stand. Default: those of the test.
 */
export function expectedSql(
  test: UnitTestNode,
  actual: readonly Column[],
  statements: Statements,
  project: Project,
  at: Pick<TestRows, 'fixture' | 'path'> = { fixture: test.expect, path: ['expect'] },
): Expected {
  const { fixture } = at;
  const { rows } = fixture;
  if (typeof rows === 'string') return { sql: rows.replace(/;\s*$/, ''), columns: actual };
  const expected = { test, ...at, title: `'${test.model}'` };
  requireKnown(
    expected,
    actual.map(({ name }) => name),
    project,
  );
  requireSameColumns(expected, project);
  const named = columnsOfRows(fixture).map((name) => name.toLowerCase());
  const columns = named.flatMap((name) => actual.find((column) => column.name.toLowerCase() === name) ?? []);
  const compared = columns.length > 0 ? columns : actual;
  return { sql: fixtureSql(rows ?? [], compared, statements), columns: compared };
}
