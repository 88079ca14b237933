import { unsupported } from '../../errors.ts';
import { literal } from '../names.ts';

const pieces: readonly (readonly [string, string])[] = [
  ['YYYY', '%Y'],
  ['MMMM', '%B'],
  ['HH24', '%H'],
  ['HH12', '%I'],
  ['FF9', '%n'],
  ['FF6', '%f'],
  ['FF3', '%g'],
  ['MON', '%b'],
  ['YY', '%y'],
  ['MM', '%m'],
  ['DD', '%d'],
  ['DY', '%a'],
  ['MI', '%M'],
  ['SS', '%S'],
  ['AM', '%p'],
  ['PM', '%p'],
];

/** Snowflake's date format as the engine writes it, a literal; an element that the engine cannot write is refused. */
export function dateFormat(format: string): string {
  let out = '';
  let rest = format;
  while (rest !== '') {
    const quoted = /^"([^"]*)"/.exec(rest);
    const piece = pieces.find(([name]) => rest.toUpperCase().startsWith(name));
    if (quoted) out += (quoted[1] ?? '').replaceAll('%', '%%');
    else if (piece) out += piece[1];
    else if (/^[A-Za-z]/.test(rest) && !/^T(?!Z)/.test(rest)) throw unsupported(`format element in '${format}'`);
    else out += rest.startsWith('%') ? '%%' : (rest[0] ?? '');
    rest = rest.slice(quoted?.[0].length ?? piece?.[0].length ?? 1);
  }
  if (!out.includes('%')) throw unsupported(`format element in '${format}'`);
  return literal(out);
}
