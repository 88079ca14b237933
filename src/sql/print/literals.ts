import type { Dialect } from '../dialect.ts';
import type { StringLiteral } from '../tree.ts';

/** A text in quotes, written as it was where the dialect has that way and the text allows it. */
export function stringText({ value, quoting }: StringLiteral, dialect: Dialect): string {
  const { escapeStrings } = dialect.syntax.lexical;
  if (quoting === 'hex') return `x'${value}'`;
  if (quoting === 'dollar') {
    const mark = dollarMark(value, dialect);
    if (mark !== undefined) return `${mark}${value}${mark}`;
  }
  if (quoting === 'escape' && escapeStrings) return `e'${withEscapes(value)}'`;
  return `'${dialect.syntax.lexical.backslashEscapes ? withEscapes(value) : value.replaceAll("'", "''")}'`;
}

function dollarMark(value: string, dialect: Dialect): string | undefined {
  const closes = (mark: string): boolean => `${value}${mark}`.indexOf(mark) === value.length;
  if (closes('$$')) return '$$';
  if (!dialect.syntax.lexical.dollarTags) return undefined;
  let number = 1;
  while (!closes(`$text${number}$`)) number++;
  return `$text${number}$`;
}

function withEscapes(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll("'", "''");
}
