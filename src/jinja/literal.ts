import { sign } from './arithmetic.ts';
import { TemplateError } from './errors.ts';
import { tokenize } from './lexer.ts';
import { parseTuple } from './parser/expression.ts';
import { TokenStream } from './parser/stream.ts';
import { Source } from './source.ts';
import type { Expression } from './tree.ts';
import type { Value } from './values.ts';
import { Dict, Tuple } from './values.ts';

const NOT_LITERAL = Symbol('not a literal');

/**
 * The value of an expression made of literals only, or undefined.
 *
 * @param words whether `true`, `none` and `false` may be written small, as Jinja allows and Python does not.
 */
export function literalValue(node: Expression, source: Source, words = true): Value | undefined {
  try {
    return evaluate(node, source, words);
  } catch (error) {
    if (error === NOT_LITERAL) return undefined;
    throw error;
  }
}

function evaluate(node: Expression, source: Source, words: boolean): Value {
  const inner = (part: Expression): Value => evaluate(part, source, words);
  switch (node.kind) {
    case 'constant':
      if (!words && (typeof node.value === 'boolean' || node.value === null) && /[tfn]/.test(source.text[node.start]!))
        break;
      return node.value;
    case 'list':
      return node.items.map(inner);
    case 'tuple':
      return new Tuple(node.items.map(inner));
    case 'dict':
      return Dict.of(node.pairs.map(({ key, value }) => [inner(key), inner(value)] as const));
    case 'unary': {
      if (node.operator === 'not') break;
      const operand = inner(node.operand);
      if (typeof operand === 'string' || typeof operand === 'boolean' || operand === null || Array.isArray(operand))
        break;
      return sign(node.operator, operand);
    }
  }
  throw NOT_LITERAL;
}

/** Python's `ast.literal_eval`: the value that a text spells, or undefined where Python would raise. */
export function literalEval(text: string): Value | undefined {
  const source = new Source(`{{ ${text.replace(/^[ \t]+/, '')} }}`, '<literal>');
  try {
    const stream = new TokenStream(source, tokenize(source));
    stream.expect('variable_begin');
    const node = parseTuple(stream);
    stream.expect('variable_end');
    stream.expect('eof');
    return literalValue(node, source, false);
  } catch (error) {
    if (error instanceof TemplateError) return undefined;
    throw error;
  }
}
