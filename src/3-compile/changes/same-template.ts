import { Source, type Token, tokenize } from '../../jinja/index.ts';
import { findDialect, withoutComments } from '../../sql/index.ts';

/**
 * Whether two templates differ in nothing but space, comments and the case of words: whatever they are rendered with,
 * they then give SQL that says the same. Not asked for more: other templates may say the same too.
 *
 * @param dialect of the SQL in them; where it is not known, only equal texts are the same.
 */
export function sameTemplate(before: string, after: string, dialect: string | undefined): boolean {
  if (before === after) return true;
  if (dialect === undefined || !findDialect(dialect)) return false;
  try {
    return bareTemplate(before, dialect) === bareTemplate(after, dialect);
  } catch {
    // No template, or no SQL.
    return false;
  }
}

/** The template as SQL in which words stand for what is in braces, without anything that does not matter. */
function bareTemplate(text: string, dialect: string): string {
  const tokens = tokenize(new Source(text, ''));
  const words: string[] = [];
  let sql = '';
  for (let index = 0; index < tokens.length; index += 1) {
    const { type, start: from, end } = tokens[index]!;
    if (type === 'data') sql += text.slice(from, end);
    if (type !== 'variable_begin' && type !== 'block_begin') continue;
    const start = index;
    const close = type === 'variable_begin' ? 'variable_end' : 'block_end';
    while (tokens[index]!.type !== close) index += 1;
    const tag = tokens.slice(start, index);
    const word = wordFor(tag);
    words.push(word);
    // It writes nothing, and may stand in a comment: that it stands between the same others is enough.
    if (isAssignment(tag)) continue;
    const next = tokens[index + 1];
    const glued = next?.type === 'data' && /^\w/.test(text.slice(next.start, next.end));
    sql += type === 'variable_begin' ? word : `${/\w$/.test(sql) ? '' : ' '}${word}${glued ? '' : ' '}`;
  }
  return `${words.join(' ')} ${lowerCase(withoutComments(sql, { dialect }))}`;
}

/** `{% set x = 1 %}` and `{% do … %}`, but not what is set by a block. */
function isAssignment([, keyword, ...rest]: readonly Token[]): boolean {
  return keyword?.value === 'do' || (keyword?.value === 'set' && rest.some(({ type }) => String(type) === '='));
}

function wordFor(tokens: readonly Token[]): string {
  const said = tokens.filter((_, index) => !isSpareComma(tokens, index));
  const text = JSON.stringify(said.map(({ type, value }) => [type, String(value)]));
  return `jinja_${Buffer.from(text).toString('hex')}`;
}

/** A comma behind the last argument of a call, or the last entry of a list; in other parentheses it makes a tuple. */
function isSpareComma(tokens: readonly Token[], index: number): boolean {
  const close = tokens[index + 1]?.type;
  if (tokens[index]?.type !== ',' || close === undefined) return false;
  if (close === ']' || close === '}') return true;
  if (close !== ')') return false;
  let depth = 1;
  let open = index;
  while (depth > 0 && open > 0) {
    open -= 1;
    const { type } = tokens[open]!;
    if (type === ')') depth += 1;
    else if (type === '(') depth -= 1;
  }
  const called = tokens[open - 1]?.type;
  return called === 'name' || called === ')' || called === ']';
}

const lowerCase = (sql: string): string =>
  sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[^'"]+/g, (piece) =>
    piece.startsWith("'") || piece.startsWith('"') ? piece : piece.toLowerCase(),
  );
