import { NOT_COLUMN } from '../lexer/compiled.ts';
import { QUOTED } from '../lexer/tokens.ts';
import type { Lambda, LambdaParameter } from '../tree.ts';
import type { Cursor } from './cursor.ts';
import { parseIdentifier } from './names.ts';
import { parseDataType } from './type.ts';

/**
 * Whether an argument that is a lambda starts here: `x -> …` or `(x, y) -> …` where `arrows` mean that, or
 * `lambda x: …`.
 */
export function startsLambda(cursor: Cursor, arrows: boolean): boolean {
  if (cursor.is('lambda')) return cursor.syntax.lambdaKeyword;
  if (!arrows) return false;
  if (cursor.is('(')) {
    const partner = cursor.partnerOf(cursor.index);
    return partner > 0 && cursor.isAhead(partner - cursor.index + 1, '->');
  }
  if (cursor.isAhead(1, '->')) return cursor.kind === QUOTED || cursor.allows(NOT_COLUMN);
  return cursor.syntax.lambdaTypes && cursor.isAhead(2, '->') && cursor.allows(NOT_COLUMN) && cursor.kindAhead(1) === 1;
}

/** A lambda; {@link startsLambda} has said that there is one. */
export function parseLambda(cursor: Cursor): Lambda {
  const { start } = cursor;
  const keyword = cursor.accept('lambda');
  const parameters = parseParameters(cursor, keyword);
  cursor.expect(keyword ? ':' : '->');
  const body = cursor.grammar.expression(cursor);
  return { kind: 'lambda', keyword, parameters, body, start, end: body.end };
}

function parseParameters(cursor: Cursor, keyword: boolean): LambdaParameter[] {
  const parameters: LambdaParameter[] = [];
  const open = cursor.index;
  if (cursor.accept('(')) {
    do parameters.push(parseParameter(cursor));
    while (cursor.more(open, ')'));
    cursor.close(open, ')');
    return parameters;
  }
  do parameters.push(parseParameter(cursor));
  while (keyword && cursor.accept(','));
  return parameters;
}

function parseParameter(cursor: Cursor): LambdaParameter {
  const { start } = cursor;
  const name = parseIdentifier(cursor, NOT_COLUMN, 'a parameter');
  const typed = cursor.syntax.lambdaTypes && !cursor.is(',') && !cursor.is(')') && !cursor.is('->');
  if (!typed) return { name, start, end: name.end };
  const type = parseDataType(cursor);
  return { name, type, start, end: type.end };
}
