import { type Place, syntaxError } from '../errors.ts';

/** A piece of Snowflake SQL. `value` is what it means: a folded name, the text of a string. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'symbol' | 'bind' | 'variable';
  readonly text: string;
  readonly value: string;
  readonly start: number;
  readonly place: Place;
}

const blank = /(?:\s+|--[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y;
const kinds: readonly (readonly [Token['kind'], RegExp])[] = [
  ['string', /\$\$[\s\S]*?\$\$|'(?:[^'\\]|''|\\[\s\S])*'/y],
  ['quoted', /"(?:[^"]|"")+"/y],
  ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['word', /[A-Za-z_][\w$]*/y],
  ['variable', /\$\w+/y],
  ['bind', /\?/y],
  ['symbol', /::|=>|->>|->|\|\||<=>|<=|>=|<>|!=|[-+*/%=<>(),.;:[\]{}@!^&|~]/y],
];

/** Reads a text into tokens; comments and blanks are dropped, places are kept. */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  const lineEnds = [...sql.matchAll(/\n/g)].map(({ index }) => index);
  let line = 0;
  const placeAt = (offset: number): Place => {
    while ((lineEnds[line] ?? offset) < offset) line += 1;
    return { line: line + 1, position: offset - ((lineEnds[line - 1] ?? -1) + 1) };
  };
  let offset = skip(blank, sql, 0);
  while (offset < sql.length) {
    const place = placeAt(offset);
    const token = readToken(sql, offset, place);
    if (!token) throw syntaxError(place, sql[offset] ?? '');
    tokens.push(token);
    offset = skip(blank, sql, offset + token.text.length);
  }
  return tokens;
}

/** Statements between semicolons; an empty one is none. */
export function splitStatements(tokens: readonly Token[]): Token[][] {
  const statements: Token[][] = [[]];
  for (const token of tokens) {
    if (token.text === ';') statements.push([]);
    else statements.at(-1)?.push(token);
  }
  return statements.filter((statement) => statement.length > 0);
}

function readToken(sql: string, start: number, place: Place): Token | undefined {
  for (const [kind, pattern] of kinds) {
    const text = match(pattern, sql, start);
    if (text !== undefined) return { kind, text, value: meaning(kind, text), start, place };
  }
  return undefined;
}

function meaning(kind: Token['kind'], text: string): string {
  if (kind === 'word') return text.toUpperCase();
  if (kind === 'quoted') return text.slice(1, -1).replaceAll('""', '"');
  if (kind === 'string') return text.startsWith('$$') ? text.slice(2, -2) : unescapeString(text.slice(1, -1));
  return text;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '0': '\0' };

/** Snowflake's strings know both `''` and backslashes. */
function unescapeString(body: string): string {
  return body.replace(/''|\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\([\s\S])/g, (whole, four, two, one) => {
    if (whole === "''") return "'";
    if (four ?? two) return String.fromCharCode(Number.parseInt(four ?? two, 16));
    return escapes[one] ?? one;
  });
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

const skip = (pattern: RegExp, text: string, at: number): number => at + (match(pattern, text, at)?.length ?? 0);
