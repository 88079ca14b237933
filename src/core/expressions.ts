/**
 * SQL expressions that warehouses write differently, named as dbt's cross-database macros (`date_trunc`, `listagg`…).
 * Arguments are SQL, written into the result as they are, unless something else is said.
 */
export interface Expressions {
  /** Any one of the values of a group. */
  anyValue(expression: string): string;
  /** Whether a condition holds for some row of a group. */
  boolOr(expression: string): string;
  /** The texts of a group as one. */
  listAgg(request: ListAgg): string;
  arrayAppend(array: string, element: string): string;
  arrayConcat(first: string, second: string): string;
  /** @param type of the elements; counts where there are none. */
  arrayConstruct(elements: readonly string[], type: string): string;
  cast(expression: string, type: string): string;
  /** A cast that gives null for what cannot be cast, where the warehouse has one; else a plain one. */
  safeCast(expression: string, type: string): string;
  concat(texts: readonly string[]): string;
  hash(expression: string): string;
  length(text: string): string;
  position(part: string, text: string): string;
  replace(text: string, old: string, by: string): string;
  right(text: string, length: string): string;
  /** The part of that number, counted from 1; from the end where it is negative. */
  splitPart(text: string, delimiter: string, part: string): string;
  /** @param text plain text, already escaped. */
  stringLiteral(text: string): string;
  /** @param text plain text. */
  escapeSingleQuotes(text: string): string;
  /** A day; the arguments are numbers or SQL. */
  date(year: string, month: string, day: string): string;
  /** @param part a plain word: `month`. */
  dateTrunc(part: string, from: string): string;
  /** How many borders of `part` (a plain word) lie between two moments. */
  dateDiff(part: string, from: string, to: string): string;
  /** The last day of the `part` (a plain word) in which a date lies. */
  lastDay(part: string, from: string): string;
  /** A query for the whole numbers from 1, as the column `generated_number`. */
  generateSeries(upTo: number): string;
  /** The operator between two queries that takes the rows of the second from the first. */
  except(): string;
  /** The operator between two queries that leaves the rows that are in both. */
  intersect(): string;
}

export interface ListAgg {
  readonly measure: string;
  readonly delimiter: string;
  /** The whole clause: `order by day`. Default: no order. */
  readonly orderBy?: string | undefined;
  /** Take only the first so many. Default: all. */
  readonly limit?: string | undefined;
}

/** Types that every warehouse has under some name. */
export type PortableType = 'string' | 'timestamp' | 'float' | 'numeric' | 'bigint' | 'int' | 'boolean' | 'date';

/** What expressions are made of: parts that a warehouse may write in its own way. */
export interface ExpressionParts {
  /** `from` moved by `interval` times `part` (`day`, `hour`…); all three are SQL. */
  dateAdd(part: string, interval: string, from: string): string;
  /** A moment or a text as a time without a zone, however the session is set. Default: a cast to the timestamp type. */
  localTime?(moment: string): string;
  /** What the warehouse calls a type of dbt's `type_*` macros. */
  typeName(type: PortableType): string;
  /** The expressions themselves, of which one may be part of another. */
  readonly expressions: Expressions;
}

/** Expressions as the SQL standard, or most warehouses, have them. */
export function standardExpressions(statements: () => ExpressionParts): Expressions {
  const own = (): Expressions => statements().expressions;
  return {
    ...texts(statements),
    ...dates(statements),
    anyValue: (expression) => `any_value(${expression})`,
    boolOr: (expression) => `bool_or(${expression})`,
    listAgg,
    arrayAppend: (array, element) => `array_append(${array}, ${element})`,
    arrayConcat: (first, second) => `array_cat(${first}, ${second})`,
    arrayConstruct: (elements, type) =>
      elements.length > 0 ? `array[${elements.join(', ')}]` : `cast(array[] as ${type}[])`,
    cast: (expression, type) => `cast(${expression} as ${type})`,
    safeCast: (expression, type) => own().cast(expression, type),
    except: () => 'except',
    intersect: () => 'intersect',
    generateSeries,
  };
}

function texts(statements: () => ExpressionParts) {
  return {
    concat: (parts) => parts.join(' || '),
    hash: (expression) => `md5(cast(${expression} as ${statements().typeName('string')}))`,
    length: (text) => `length(${text})`,
    position: (part, text) => `position(${part} in ${text})`,
    replace: (text, old, by) => `replace(${text}, ${old}, ${by})`,
    right: (text, length) => `right(${text}, ${length})`,
    splitPart: (text, delimiter, part) => `split_part(${text}, ${delimiter}, ${part})`,
    stringLiteral: (text) => `'${text}'`,
    escapeSingleQuotes: (text) => text.replaceAll("'", "''"),
  } satisfies Partial<Expressions>;
}

function dates(statements: () => ExpressionParts) {
  const own = (): Expressions => statements().expressions;
  return {
    date: (year, month, day) => `to_date('${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}', 'YYYY-MM-DD')`,
    dateTrunc: (part, from) => `date_trunc('${part}', ${from})`,
    dateDiff: (part, from, to) => `datediff(${part}, ${from}, ${to})`,
    lastDay(part, from) {
      const next = statements().dateAdd(part, '1', own().dateTrunc(part, from));
      return own().cast(statements().dateAdd('day', '-1', next), statements().typeName('date'));
    },
  } satisfies Partial<Expressions>;
}

function listAgg({ measure, delimiter, orderBy, limit }: ListAgg): string {
  const within = orderBy === undefined ? '' : ` within group (${orderBy})`;
  return limit === undefined
    ? `listagg(${measure}, ${delimiter})${within}`
    : `array_to_string(array_slice(array_agg(${measure})${within}, 0, ${limit}), ${delimiter})`;
}

/** Every bit of a number is a table of two rows; their product has all numbers. */
function generateSeries(upTo: number): string {
  const bits = Array.from({ length: Math.max(1, Math.ceil(Math.log2(upTo))) }, (_, bit) => bit);
  const sum = bits.map((bit) => `bit${bit}.value * ${2 ** bit}`).join(' + ');
  const product = bits.map((bit) => `bits as bit${bit}`).join(' cross join ');
  return [
    'with bits as (',
    '  select 0 as value union all select 1 as value',
    '), numbers as (',
    `  select ${sum} + 1 as generated_number from ${product}`,
    ')',
    `select generated_number from numbers where generated_number <= ${upTo} order by generated_number`,
  ].join('\n');
}
