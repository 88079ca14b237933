import { precedence } from '../dialect.ts';
import { NUMBER, STRING, VARIABLE, WORD } from '../lexer/tokens.ts';
import type { Expression, Interval } from '../tree.ts';
import type { Cursor } from './cursor.ts';
import { takeString } from './text.ts';
import { parseDataType, takeNumber } from './type.ts';

/** `DOUBLE PRECISION '1'`, `TIMESTAMP WITH TIME ZONE '…'`, `DECIMAL(10, 2) '1'`: a type of several tokens before a text. */
export function parseLongTypedLiteral(cursor: Cursor): Expression | undefined {
  if (cursor.syntax.typedLiterals !== 'any') return undefined;
  const next = cursor.wordAhead(1);
  const partner = next === '(' ? cursor.partnerOf(cursor.index + 1) : 0;
  const long = partner > 0 && cursor.kindAhead(partner - cursor.index + 1) === STRING;
  const list = next === '[' && cursor.isAhead(2, ']') && cursor.kindAhead(3) === STRING;
  const varying = (next === 'varying' || next === 'character') && cursor.kindAhead(2) === STRING;
  if (!long && !list && !varying && next !== 'precision' && next !== 'with' && next !== 'without') return undefined;
  if (next === 'with' && !cursor.isAhead(2, 'time')) return undefined;
  const type = parseDataType(cursor);
  if (cursor.kind !== STRING) {
    cursor.fail('a text');
    return cursor.bad();
  }
  const value = takeString(cursor);
  return { kind: 'typed-literal', type, value, start: type.start, end: value.end };
}

const units: ReadonlySet<string> = new Set(
  ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond', 'microsecond', 'decade']
    .concat(['century', 'millennium'])
    .flatMap((unit) => [unit, `${unit}s`])
    .concat(['centuries', 'millennia']),
);

/** `INTERVAL …`; undefined where the word is a name. */
export function parseInterval(cursor: Cursor): Interval | undefined {
  if (!startsInterval(cursor)) return undefined;
  const { start } = cursor;
  cursor.advance();
  const value = parseAmount(cursor);
  const unit = units.has(cursor.word) ? parseUnit(cursor) : undefined;
  return { kind: 'interval', value, ...(unit !== undefined && { unit }), start, end: cursor.previousEnd };
}

function startsInterval(cursor: Cursor): boolean {
  const next = cursor.kindAhead(1);
  if (next === STRING || next === NUMBER || next === VARIABLE) return true;
  const word = cursor.wordAhead(1);
  if (word === '(' || word === '?') return cursor.syntax.intervalUnits;
  if (word === '-') return cursor.kindAhead(2) === NUMBER && units.has(cursor.wordAhead(3));
  return next === WORD && units.has(cursor.wordAhead(2));
}

function parseAmount(cursor: Cursor): Expression {
  if (cursor.kind === STRING) return takeString(cursor);
  if (cursor.kind === NUMBER) return takeNumber(cursor);
  return cursor.grammar.expression(cursor, precedence.sign);
}

/** `DAY`, `YEAR TO MONTH`, `SECOND(3)`. */
function parseUnit(cursor: Cursor): string {
  const from = cursor.word;
  cursor.advance();
  if (!cursor.is('to') || !units.has(cursor.wordAhead(1))) return from;
  cursor.advance();
  const to = cursor.word;
  cursor.advance();
  return `${from} to ${to}`;
}
