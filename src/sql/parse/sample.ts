import { precedence } from '../dialect.ts';
import { NUMBER } from '../lexer/tokens.ts';
import type { Expression, Sample } from '../tree.ts';
import type { Cursor } from './cursor.ts';

/** Whether `SAMPLE`, `TABLESAMPLE` or `USING SAMPLE` of a table stands here. */
export function startsSample(cursor: Cursor): boolean {
  switch (cursor.word) {
    case 'tablesample':
      return true;
    case 'sample':
      return cursor.syntax.sampleWord && (cursor.isAhead(1, '(') || methods.has(cursor.wordAhead(1)));
    default:
      return false;
  }
}

const methods: ReadonlySet<string> = new Set(['bernoulli', 'row', 'system', 'block', 'reservoir']);

/** `SAMPLE BERNOULLI (10)`, `TABLESAMPLE (5 ROWS) SEED (1)`, `USING SAMPLE 10%`. */
export function parseSample(cursor: Cursor): Sample {
  const { start } = cursor;
  const word = cursor.is('using') ? 'using sample' : cursor.word;
  if (cursor.is('using')) cursor.advance();
  cursor.advance();
  const method = acceptMethod(cursor);
  const open = cursor.index;
  const inside = cursor.accept('(');
  if (!inside && cursor.kind !== NUMBER) cursor.fail("'(' or a number");
  const size = parseSize(cursor);
  let unit: Sample['unit'] = 'percent';
  if (cursor.accept('rows') || cursor.accept('row')) unit = 'rows';
  else if (!cursor.accept('%') && !cursor.accept('percent') && cursor.syntax.usingSample) unit = 'rows';
  if (inside) cursor.close(open, ')');
  const tail = parseTail(cursor);
  const found = method ?? tail.method;
  const seed = tail.seed;
  return { ...(found && { method: found }), size, unit, ...(seed && { seed }), word, start, end: cursor.previousEnd };
}

function acceptMethod(cursor: Cursor): Sample['method'] {
  const { word } = cursor;
  if (!methods.has(word)) return undefined;
  cursor.advance();
  return word as Sample['method'];
}

/** Not more than a sign: a `%` behind it is the unit. */
function parseSize(cursor: Cursor): Expression {
  return cursor.grammar.expression(cursor, precedence.power);
}

/** `SEED (1)`, `REPEATABLE (1)`, and `(method, seed)` behind a size without parentheses. */
function parseTail(cursor: Cursor): { readonly method?: Sample['method']; readonly seed?: Expression } {
  if (cursor.is('seed') || cursor.is('repeatable')) {
    cursor.advance();
    const open = cursor.index;
    if (!cursor.expect('(')) return {};
    const seed = cursor.grammar.expression(cursor);
    cursor.close(open, ')');
    return { seed };
  }
  if (!cursor.syntax.usingSample || !cursor.is('(') || !methods.has(cursor.wordAhead(1))) return {};
  const open = cursor.index;
  cursor.advance();
  const method = acceptMethod(cursor);
  const seed = cursor.accept(',') ? cursor.grammar.expression(cursor) : undefined;
  cursor.close(open, ')');
  return { method, ...(seed && { seed }) };
}
