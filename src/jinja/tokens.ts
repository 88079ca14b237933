import type { Float } from './values.ts';

/** Operators and delimiters are tokens whose type is their own text. */
export type Operator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '//'
  | '%'
  | '**'
  | '~'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '='
  | '('
  | ')'
  | '['
  | ']'
  | '{'
  | '}'
  | '.'
  | ':'
  | '|'
  | ','
  | ';';

export type TokenType =
  | 'data'
  | 'block_begin'
  | 'block_end'
  | 'variable_begin'
  | 'variable_end'
  | 'name'
  | 'string'
  | 'integer'
  | 'float'
  | 'eof'
  | Operator;

/**
 * One token. Offsets are into the original text: for data they cover what is left after whitespace control, for tags
 * the delimiters themselves.
 */
export interface Token {
  readonly type: TokenType;
  readonly start: number;
  readonly end: number;
  readonly value: string | number | bigint | Float;
}

const DESCRIPTIONS: Partial<Record<TokenType, string>> = {
  data: 'template data / text',
  block_begin: 'begin of statement block',
  block_end: 'end of statement block',
  variable_begin: 'begin of print statement',
  variable_end: 'end of print statement',
  eof: 'end of template',
};

/** A token type as messages name it. */
export function describeType(type: TokenType): string {
  return DESCRIPTIONS[type] ?? type;
}

/** A token as messages name it: a name by itself, anything else by its type. */
export function describeToken(token: Token): string {
  return token.type === 'name' ? String(token.value) : describeType(token.type);
}
