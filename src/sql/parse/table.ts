import { NOT_TABLE_ALIAS } from '../lexer/compiled.ts';
import { WORD } from '../lexer/tokens.ts';
import type { Identifier, Join, JoinType, TableExpression } from '../tree.ts';
import type { Cursor } from './cursor.ts';
import { parseNameList } from './names.ts';
import { parseTableFactor } from './table-factor.ts';

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** A table in FROM with all its joins. */
export function parseTable(cursor: Cursor): TableExpression {
  let left = parseTableFactor(cursor);
  while (cursor.kind === WORD) {
    const words = countJoinWords(cursor);
    if (words > 0) left = parseJoin(cursor, left, words);
    else if (left.kind === 'join' && startsCondition(cursor)) left = nestJoin(cursor, left);
    else break;
  }
  if (cursor.syntax.joinNeedsCondition && left.kind === 'join') requireConditions(cursor, left);
  return left;
}

const joinWords: ReadonlySet<string> = new Set(
  'natural asof positional cross inner left right full outer semi anti directed'.split(' '),
);

/** How many words a join starts with at the cursor, JOIN counted; 0 if there is none. */
function countJoinWords(cursor: Cursor): number {
  if (cursor.word === 'join') return 1;
  let count = 0;
  while (joinWords.has(cursor.wordAhead(count))) count++;
  if (cursor.wordAhead(count) === 'join') return count + 1;
  if (count > 0 && !cursor.allows(NOT_TABLE_ALIAS)) cursor.fail('JOIN', 'join');
  return 0;
}

function parseJoin(cursor: Cursor, left: TableExpression, count: number): TableExpression {
  const seen: string[] = [];
  const join: Mutable<Join> = {
    kind: 'join',
    left,
    right: left,
    type: 'inner',
    natural: false,
    asof: false,
    words: '',
    start: left.start,
    end: 0,
  };
  for (let index = 0; index < count; index++) seen.push(cursor.wordAhead(index));
  join.words = seen.join(' ');
  checkJoinWords(cursor, seen);
  cursor.jumpTo(cursor.index + count);
  for (const word of seen) applyJoinWord(join, word);
  join.right = parseTableFactor(cursor);
  parseCondition(cursor, join);
  join.end = cursor.previousEnd;
  return join;
}

/** The orders of words that exist. */
const joinForm =
  /^(natural )?(asof )?((inner|cross|semi|anti|positional|(left|right|full)( outer| semi| anti)?) )?(directed )?join$/;

function checkJoinWords(cursor: Cursor, words: readonly string[]): void {
  const { syntax } = cursor;
  const known =
    joinForm.test(words.join(' ')) &&
    (syntax.semiJoin || !(words.includes('semi') || words.includes('anti'))) &&
    (syntax.positionalJoin || !words.includes('positional')) &&
    (syntax.directedJoin || !words.includes('directed'));
  if (!known)
    cursor.failWith('sql/expected', `There is no ${words.join(' ').toUpperCase()} in ${cursor.dialect.title}`);
}

const types: ReadonlySet<string> = new Set<JoinType>([
  'inner',
  'left',
  'right',
  'full',
  'cross',
  'semi',
  'anti',
  'positional',
]);

function applyJoinWord(join: Mutable<Join>, word: string): void {
  if (word === 'natural') join.natural = true;
  else if (word === 'asof') join.asof = true;
  else if (word === 'directed') join.directed = true;
  else if (types.has(word)) join.type = word as JoinType;
}

function parseCondition(cursor: Cursor, join: Mutable<Join>): void {
  if (cursor.is('match_condition') && cursor.syntax.matchCondition) {
    cursor.advance();
    const open = cursor.index;
    if (cursor.expect('(')) {
      join.matchCondition = cursor.grammar.expression(cursor);
      cursor.close(open, ')');
    }
  }
  if (join.asof && cursor.syntax.matchCondition && join.matchCondition === undefined) {
    cursor.fail('MATCH_CONDITION', 'match_condition');
  }
  const condition = cursor.is('on') || (startsCondition(cursor) && cursor.syntax.joinNeedsCondition);
  if (join.natural && condition) cursor.fail('the end of the NATURAL JOIN, which has no condition');
  if (join.type === 'cross' && cursor.is('on')) cursor.fail('the end of the CROSS JOIN, which has no condition');
  if (cursor.accept('on')) join.on = cursor.grammar.expression(cursor);
  else if (cursor.is('using') && !cursor.isAhead(1, 'sample')) {
    cursor.advance();
    join.using = parseUsing(cursor);
  }
}

function parseUsing(cursor: Cursor): readonly Identifier[] {
  return parseNameList(cursor);
}

/**
 * `a JOIN b JOIN c ON x ON y`: the second ON belongs to the join of a with the join of b and c. So far it was read as
 * `(a JOIN b) JOIN c ON x`.
 */
function nestJoin(cursor: Cursor, join: Join): TableExpression {
  const outer = join.left;
  if (outer.kind !== 'join' || outer.on !== undefined || outer.using !== undefined || !takesCondition(outer)) {
    cursor.fail('the end of the join');
    cursor.advance();
    cursor.grammar.expression(cursor);
    return join;
  }
  const right: Join = { ...join, left: outer.right, start: outer.right.start };
  const nested: Mutable<Join> = { ...outer, right };
  parseCondition(cursor, nested);
  nested.end = cursor.previousEnd;
  return nested;
}

function startsCondition(cursor: Cursor): boolean {
  return cursor.is('on') || (cursor.is('using') && cursor.isAhead(1, '('));
}

function takesCondition(join: Join): boolean {
  return join.type !== 'cross' && join.type !== 'positional' && !join.natural;
}

function requireConditions(cursor: Cursor, last: Join): void {
  let join: TableExpression = last;
  while (join.kind === 'join') {
    if (takesCondition(join) && join.on === undefined && join.using === undefined) {
      if (join === last) cursor.fail('ON or USING', 'on', 'using');
      else cursor.report('sql/expected', 'Expected ON or USING behind this', join.right.start, join.right.end);
    }
    join = join.left;
  }
}
