import { precedence } from '../dialect.ts';
import { NOT_CALLABLE, NOT_COLUMN } from '../lexer/compiled.ts';
import type { Lexeme } from '../lexer/lexicon.ts';
import { NUMBER, QUOTED, STAGE, STRING, SYMBOL, VARIABLE, WORD } from '../lexer/tokens.ts';
import type { Expression, UnaryOperator } from '../tree.ts';
import { parseArray, parseObject } from './bracket.ts';
import type { Cursor } from './cursor.ts';
import { parseParenthesis } from './parenthesis.ts';
import { parseReference } from './reference.ts';
import { specialForms } from './special.ts';
import { parseStar } from './star.ts';
import { parseSuffixes } from './suffix.ts';
import { takeString } from './text.ts';
import { takeNumber } from './type.ts';

/**
 * A value with all that stands directly behind it, or a prefix operator with its operand. One function instead of two,
 * because each frame counts where calls hold calls.
 */
export function parsePrimary(cursor: Cursor): Expression {
  let value: Expression;
  switch (cursor.kind) {
    case WORD:
      value = parseWord(cursor);
      break;
    case QUOTED:
      value = parseReference(cursor);
      break;
    case NUMBER:
      value = takeNumber(cursor);
      break;
    case STRING:
      value = takeString(cursor);
      break;
    case SYMBOL:
      value = cursor.word === '(' ? parseParenthesis(cursor) : parseSymbol(cursor);
      break;
    case VARIABLE:
      value = parseVariable(cursor);
      break;
    case STAGE:
      value = parseStage(cursor);
      break;
    default:
      return missing(cursor);
  }
  return cursor.kind === SYMBOL && startsSuffix(cursor, value) ? parseSuffixes(cursor, value) : value;
}

function startsSuffix(cursor: Cursor, value: Expression): boolean {
  switch (cursor.word) {
    case ':':
      // `'a': 1` is an entry of an object, not a path.
      return value.kind !== 'string' && value.kind !== 'number';
    case '::':
    case '[':
    case '.':
    case '!':
      return true;
    default:
      return false;
  }
}

function missing(cursor: Cursor): Expression {
  if (cursor.kind !== WORD || cursor.word === '') {
    cursor.fail('an expression');
    return cursor.bad();
  }
  return cursor.failAtWord('an expression') ? { ...cursor.bad(), start: cursor.previousEnd } : cursor.bad();
}

function parseWord(cursor: Cursor): Expression {
  if (cursor.word === '') return parseReference(cursor);
  const form = specialForms.get(cursor.word);
  if (form !== undefined) {
    const special = form(cursor);
    if (special !== undefined) return special;
  }
  const prefix = prefixOperators.get(cursor.word);
  if (prefix?.(cursor)) return parseUnary(cursor);
  const rules = cursor.rulesAhead(0);
  if ((rules & (NOT_COLUMN | NOT_CALLABLE)) === 0) return parseReference(cursor);
  const called = cursor.isAhead(1, '(') && (rules & NOT_CALLABLE) === 0;
  const plain = !cursor.isAhead(1, '(') && (rules & NOT_COLUMN) === 0;
  return called || plain ? parseReference(cursor) : missing(cursor);
}

/** Words that are operators before a value, and whether they are that here. */
const prefixOperators: ReadonlyMap<string, (cursor: Cursor) => boolean> = new Map([
  ['not', () => true],
  ['prior', (cursor: Cursor) => cursor.syntax.connectBy && startsName(cursor)],
  ['connect_by_root', (cursor: Cursor) => cursor.syntax.connectBy && startsName(cursor)],
]);

function startsName(cursor: Cursor): boolean {
  const kind = cursor.kindAhead(1);
  return kind === WORD || kind === QUOTED;
}

const unaryLevels: Readonly<Partial<Record<Lexeme | '', number>>> = {
  not: precedence.not,
  '@': precedence.symbols + 1,
  '~': precedence.symbols + 1,
};

function parseUnary(cursor: Cursor): Expression {
  const { start } = cursor;
  const operator = cursor.word as UnaryOperator;
  const level = unaryLevels[cursor.word] ?? precedence.sign;
  cursor.advance();
  const operand = cursor.grammar.expression(cursor, level);
  return { kind: 'unary', operator, operand, start, end: operand.end };
}

function parseSymbol(cursor: Cursor): Expression {
  const { start } = cursor;
  switch (cursor.word) {
    case '-':
    case '+':
      return parseUnary(cursor);
    case '~':
    case '@':
    case '!':
      return cursor.syntax.factorial ? parseUnary(cursor) : missing(cursor);
    case '*':
      return cursor.isAhead(1, 'columns') && cursor.isAhead(2, '(') ? parseUnary(cursor) : parseStar(cursor, [], start);
    case '[':
      return cursor.syntax.arrayBrackets ? parseArray(cursor, start, false) : missing(cursor);
    case '{':
      return cursor.syntax.objectBraces ? parseObject(cursor, start, false) : missing(cursor);
    case '?':
    case ':':
    case '&':
      return parseParameter(cursor);
    case '#':
      return parseHash(cursor);
    default:
      return missing(cursor);
  }
}

function parseParameter(cursor: Cursor): Expression {
  const { start } = cursor;
  const mark = cursor.word as '?' | ':' | '&';
  if (!cursor.syntax.parameterMarks.has(mark)) return missing(cursor);
  cursor.advance();
  if (mark === '?') return { kind: 'parameter', mark, name: '', start, end: cursor.previousEnd };
  const named = cursor.start === cursor.previousEnd && (cursor.kind === WORD || cursor.kind === NUMBER);
  if (!named) {
    cursor.fail('the name of a variable');
    return cursor.bad();
  }
  const name = cursor.written();
  cursor.advance();
  return { kind: 'parameter', mark, name, start, end: cursor.previousEnd };
}

function parseHash(cursor: Cursor): Expression {
  const { start } = cursor;
  if (!cursor.syntax.hashColumns || cursor.kindAhead(1) !== NUMBER) return missing(cursor);
  cursor.advance();
  const position = Number(cursor.written());
  if (!(Number.isInteger(position) && position > 0)) cursor.fail('the position of a column, from 1');
  cursor.advance();
  return { kind: 'positional-column', position, start, end: cursor.previousEnd };
}

/** `$1`, `$name` */
function parseVariable(cursor: Cursor): Expression {
  const { start, end } = cursor;
  const name = cursor.text.slice(start + 1, end);
  cursor.advance();
  if (cursor.syntax.dollarColumns && /^\d+$/.test(name)) {
    return { kind: 'positional-column', position: Number(name), start, end };
  }
  return { kind: 'parameter', mark: '$', name, start, end };
}

function parseStage(cursor: Cursor): Expression {
  const { start, end } = cursor;
  const location = cursor.written();
  cursor.advance();
  return { kind: 'stage-reference', location, start, end };
}
