import type { Run } from '../engine/account.ts';
import type { Column } from '../engine/catalog.ts';
import { describeQuery, refuseTwins } from '../engine/describe-query.ts';
import type { Outcome } from '../engine/session.ts';
import { SqlError } from '../errors.ts';
import { Cursor } from '../sql/cursor.ts';
import { isGroup, type Node, splitByComma } from '../sql/nodes.ts';
import { keepGrants, queryParts } from './create-table.ts';
import { materializedRows } from './materialized-view.ts';
import { readOptions } from './options.ts';
import { entry, isThere, type Making, put } from './place-object.ts';
import { nameFrom, sourceText, status } from './statement.ts';

/** CREATE [SECURE] VIEW v [(columns)] AS a query, which is checked now and read anew each time. */
export async function createView(run: Run, cursor: Cursor, making: Making): Promise<Outcome> {
  const name = nameFrom(run, cursor);
  const copiesGrants = making.materialized && cursor.accept('COPY', 'GRANTS');
  const group = cursor.peek();
  const named = isGroup(group) ? readColumns(group.children) : undefined;
  if (named) cursor.next();
  const options = readOptions(run, cursor);
  cursor.expect('AS');
  const nodes = cursor.rest();
  if (isThere(run, name, making, 'VIEW')) return status(`${name.name} already exists, statement succeeded.`);
  const query = queryParts(run, nodes);
  const found = await describeQuery(run, query);
  const columns = withNames(found, named);
  refuseTwins(columns);
  const view = {
    ...entry(run, name, options.get('COMMENT')),
    kind: 'VIEW' as const,
    columns,
    query: sourceText(run, nodes),
    text: run.sql,
    secure: making.secure,
    materialized: making.materialized ? materializedRows(query, options.get('CLUSTER BY')) : undefined,
    temporary: making.temporary,
    columnComments: new Map<string, string>(),
  };
  keepGrants(run, name, making, copiesGrants || options.has('COPY GRANTS'));
  put(run, view, making.temporary);
  return status(`View ${name.name} successfully created.`);
}

function readColumns(nodes: readonly Node[]): { name: string; comment: string | undefined }[] {
  return splitByComma(nodes).map((part) => {
    const cursor = new Cursor(part);
    const name = cursor.expectName();
    const comment = cursor.accept('COMMENT') ? cursor.expectString() : undefined;
    cursor.expectEnd();
    return { name, comment };
  });
}

function withNames(
  found: readonly Column[],
  named: readonly { name: string; comment: string | undefined }[] | undefined,
): Column[] {
  if (!named) return [...found];
  if (named.length !== found.length) {
    throw new SqlError(
      '002057',
      '42601',
      `SQL compilation error:\nInvalid column definition list: view declared ${named.length} column(s), but view query produces ${found.length} column(s).`,
    );
  }
  return found.map((column, index) => {
    const { name = column.name, comment } = named[index] ?? {};
    return { ...column, name, ...(comment === undefined ? {} : { comment }) };
  });
}
