import { syntaxError, unsupported } from '../errors.ts';
import { Cursor } from './cursor.ts';
import { listOf, readExpression, reserved, subquery } from './expression.ts';
import { callFunction, isBareFunction } from './functions/index.ts';
import { readPath } from './json-path.ts';
import { engineName, literal, type Scope } from './names.ts';
import { firstToken, type Group, isGroup, type Node } from './nodes.ts';
import { beginsQuery } from './query.ts';
import { castTo, isTypeName, readType } from './types.ts';

/** An operand with its sign and with what is written behind it: casts, paths. */
export function readSigned(cursor: Cursor, scope: Scope): string {
  if (cursor.acceptSymbol('-')) return `- ${readSigned(cursor, scope)}`;
  if (cursor.acceptSymbol('+')) return readSigned(cursor, scope);
  return readPostfix(cursor, scope, readPrimary(cursor, scope));
}

function readPrimary(cursor: Cursor, scope: Scope): string {
  const node = cursor.next();
  switch (node.kind) {
    case 'string':
      return literal(node.value);
    case 'number':
      return node.text;
    case 'bind':
      scope.uses.binds += 1;
      return scope.around.bind(scope.uses.binds);
    case 'variable':
      return variable(node.text.slice(1), scope);
    case 'group':
      return groupExpression(node, scope);
    case 'symbol':
      if (node.text === ':' && cursor.peek()?.kind === 'number') return scope.around.bind(cursor.expectNumber());
      throw syntaxError(node.place, node.text);
    default:
      cursor.offset -= 1;
      return readNamed(cursor, scope);
  }
}

function variable(name: string, scope: Scope): string {
  if (/^\d+$/.test(name)) return engineName(`COLUMN${name}`);
  const value = scope.around.variable(name.toUpperCase());
  if (value === undefined) throw unsupported(`session variable $${name}, which is not set`);
  return value;
}

function groupExpression(group: Group, scope: Scope): string {
  if (group.bracket === 'CASE') return caseExpression(group, scope);
  if (group.bracket === '[') return `json_array(${listOf(group.children, scope).join(', ')})`;
  if (group.bracket === '{') throw unsupported('object literal');
  if (beginsQuery(group.children)) return `(${subquery(group, scope)})`;
  const parts = listOf(group.children, scope);
  if (parts.length === 0) throw syntaxError(group.open.place, ')');
  return parts.length === 1 ? `(${parts[0]})` : `ROW(${parts.join(', ')})`;
}

function caseExpression(group: Group, scope: Scope): string {
  const cursor = new Cursor(group.children);
  const out = ['CASE'];
  if (!cursor.sees('WHEN')) out.push(readExpression(cursor, scope));
  while (cursor.accept('WHEN')) {
    out.push('WHEN', readExpression(cursor, scope));
    cursor.expect('THEN');
    out.push('THEN', readExpression(cursor, scope));
  }
  if (cursor.accept('ELSE')) out.push('ELSE', readExpression(cursor, scope));
  cursor.expectEnd();
  return [...out, 'END'].join(' ');
}

const typedLiterals = new Set(['DATE', 'TIME', 'TIMESTAMP', 'TIMESTAMP_NTZ', 'TIMESTAMP_LTZ', 'TIMESTAMP_TZ']);

/** A column, a function, a constant, a typed literal. */
function readNamed(cursor: Cursor, scope: Scope): string {
  const token = firstToken(cursor.peek() as Node);
  if (token.kind === 'word') {
    if (['NULL', 'TRUE', 'FALSE'].includes(token.value)) return cursor.expectWord();
    if (cursor.accept('EXISTS')) return `EXISTS (${subquery(cursor.expectGroup(), scope)})`;
    if (typedLiterals.has(token.value) && cursor.peek(1)?.kind === 'string') {
      return castTo(readType(cursor), literal(cursor.expectString()));
    }
    if (token.value === 'INTERVAL' && cursor.peek(1)?.kind === 'string')
      throw unsupported('INTERVAL that is not added to a date');
    if (reserved.has(token.value) && !isGroup(cursor.peek(1))) throw cursor.unexpected();
  }
  const path = cursor.expectPath();
  if (isGroup(cursor.peek())) return callFunction(path, cursor, scope, token);
  if (token.kind === 'word' && path.length === 1 && isBareFunction(token.value)) {
    return callFunction(path, cursor, scope, token);
  }
  if (path.length > 1 && path.at(-1) === 'NEXTVAL')
    return `nextval(${literal(scope.around.sequence(path.slice(0, -1)))})`;
  return path.slice(-2).map(engineName).join('.');
}

function readPostfix(cursor: Cursor, scope: Scope, primary: string): string {
  let sql = primary;
  for (;;) {
    if (cursor.acceptSymbol('::')) {
      if (!isTypeName(firstToken(cursor.peek() ?? cursor.next()).value)) throw cursor.unexpected();
      sql = castTo(readType(cursor), sql);
    } else if (cursor.seesSymbol(':') || isGroup(cursor.peek(), '[')) sql = readPath(cursor, scope, sql);
    else return sql;
  }
}
