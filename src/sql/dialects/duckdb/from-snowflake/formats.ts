/** Elements of Snowflake's formats of dates and times, longest first, as strftime and strptime write them. */
const elements: readonly (readonly [element: string, writes: string, reads: string])[] = [
  ['YYYY', '%Y', '%Y'],
  ['UUUU', '%Y', '%Y'],
  ['MMMM', '%B', '%B'],
  ['HH24', '%H', '%H'],
  ['HH12', '%I', '%I'],
  ['MON', '%b', '%b'],
  ['FF9', '%n', '%f'],
  ['FF6', '%f', '%f'],
  ['FF3', '%g', '%g'],
  ['YY', '%y', '%y'],
  ['MM', '%m', '%m'],
  ['DD', '%d', '%d'],
  ['DY', '%a', '%a'],
  ['AM', '%p', '%p'],
  ['PM', '%p', '%p'],
  ['MI', '%M', '%M'],
  ['SS', '%S', '%S'],
  ['FF', '%n', '%f'],
];

/**
 * The format as strftime (or strptime, to read) wants it; undefined if it has an element that has no counterpart there.
 * docs.snowflake.com/en/sql-reference/date-time-input-output
 */
export function translateFormat(format: string, purpose: 'write' | 'read'): string | undefined {
  let made = '';
  for (let at = 0; at < format.length; ) {
    const rest = format.slice(at);
    const quoted = /^"([^"]*)"/.exec(rest);
    const element = elements.find(([written]) => rest.slice(0, written.length).toUpperCase() === written);
    if (quoted) made += quoted[1]!.replaceAll('%', '%%');
    else if (element) made += purpose === 'write' ? element[1] : element[2];
    else if (/^(TZ|[A-SU-Z])/i.test(rest)) return undefined;
    else made += rest[0] === '%' ? '%%' : rest[0];
    at += quoted ? quoted[0].length : element ? element[0].length : 1;
  }
  return made;
}
