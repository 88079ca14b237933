import { NOT_COLUMN } from '../../lexer/compiled.ts';
import { STRING } from '../../lexer/tokens.ts';
import type {
  CreateMacro,
  CreateRoutine,
  MacroVariant,
  Option,
  RoutineParameter,
  RoutineResult,
} from '../../statement-tree.ts';
import type { Expression } from '../../tree.ts';
import type { Cursor } from '../cursor.ts';
import { parseIdentifier } from '../names.ts';
import { takeString } from '../text.ts';
import { parseColumnDefinition, parseDefault } from './columns.ts';
import type { CreateHead } from './create-head.ts';
import { acceptOption } from './options.ts';
import { acceptPhrase, parseParenthesized, takeWord, wordAt } from './words.ts';

/** A function or procedure: parameters, result and options, and a body that is a text; or a macro. */
export function parseCreateFunction(cursor: Cursor, head: CreateHead, word: string): CreateRoutine | CreateMacro {
  const { start, ...rest } = head;
  const begin = cursor.start;
  const parameters = cursor.is('(') ? parseParenthesized(cursor, parseRoutineParameter) : missing(cursor);
  if (word === 'macro' || (word === 'function' && isMacro(cursor))) {
    const variants = parseVariants(cursor, parameters, begin);
    const place = { start, end: cursor.previousEnd };
    return {
      kind: 'create-macro',
      ...rest,
      word: word === 'macro' ? 'macro' : 'function',
      variants,
      comments: [],
      ...place,
    };
  }
  const { returns, options } = parseSettings(cursor);
  const body = acceptBody(cursor);
  return {
    kind: 'create-routine',
    ...rest,
    routine: word,
    parameters,
    ...(returns && { returns }),
    options,
    ...(body && { body }),
    comments: [],
    start,
    end: cursor.previousEnd,
  };
}

function missing(cursor: Cursor): [] {
  cursor.fail("'('");
  return [];
}

/** A function with an expression as its body, and nothing said about its result, is a macro. */
function isMacro(cursor: Cursor): boolean {
  return cursor.is('as') && cursor.kindAhead(1) !== STRING;
}

const modes = ['in', 'input', 'out', 'output'];

/** `a INT DEFAULT 1`, `a OUT INT`, `a`, `a := 1` */
export function parseRoutineParameter(cursor: Cursor): RoutineParameter {
  const { start } = cursor;
  const name = parseIdentifier(cursor, NOT_COLUMN, 'a parameter');
  const mode = modes.includes(wordAt(cursor)) ? takeWord(cursor) : undefined;
  const hasType = !cursor.is(',') && !cursor.is(')') && !isDefault(cursor);
  const type = hasType ? cursor.grammar.type(cursor) : undefined;
  const value = isDefault(cursor) ? parseValue(cursor) : undefined;
  const place = { start, end: cursor.previousEnd };
  return {
    kind: 'routine-parameter',
    name,
    ...(mode && { mode }),
    ...(type && { type }),
    ...(value && { default: value }),
    ...place,
  };
}

function isDefault(cursor: Cursor): boolean {
  return cursor.is('default') || cursor.is(':=') || cursor.is('=');
}

function parseValue(cursor: Cursor): NonNullable<RoutineParameter['default']> {
  const sign = cursor.word as 'default' | ':=' | '=';
  cursor.advance();
  return { sign, value: parseDefault(cursor) };
}

function parseVariants(cursor: Cursor, parameters: readonly RoutineParameter[], begin: number): MacroVariant[] {
  const variants: MacroVariant[] = [];
  let start = begin;
  let own = parameters;
  for (;;) {
    cursor.expect('as');
    const isTable = cursor.is('table');
    if (isTable) cursor.advance();
    const body = isTable ? cursor.grammar.query(cursor) : cursor.grammar.expression(cursor);
    variants.push({ parameters: own, body, start, end: cursor.previousEnd });
    if (!cursor.is(',') || !cursor.isAhead(1, '(')) return variants;
    cursor.advance();
    start = cursor.start;
    own = parseParenthesized(cursor, parseRoutineParameter);
  }
}

/** RETURNS and the options around it. */
function parseSettings(cursor: Cursor): { readonly returns?: RoutineResult; readonly options: readonly Option[] } {
  const options: Option[] = [];
  let returns: RoutineResult | undefined;
  while (!cursor.atEnd && !cursor.is('as')) {
    if (returns === undefined && cursor.is('returns') && wordAt(cursor, 1) !== 'null') returns = parseResult(cursor);
    else {
      const option = acceptOption(cursor);
      if (option === undefined) break;
      options.push(option);
    }
  }
  return { ...(returns && { returns }), options };
}

function parseResult(cursor: Cursor): RoutineResult {
  const { start } = cursor;
  cursor.advance();
  if (cursor.is('table') && cursor.isAhead(1, '(')) {
    cursor.advance();
    const columns = parseParenthesized(cursor, (at) => parseColumnDefinition(at));
    return { kind: 'routine-result', columns, notNull: false, start, end: cursor.previousEnd };
  }
  const type = cursor.grammar.type(cursor);
  const notNull = acceptPhrase(cursor, 'not null');
  return { kind: 'routine-result', type, notNull, start, end: cursor.previousEnd };
}

function acceptBody(cursor: Cursor): Expression | undefined {
  if (!cursor.accept('as')) return undefined;
  return cursor.kind === STRING ? takeString(cursor) : cursor.grammar.expression(cursor);
}
