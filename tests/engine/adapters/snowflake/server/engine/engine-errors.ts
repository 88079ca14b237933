import { type Place, SqlError, syntaxError, unsupported } from '../errors.ts';
import { withoutMarks } from '../sql/names.ts';
import { tokenize } from '../sql/tokens.ts';

type Reading = (found: RegExpExecArray, place: (text: string) => Place | undefined) => SqlError;

const invalid = (name: string, place: Place | undefined): SqlError =>
  new SqlError(
    '000904',
    '42000',
    place
      ? `SQL compilation error: error line ${place.line} at position ${place.position}\ninvalid identifier '${name}'`
      : `SQL compilation error:\ninvalid identifier '${name}'`,
    place,
  );

/** What the engine says, and what Snowflake says instead. */
const readings: readonly (readonly [RegExp, Reading])[] = [
  [/Referenced (?:column|table) "(.+?)" (?:was )?not found/, ([, name = ''], place) => invalid(name, place(name))],
  [
    /(?:Table|Values list) "(.+?)" does not have a column named "(.+?)"/,
    ([, table, name = '']) => invalid(`${table}.${name}`, undefined),
  ],
  [/does not have a column (?:named|with name) "(.+?)"/, ([, name = ''], place) => invalid(name, place(name))],
  [
    /column "(.+?)" must appear in the GROUP BY/i,
    ([, name = '']) =>
      new SqlError('000979', '42601', `SQL compilation error:\n[${name}] is not a valid group by expression`),
  ],
  [
    /Ambiguous reference to column name "(.+?)"/,
    ([, name = '']) => new SqlError('002027', '42601', `SQL compilation error:\nambiguous column name '${name}'`),
  ],
  [
    /syntax error at or near "(.+?)"/,
    ([, name = ''], place) => syntaxError(place(name) ?? { line: 1, position: 0 }, name),
  ],
  [
    /NOT NULL constraint failed: [^.]*\.(.+)/,
    () => new SqlError('100072', '22000', 'NULL result in a non-nullable column'),
  ],
  [
    /CHECK constraint failed|String is too long and would be truncated/,
    () => new SqlError('100078', '22000', 'String is too long and would be truncated'),
  ],
  [/Division by zero/, () => new SqlError('100051', '22012', 'Division by zero')],
  [
    /Could not (?:convert|parse) string '?"?(.*?)"?'? to (?:'?)(DATE|TIMESTAMP|TIME)/i,
    ([, value = '', type = '']) =>
      new SqlError('100035', '22007', `${type[0]}${type.slice(1).toLowerCase()} '${value}' is not recognized`),
  ],
  [
    /(?:invalid|malformed) (?:date|timestamp|time) field format: "(.*?)"/i,
    ([, value = '']) => new SqlError('100035', '22007', `Timestamp '${value}' is not recognized`),
  ],
  [
    /Could not convert string '(.*?)' to BOOL/,
    ([, value = '']) => new SqlError('100037', '22018', `Boolean value '${value}' is not recognized`),
  ],
  [
    /Could not convert string ['"](.*?)['"] to/,
    ([, value = '']) => new SqlError('100038', '22018', `Numeric value '${value}' is not recognized`),
  ],
  [/Malformed JSON/, () => new SqlError('100069', '22P02', 'Error parsing JSON')],
  [/Out of Range Error|Overflow|out of range/, ([text]) => unsupported(`number beyond the server's range (${text})`)],
  [
    /expected \d+ columns? but \d+ values|has (\d+) columns but (\d+) values were supplied|expected (\d+) columns?, got (\d+)/i,
    () => new SqlError('002020', '21S01', 'SQL compilation error:\nInsert value list does not match column list'),
  ],
  [
    /Set operations can only apply to expressions with the same number of result columns/,
    () =>
      new SqlError(
        '001789',
        '42601',
        'SQL compilation error:\ninvalid number of result columns for set operator input branches',
      ),
  ],
  [
    /More than one row returned by a subquery/,
    () => new SqlError('090150', '22000', 'Single-row subquery returns more than one row.'),
  ],
  [/Transaction conflict|write-write conflict/, () => unsupported('two sessions changing the same rows at once')],
];

/** An error of the engine as Snowflake would put it; one that it has no words for is a refusal. */
export function fromEngine(error: unknown, sql: string): unknown {
  if (error instanceof SqlError || !(error instanceof Error)) return error;
  const message = withoutMarks(error.message);
  const place = (name: string): Place | undefined => placeIn(sql, name);
  for (const [pattern, reading] of readings) {
    const found = pattern.exec(message);
    if (found) return reading(found, place);
  }
  return unsupported(`the engine behind this server cannot run it: ${message.split('\n')[0]}`);
}

function placeIn(sql: string, name: string): Place | undefined {
  const bare = name.split('.').at(-1) ?? name;
  return tokenize(sql).find((token) => token.value === bare || token.text === bare)?.place;
}
