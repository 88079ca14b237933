import type { Session } from './adapter.ts';
import type { CodeNode } from './node.ts';
import type { Statements } from './statements.ts';
import { TableValue } from './values/table-value.ts';

/**
 * The rows of a seed's CSV file as templates see them, with the types that its table gets: loaded into a table of this
 * session and read back. Undefined: the warehouse cannot load files.
 *
 * @param file the absolute path.
 */
export async function csvRows(
  { database, schema, alias, config }: CodeNode,
  file: string,
  session: Session,
  statements: Statements,
): Promise<TableValue | undefined> {
  if (!session.describeCsv || !session.loadCsv) return undefined;
  const delimiter = typeof config.delimiter === 'string' ? config.delimiter : ',';
  const columnTypes = (config.column_types ?? {}) as Readonly<Record<string, string>>;
  const columns = await session.describeCsv({ file, delimiter, columnTypes });
  const relation = statements.temporaryRelation({ database, schema, identifier: `${alias}__rows`, type: 'table' });
  await session.execute(statements.createTable(relation, columns, { temporary: true, replace: true }));
  await session.loadCsv({ relation, file, delimiter, columns });
  const { columnNames, rows } = TableValue.of(
    await session.query(`select * from ${statements.renderRelation(relation)}`),
  );
  await session.execute(statements.dropRelation(relation));
  const types = columns.map(({ type }) => type);
  return new TableValue(columnNames, rows, types);
}
