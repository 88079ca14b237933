import type { Run } from '../engine/account.ts';
import type { Column } from '../engine/catalog.ts';
import { SqlError, unsupported } from '../errors.ts';
import { Cursor } from '../sql/cursor.ts';
import { expressionOf } from '../sql/expression.ts';
import { engineName, type Scope } from '../sql/names.ts';
import { firstToken, type Group, isGroup, type Node, nest, splitByComma } from '../sql/nodes.ts';
import { tokenize } from '../sql/tokens.ts';
import { anyText, engineType, isTypeName, longestText, readType } from '../sql/types.ts';
import { scopeOf } from './statement.ts';

/** A column as a statement defines it; the type may be left to the query that fills it. */
export interface Definition extends Column {
  readonly typed: boolean;
}

const outOfLine = new Set(['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'FOREIGN', 'CHECK']);
const endsDefault = new Set([
  'NOT',
  'NULL',
  'COMMENT',
  'PRIMARY',
  'UNIQUE',
  'REFERENCES',
  'CONSTRAINT',
  'FOREIGN',
  'COLLATE',
]);

/** `(a int not null, b varchar(10) comment 'x', primary key (a))`. Only NOT NULL is enforced, as in Snowflake. */
export function readDefinitions(run: Run, group: Group): Definition[] {
  const definitions: Definition[] = [];
  let keys: readonly string[] = [];
  for (const part of splitByComma(group.children)) {
    const cursor = new Cursor(part);
    if (cursor.seesAny(outOfLine)) keys = [...keys, ...readConstraint(cursor)];
    else definitions.push(readDefinition(run, cursor));
  }
  return definitions.map((column) =>
    keys.includes(column.name) ? { ...column, primaryKey: true, nullable: false } : column,
  );
}

export function readDefinition(run: Run, cursor: Cursor): Definition {
  const name = cursor.expectName();
  const next = cursor.peek();
  const typed = next?.kind === 'word' && isTypeName(next.value);
  if (next?.kind === 'word' && !typed && !endsDefault.has(next.value) && next.value !== 'DEFAULT')
    throw cursor.unexpected();
  const column = { name, typed, type: typed ? readType(cursor) : anyText };
  return { ...column, ...readInline(run, cursor) };
}

function readInline(run: Run, cursor: Cursor): Omit<Definition, 'name' | 'typed' | 'type'> {
  let found: Omit<Definition, 'name' | 'typed' | 'type'> = { nullable: true };
  while (!cursor.done) {
    if (cursor.accept('NOT', 'NULL')) found = { ...found, nullable: false };
    else if (cursor.accept('NULL')) found = { ...found, nullable: true };
    else if (cursor.accept('DEFAULT')) found = { ...found, default: textOf(run, cursor) };
    else if (cursor.accept('COMMENT')) found = { ...found, comment: cursor.expectString() };
    else if (cursor.accept('CONSTRAINT')) cursor.expectName();
    else if (cursor.accept('PRIMARY', 'KEY')) found = { ...found, primaryKey: true, nullable: false };
    else if (cursor.accept('UNIQUE')) found = { ...found, unique: true };
    else if (cursor.accept('FOREIGN', 'KEY')) continue;
    else if (cursor.accept('REFERENCES')) readReference(cursor);
    else if (cursor.sees('CHECK')) throw unsupported('CHECK constraint');
    else if (cursor.sees('AUTOINCREMENT') || cursor.sees('IDENTITY')) throw unsupported('AUTOINCREMENT');
    else if (cursor.sees('COLLATE')) throw unsupported('COLLATE');
    else if (!acceptConstraintProperty(cursor)) throw cursor.unexpected();
  }
  return found;
}

function textOf(run: Run, cursor: Cursor): string {
  const nodes = cursor.until(endsDefault);
  const [first] = nodes;
  if (!first) throw cursor.unexpected();
  const after = cursor.peek();
  const start = firstToken(first).start;
  return after ? run.sql.slice(start, firstToken(after).start).trim() : lastText(run, nodes, start);
}

function lastText(run: Run, nodes: readonly Node[], start: number): string {
  const last = nodes.at(-1);
  if (!last) return '';
  if (last.kind !== 'group') return run.sql.slice(start, last.start + last.text.length);
  const close = run.sql.indexOf(
    ')',
    last.children.length === 0 ? last.open.start : firstToken(last.children.at(-1) as Node).start,
  );
  return run.sql.slice(start, close + 1);
}

function readConstraint(cursor: Cursor): string[] {
  if (cursor.accept('CONSTRAINT')) cursor.expectName();
  const primary = cursor.accept('PRIMARY', 'KEY');
  if (!primary && cursor.sees('CHECK')) throw unsupported('CHECK constraint');
  const unique = !primary && cursor.accept('UNIQUE');
  if (!primary && !unique) cursor.expect('FOREIGN', 'KEY');
  const names = splitByComma(cursor.expectGroup().children).map((part) => new Cursor(part).expectName());
  if (cursor.accept('REFERENCES')) readReference(cursor);
  while (!cursor.done) if (!acceptConstraintProperty(cursor)) throw cursor.unexpected();
  return primary ? names : [];
}

function readReference(cursor: Cursor): void {
  cursor.expectPath();
  if (isGroup(cursor.peek())) cursor.next();
}

const properties = [
  ['NOT', 'ENFORCED'],
  ['ENFORCED'],
  ['RELY'],
  ['NORELY'],
  ['NOT', 'DEFERRABLE'],
  ['DEFERRABLE'],
  ['INITIALLY', 'DEFERRED'],
  ['VALIDATE'],
  ['NOVALIDATE'],
  ['ENABLE'],
  ['DISABLE'],
];
const acceptConstraintProperty = (cursor: Cursor): boolean => properties.some((words) => cursor.accept(...words));

/** Columns as the engine is told to make them. A text that is too long is an error there too. */
export function engineColumns(run: Run, columns: readonly Column[]): string {
  return columns
    .map((column) => {
      const name = engineName(column.name);
      const short = column.type.name === 'TEXT' && (column.type.length ?? longestText) < longestText;
      const parts = [`${name} ${engineType(column.type)}`];
      if (column.default !== undefined) parts.push(`DEFAULT ${defaultOf(run, column.default)}`);
      if (!column.nullable) parts.push('NOT NULL');
      if (short) parts.push(`CHECK (length(${name}) <= ${column.type.length})`);
      return parts.join(' ');
    })
    .join(', ');
}

/** A default is computed for each row, so what `current_timestamp` is must be left to the engine. */
function defaultOf(run: Run, sql: string): string {
  const inner = scopeOf({ ...run, sql });
  const later: Scope = {
    ...inner,
    around: { ...inner.around, fact: (name, argument) => momentNow(name) ?? inner.around.fact(name, argument) },
  };
  const cursor = new Cursor(nodesOf(sql));
  return `(${expressionOf(cursor.rest(), later)})`;
}

const momentNow = (name: string): string | undefined =>
  ({ CURRENT_TIMESTAMP: 'get_current_timestamp()', CURRENT_DATE: 'current_date()' })[name as 'CURRENT_TIMESTAMP'];

const nodesOf = (sql: string): readonly Node[] => nest(tokenize(sql));

/** A column that is not there. */
export const missingColumn = (name: string): SqlError =>
  new SqlError('000904', '42000', `SQL compilation error:\ninvalid identifier '${name}'`);
