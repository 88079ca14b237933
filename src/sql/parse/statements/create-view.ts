import type { ColumnDefinition, CreateView, Option } from '../../statement-tree.ts';
import type { Cursor } from '../cursor.ts';
import { parseColumnDefinition } from './columns.ts';
import type { CreateHead } from './create-head.ts';
import { acceptOption } from './options.ts';
import { parseParenthesized } from './words.ts';

/** What stands behind the name of a view: columns and options in any order, and the query. */
export function parseCreateView(cursor: Cursor, head: CreateHead): CreateView {
  const options: Option[] = [];
  let columns: ColumnDefinition[] | undefined;
  while (!cursor.atEnd && !cursor.is('as')) {
    if (cursor.is('(') && columns === undefined) {
      columns = parseParenthesized(cursor, (at) => parseColumnDefinition(at, false));
      continue;
    }
    const option = acceptOption(cursor);
    if (option === undefined) break;
    options.push(option);
    cursor.accept(',');
  }
  cursor.expect('as');
  const query = cursor.grammar.query(cursor);
  const { start, ...rest } = head;
  const place = { start, end: cursor.previousEnd };
  return { kind: 'create-view', ...rest, ...(columns && { columns }), options, query, comments: [], ...place };
}
