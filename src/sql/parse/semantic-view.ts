import { NOT_TABLE } from '../lexer/compiled.ts';
import type { SelectItem, SemanticClause, SemanticView } from '../tree.ts';
import type { Cursor } from './cursor.ts';
import { parseName } from './names.ts';
import { parseAlias } from './select-item.ts';

/** `SEMANTIC_VIEW(v METRICS … DIMENSIONS … WHERE …)` */
export function parseSemanticView(cursor: Cursor): SemanticView {
  const { start } = cursor;
  cursor.advance();
  const open = cursor.index;
  cursor.advance();
  const name = parseName(cursor, NOT_TABLE, 'a semantic view');
  const clauses: SemanticClause[] = [];
  for (let clause = parseClause(cursor); clause !== undefined; clause = parseClause(cursor)) clauses.push(clause);
  if (clauses.length === 0) cursor.fail('METRICS, DIMENSIONS or FACTS', 'metrics', 'dimensions', 'facts');
  const where = cursor.accept('where') ? cursor.grammar.expression(cursor) : undefined;
  cursor.close(open, ')');
  return { kind: 'semantic-view', name, clauses, ...(where && { where }), start, end: cursor.previousEnd };
}

function parseClause(cursor: Cursor): SemanticClause | undefined {
  const { word: type, start } = cursor;
  if (type !== 'metrics' && type !== 'dimensions' && type !== 'facts') return undefined;
  cursor.advance();
  const items: SelectItem[] = [];
  do items.push(parseItem(cursor));
  while (cursor.accept(','));
  return { type, items, start, end: cursor.previousEnd };
}

/** Only an alias behind AS: another word may be the next clause. */
function parseItem(cursor: Cursor): SelectItem {
  const { start } = cursor;
  const expression = cursor.grammar.expression(cursor);
  const alias = cursor.is('as') ? parseAlias(cursor) : undefined;
  return { kind: 'select-item', expression, ...(alias && { alias }), start, end: cursor.previousEnd };
}
