import { NOT_TYPE } from '../lexer/compiled.ts';
import { NUMBER, QUOTED, STRING } from '../lexer/tokens.ts';
import type { DataType, Identifier, NumberLiteral, TypeParameter } from '../tree.ts';
import type { Cursor } from './cursor.ts';
import { parseIdentifier, takeIdentifier } from './names.ts';
import { takeString } from './text.ts';

/** `NUMBER(10, 2)`, `double precision`, `STRUCT(a INT)[]`, … */
export function parseDataType(cursor: Cursor): DataType {
  const { start } = cursor;
  if (cursor.kind !== QUOTED && !cursor.allows(NOT_TYPE) && !isHolder(cursor)) {
    cursor.fail('a type');
    return { kind: 'data-type', name: '', parameters: [], dimensions: [], start, end: start };
  }
  const qualifier: Identifier[] = [];
  while (cursor.isAhead(1, '.')) {
    qualifier.push(takeIdentifier(cursor));
    cursor.advance();
  }
  if (qualifier.length > 0 && cursor.kind !== QUOTED && !cursor.allows(NOT_TYPE)) cursor.fail('a type');
  const first = parseTypeName(cursor);
  const deep = cursor.is('(') && cursor.enter();
  const parameters = deep ? parseParameters(cursor, first) : [];
  if (deep) cursor.leave();
  const name = parseZone(cursor, first);
  const dimensions = cursor.syntax.arrayTypeSuffix ? parseDimensions(cursor) : [];
  const place = { start, end: cursor.previousEnd };
  if (qualifier.length > 0) return { kind: 'data-type', name, qualifier, parameters, dimensions, ...place };
  return { kind: 'data-type', name, parameters, dimensions, ...place };
}

/** Types that are nothing without what they hold. */
const emptyHolders: ReadonlySet<string> = new Set(['struct', 'map', 'row', 'union']);

/** Words that are reserved otherwise but can start a type. */
function isHolder(cursor: Cursor): boolean {
  return emptyHolders.has(cursor.word) && cursor.isAhead(1, '(');
}

function parseTypeName(cursor: Cursor): string {
  if (cursor.kind === QUOTED) return takeIdentifier(cursor).text;
  const first = cursor.lowerWritten();
  cursor.advance();
  if (first === 'double' && cursor.accept('precision')) return 'double precision';
  if (first === 'national') return `national ${acceptCharacter(cursor)}`;
  if (first === 'character' || first === 'char' || first === 'nchar' || first === 'binary' || first === 'bit') {
    return cursor.accept('varying') ? `${first} varying` : first;
  }
  if (first === 'interval') return parseIntervalType(cursor);
  return first;
}

function acceptCharacter(cursor: Cursor): string {
  const word = cursor.is('char') ? 'char' : 'character';
  if (!cursor.accept('char')) cursor.expect('character');
  return cursor.accept('varying') ? `${word} varying` : word;
}

const intervalFields: ReadonlySet<string> = new Set(['year', 'month', 'day', 'hour', 'minute', 'second']);

function parseIntervalType(cursor: Cursor): string {
  if (!intervalFields.has(cursor.word)) return 'interval';
  const from = cursor.word;
  cursor.advance();
  if (!cursor.is('to') || !intervalFields.has(cursor.wordAhead(1))) return `interval ${from}`;
  cursor.advance();
  const to = cursor.word;
  cursor.advance();
  return `interval ${from} to ${to}`;
}

/** `TIMESTAMP(3) WITH TIME ZONE`: its words stand behind the precision. */
function parseZone(cursor: Cursor, name: string): string {
  if (name !== 'timestamp' && name !== 'time') return name;
  if (cursor.acceptAll('with', 'time', 'zone')) return `${name} with time zone`;
  if (cursor.acceptAll('without', 'time', 'zone')) return `${name} without time zone`;
  return cursor.acceptAll('with', 'local', 'time', 'zone') ? `${name} with local time zone` : name;
}

function parseDimensions(cursor: Cursor): (number | undefined)[] {
  const dimensions: (number | undefined)[] = [];
  for (;;) {
    if (cursor.is('array')) cursor.advance();
    else if (!cursor.is('[')) return dimensions;
    dimensions.push(cursor.is('[') ? parseDimension(cursor) : undefined);
  }
}

function parseDimension(cursor: Cursor): number | undefined {
  const open = cursor.index;
  cursor.advance();
  const size = cursor.kind === NUMBER ? Number(cursor.written()) : undefined;
  if (size !== undefined) cursor.advance();
  cursor.close(open, ']');
  return size;
}

const fieldHolders: ReadonlySet<string> = new Set(['struct', 'object', 'row', 'union']);
const typeHolders: ReadonlySet<string> = new Set(['array', 'list', 'map', 'vector']);

function parseParameters(cursor: Cursor, name: string): TypeParameter[] {
  const open = cursor.index;
  const parameters: TypeParameter[] = [];
  cursor.advance();
  if (cursor.is(')') && emptyHolders.has(name)) cursor.fail('what the type holds');
  if (!cursor.is(')')) {
    do parameters.push(parseParameter(cursor, name));
    while (cursor.more(open, ')'));
  }
  cursor.close(open, ')');
  return parameters;
}

function parseParameter(cursor: Cursor, holder: string): TypeParameter {
  const { start } = cursor;
  if (cursor.kind === NUMBER) {
    const value = takeNumber(cursor);
    return { kind: 'value', value, start, end: cursor.previousEnd };
  }
  if (cursor.kind === STRING && !isNoNumber(cursor, holder)) {
    const value = takeString(cursor);
    return { kind: 'value', value, start, end: cursor.previousEnd };
  }
  if (fieldHolders.has(holder)) {
    const name = parseIdentifier(cursor, 0, 'a field');
    const type = parseDataType(cursor);
    const notNull = cursor.acceptAll('not', 'null');
    return { kind: 'field', name, type, notNull, start, end: cursor.previousEnd };
  }
  if (typeHolders.has(holder)) {
    const type = parseDataType(cursor);
    const notNull = cursor.acceptAll('not', 'null');
    return { kind: 'type', type, notNull, start, end: cursor.previousEnd };
  }
  const part = parseIdentifier(cursor, 0, 'a number');
  const { end } = part;
  return { kind: 'value', value: { kind: 'column', parts: [part], start, end }, start, end };
}

/** Types that are measured: what stands in their parentheses is a number, which some write as a text. */
const measured: ReadonlySet<string> = new Set([
  ...['decimal', 'dec', 'numeric', 'number', 'float'],
  ...['varchar', 'char', 'time', 'timestamp'],
]);

function isNoNumber(cursor: Cursor, type: string): boolean {
  return measured.has(type) && !/^'\d+'$/.test(cursor.written());
}

/** The number at the current token, which is known to be one. */
export function takeNumber(cursor: Cursor): NumberLiteral {
  const { start, end } = cursor;
  const text = cursor.written();
  cursor.advance();
  return { kind: 'number', text, start, end };
}
