import type { TypeDetails, Typed, TypeRules } from './rules.ts';
import type { SqlType, TypeField } from './type.ts';

/**
 * The type of a text, such as `NUMBER(10,2)` or `STRUCT(a INTEGER, b VARCHAR[])[]`: as schemas, catalogues and DESCRIBE
 * write it. A type that is not built in is `named`; a text that is no type is `unknown`. For types inside SQL there is
 * the parser.
 */
export function readTypeText(text: string, dialect: Typed): SqlType {
  const reader = new TypeReader(text, dialect.types);
  const type = reader.type();
  return reader.isAtEnd() ? type : { kind: 'unknown' };
}

const token = /\s*(?:"((?:[^"]|"")*)"|'((?:[^']|'')*)'|([A-Za-z_][\w$]*)|(\d+)|([(),[\]]))/y;

interface Token {
  readonly kind: 'quoted' | 'text' | 'word' | 'number' | 'mark';
  readonly value: string;
}

class TypeReader {
  readonly #tokens: readonly Token[];
  readonly #rules: TypeRules;
  #position = 0;

  constructor(text: string, rules: TypeRules) {
    this.#tokens = tokensOf(text);
    this.#rules = rules;
  }

  isAtEnd(): boolean {
    return this.#position === this.#tokens.length;
  }

  type(): SqlType {
    const words: string[] = [];
    let details: TypeDetails = { numbers: [], texts: [], types: [], fields: [] };
    for (let next = this.#peek(); next && this.#isOfName(next); next = this.#peek()) {
      words.push(this.#take().value);
      if (this.#peek()?.value === '(') details = this.#details();
    }
    const name = words.join(' ');
    let type: SqlType = this.#rules.read(name.toLowerCase(), details) ?? { kind: 'named', name };
    if (words.length === 0) type = { kind: 'unknown' };
    while (this.#skip('[')) {
      const size = this.#peek()?.kind === 'number' ? Number(this.#take().value) : undefined;
      if (!this.#skip(']')) return { kind: 'unknown' };
      type = { kind: 'array', element: type, ...(size === undefined ? {} : { size }) };
    }
    return type;
  }

  #details(): TypeDetails {
    const numbers: number[] = [];
    const texts: string[] = [];
    const types: SqlType[] = [];
    const fields: TypeField[] = [];
    this.#skip('(');
    while (!this.isAtEnd() && this.#peek()?.value !== ')') {
      const next = this.#peek();
      if (next?.kind === 'number') numbers.push(Number(this.#take().value));
      else if (next?.kind === 'text') texts.push(this.#take().value);
      else if (this.#startsField()) fields.push(this.#field());
      else {
        types.push(this.type());
        this.#skipNotNull();
      }
      if (!this.#skip(',') && this.#peek()?.value !== ')') break;
    }
    this.#skip(')');
    return { numbers, texts, types, fields };
  }

  /** A name before a type: two words in a row of which the first is not the start of a longer type's name. */
  #startsField(): boolean {
    const [first, second] = this.#tokens.slice(this.#position, this.#position + 2);
    if (first?.kind === 'quoted') return second?.kind === 'word' || second?.kind === 'quoted';
    return (
      first?.kind === 'word' && second?.kind === 'word' && !/^(with|without|precision|varying|not)$/i.test(second.value)
    );
  }

  #field(): TypeField {
    const name = this.#take().value;
    const type = this.type();
    return this.#skipNotNull() ? { name, type, notNull: true } : { name, type };
  }

  #skipNotNull(): boolean {
    const found = this.#peek()?.value.toLowerCase() === 'not';
    if (found) this.#position += 2;
    return found;
  }

  #isOfName(next: Token): boolean {
    return (next.kind === 'word' && next.value.toLowerCase() !== 'not') || next.kind === 'quoted';
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#position];
  }

  #take(): Token {
    return this.#tokens[this.#position++] ?? { kind: 'mark', value: '' };
  }

  #skip(mark: string): boolean {
    const found = this.#peek();
    if (found?.kind !== 'mark' || found.value !== mark) return false;
    this.#position++;
    return true;
  }
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [, quoted, literal, word, number, mark] = match;
    if (quoted !== undefined) tokens.push({ kind: 'quoted', value: quoted.replaceAll('""', '"') });
    else if (literal !== undefined) tokens.push({ kind: 'text', value: literal.replaceAll("''", "'") });
    else if (word !== undefined) tokens.push({ kind: 'word', value: word });
    else if (number !== undefined) tokens.push({ kind: 'number', value: number });
    else if (mark !== undefined) tokens.push({ kind: 'mark', value: mark });
    if (token.lastIndex >= text.trimEnd().length) return tokens;
  }
  return [...tokens, { kind: 'mark', value: '' }];
}
