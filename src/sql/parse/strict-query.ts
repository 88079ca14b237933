import { SYMBOL } from '../lexer/tokens.ts';
import type { Query } from '../tree.ts';
import { type Cursor, clauseWords } from './cursor.ts';
import { parseSelect } from './select.ts';

/**
 * A query that has to end at a closing parenthesis or with the statement. What stands behind it otherwise is reported,
 * and the clauses that follow are read for the sake of further errors.
 */
export function parseStrictQuery(cursor: Cursor): Query {
  const query = cursor.grammar.query(cursor);
  while (!cursor.atEnd && !cursor.is(')')) {
    cursor.fail('the end of the query', ...expectedClauses);
    const { index } = cursor;
    cursor.skipTo((word) => resumable.has(word));
    if (cursor.atEnd || cursor.kind === SYMBOL) break;
    resume(cursor, query);
    if (cursor.index === index) cursor.advance();
  }
  return query;
}

const expectedClauses = [
  'from',
  'where',
  'group',
  'having',
  'qualify',
  'order',
  'limit',
  'union',
  'join',
  'on',
] as const;
const resumable: ReadonlySet<string> = new Set([...clauseWords].filter((word) => word !== 'from'));

/** Reads the rest of a query behind an error; its tree is dropped. */
function resume(cursor: Cursor, query: Query): void {
  const { start } = cursor;
  const nowhere = { start, end: start };
  if (cursor.is('select')) cursor.grammar.query(cursor);
  else if (query.body.kind === 'select' && !cursor.is('order') && !cursor.is('limit')) parseSelect(cursor, true);
  else cursor.grammar.queryBehind(cursor, { kind: 'bad-query', ...nowhere });
}
