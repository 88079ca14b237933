import { query } from './write-query.ts';
import { alias, deeper, identifier, oneOf, type Part, several, sometimes, type Writing, words } from './writing.ts';

/** Any expression that can be written in one column. */
export const expression: Part = (writing) => {
  if (writing.depth <= 0) return leaf(writing);
  const inner = deeper(writing);
  const own = writing.dialect === 'snowflake' ? snowflakeForms : duckdbForms;
  return oneOf(inner, writing.chance.maybe(75) ? forms : own);
};

/** An expression that stands tight: in front of a suffix, or behind a sign. */
const operand: Part = (writing) => oneOf(writing, [leaf, (one) => `(${expression(one)})`, call]);

export const condition: Part = (writing) => {
  if (writing.depth <= 0)
    return `${column(writing)} ${writing.chance.pick(['=', '<', '>=', '<>'])} ${literal(writing)}`;
  const inner = deeper(writing);
  return oneOf(inner, [
    ...predicates,
    (one) => several(one, 2, 4, (part) => `(${condition(part)})`, one.chance.pick([' AND ', ' or '])),
    (one) => `NOT ${condition(one)}`,
    (one) => `${condition(one)} AND ${condition(one)}`,
  ]);
};

const leaf: Part = (writing) => oneOf(writing, [column, column, literal]);

const column: Part = (writing) =>
  words(sometimes(writing, 25, (one) => `${one.chance.pick(['t', 'u', '"T"'])}.`)) + identifier(writing);

const text: Part = ({ chance }) =>
  chance.pick(["'x'", "''", "'it''s'", "'2024-01-31'", "'a -- b'", "'/* c */'", "'ü€😀'", "'%a_'"]);
const number: Part = ({ chance }) =>
  chance.pick(['0', '1', '42', '3.14', '.5', '1e10', '2.5E-3', '9007199254740993', '10.']);

export const literal: Part = (writing) =>
  oneOf(writing, [
    number,
    text,
    () => 'NULL',
    () => 'TRUE',
    () => 'false',
    () => "DATE '2024-01-31'",
    () => "$$a 'b' $c$$",
    (one) => (one.dialect === 'duckdb' ? one.chance.pick(['1_000', "E'a\\nb'", '$tag$x$tag$']) : "'a\\'b\\\\n'"),
  ]);

const comparison: Part = (writing) =>
  `${operand(writing)} ${writing.chance.pick(['=', '<>', '!=', '<', '<=', '>', '>='])} ${operand(writing)}`;

const predicates: readonly Part[] = [
  comparison,
  comparison,
  (one) => `${operand(one)} IS ${sometimes(one, 50, () => 'NOT ')}${one.chance.pick(['NULL', 'TRUE', 'FALSE'])}`,
  (one) => `${operand(one)} IS ${sometimes(one, 50, () => 'NOT ')}DISTINCT FROM ${operand(one)}`,
  (one) => `${operand(one)} ${sometimes(one, 30, () => 'NOT ')}BETWEEN ${operand(one)} AND ${operand(one)}`,
  (one) => `${operand(one)} ${sometimes(one, 30, () => 'not ')}IN (${several(one, 1, 4, expression)})`,
  (one) => `${operand(one)} IN (${query(one)})`,
  (one) => `(${column(one)}, ${column(one)}) IN ((1, 2), (3, 4))`,
  (one) =>
    `${operand(one)} ${sometimes(one, 30, () => 'NOT ')}${one.chance.pick(['LIKE', 'ILIKE'])} ${operand(one)}${sometimes(one, 20, () => " ESCAPE '^'")}`,
  (one) => `${sometimes(one, 30, () => 'NOT ')}EXISTS (${query(one)})`,
  (one) => `${operand(one)} ${one.chance.pick(['=', '>'])} ${one.chance.pick(['ANY', 'ALL'])} (${query(one)})`,
];

const call: Part = (writing) =>
  `${writing.chance.pick(['lower', 'ABS', 'round', 'my_udf', 'left', 'replace', 'sch.fn', '"Fn"'])}(${several(deeper(writing), 0, 3, expression)})`;

const aggregate: Part = (writing) =>
  oneOf(deeper(writing), [
    () => 'COUNT(*)',
    (one) => `${one.chance.pick(['sum', 'MAX', 'avg'])}(${sometimes(one, 30, () => 'DISTINCT ')}${expression(one)})`,
    (one) => `PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY ${column(one)})`,
  ]);

const windowCall: Part = (writing) => {
  const inner = deeper(writing);
  const called = oneOf(inner, [
    () => 'row_number()',
    (one) => `SUM(${expression(one)})`,
    (one) => `lag(${expression(one)}, 1)`,
    (one) => `first_value(${column(one)}${one.dialect === 'duckdb' ? ' IGNORE NULLS)' : ') IGNORE NULLS'}`,
  ]);
  return `${called} OVER (${window(inner)})`;
};

/** What both dialects can write. */
const forms: readonly Part[] = [
  leaf,
  (one) => `${operand(one)} ${one.chance.pick(['+', '-', '*', '/', '%', '||'])} ${operand(one)}`,
  (one) => several(one, 2, 5, operand, one.chance.pick([' + ', ' || ', ' - ', ' * '])),
  (one) => `${one.chance.pick(['-', '+', '- -'])}${operand(one)}`,
  (one) => `(${expression(one)})`,
  (one) => `(${condition(one)})`,
  (one) =>
    `CASE ${several(one, 1, 3, (part) => `WHEN ${condition(part)} THEN ${expression(part)}`, ' ')}${sometimes(one, 60, (part) => ` ELSE ${expression(part)}`)} END`,
  (one) =>
    `case ${operand(one)} ${several(one, 1, 3, (part) => `when ${expression(part)} then ${expression(part)}`, ' ')} end`,
  (one) => `${one.chance.pick(['CAST', 'TRY_CAST'])}(${expression(one)} AS ${type(one)})`,
  (one) => `${operand(one)}::${type(one)}`,
  (one) => `(${query(one)})`,
  (one) => `EXTRACT(${one.chance.pick(['year', 'MONTH', 'day'])} FROM ${expression(one)})`,
  (one) => `TRIM(${expression(one)})`,
  (one) => `POSITION(${operand(one)} IN ${operand(one)})`,
  (one) => `INTERVAL '${one.chance.below(9)} ${one.chance.pick(['day', 'months'])}'`,
  (one) => `[${several(one, 0, 3, expression)}]`,
  (one) =>
    `{${several(one, one.dialect === 'duckdb' ? 1 : 0, 3, (part) => `'${part.chance.pick(['k', 'v w', 'ü'])}': ${expression(part)}`)}}`,
  (one) => `${oneOf(one, [column, call])}[${expression(one)}]`,
  (one) => `${operand(one)} COLLATE ${one.dialect === 'duckdb' ? 'NOCASE' : "'en-ci'"}`,
  (one) => `COALESCE(${several(one, 1, 3, expression)})`,
  () => 'CURRENT_DATE',
  call,
  call,
  aggregate,
  aggregate,
  windowCall,
  windowCall,
];

const snowflakeForms: readonly Part[] = [
  (one) =>
    `${column(one)}:${one.chance.pick(['k', 'Key.b', '"q r".c', 'a[0].b', "a['k']", 'select', 'date'])}${sometimes(one, 60, (part) => `::${type(part)}`)}`,
  (one) => `parse_json(${text(one)}):a:b[${one.chance.below(3)}]`,
  (one) => `$${1 + one.chance.below(9)}${sometimes(one, 50, () => ':a.b')}::varchar`,
  () => 'OBJECT_CONSTRUCT(*)',
  (one) => `IFF(${condition(one)}, ${expression(one)}, ${expression(one)})`,
  (one) => `DATEADD(${one.chance.pick(['day', "'month'", 'YEAR'])}, ${operand(one)}, ${operand(one)})`,
  (one) => `FILTER(${column(one)}, x -> x > ${literal(one)})`,
  (one) => `TRANSFORM(${column(one)}, (x INT) -> x + ${operand(one)})`,
  (one) => `REDUCE(${column(one)}, 0, (acc, x) -> acc + x)`,
  (one) =>
    `LISTAGG(${sometimes(one, 30, () => 'DISTINCT ')}${expression(one)}, ',') WITHIN GROUP (ORDER BY ${sortItems(one)})`,
  (one) =>
    `${column(one)} ${sometimes(one, 30, () => 'NOT ')}${one.chance.pick(['LIKE', 'ILIKE'])} ${one.chance.pick(['ANY', 'ALL'])} (${several(one, 1, 3, text)})`,
  (one) => `${column(one)} ${one.chance.pick(['RLIKE', 'REGEXP'])} ${text(one)}`,
  (one) => `f(${identifier(one)} => ${expression(one)}, b => 1)`,
  (one) => `db.sch.udf(${several(one, 0, 2, expression)})`,
  () => `{*}`,
  () => `{* ILIKE 'a%'}`,
  () => `IDENTIFIER('a')`,
  () => '$session_variable',
  () => ':bind',
  () => '?',
  () => 'seq.NEXTVAL',
];

const duckdbForms: readonly Part[] = [
  (one) => `list_transform(${operand(one)}, x -> ${expression(one)})`,
  (one) => `list_filter(${operand(one)}, lambda x, i: ${condition(one)})`,
  (one) => `[${expression(one)} FOR x IN ${operand(one)}${sometimes(one, 50, (part) => ` IF ${comparison(part)}`)}]`,
  (one) => `MAP {${several(one, 0, 3, (part) => `${literal(part)}: ${expression(part)}`)}}`,
  (one) => `{k: ${expression(one)}, 'v': 2}`,
  (one) => `${column(one)}[${sometimes(one, 70, literal)}:${sometimes(one, 70, literal)}]`,
  (one) => `ARRAY[${several(one, 0, 3, expression)}]`,
  (one) =>
    `${operand(one)} ${one.chance.pick(['//', '**', '^', '&', '|', '<<', '>>', '->>', '@>', '<@', '&&', '^@', '~', '!~', '~~', '!~~*', '=='])} ${operand(one)}`,
  (one) => `(${column(one)}).${identifier(one)}`,
  (one) => `${column(one)}.lower().upper()`,
  (one) => `${one.chance.pick(['sum', 'count'])}(${column(one)}) FILTER (WHERE ${condition(one)})`,
  (one) => `list(${column(one)} ORDER BY ${sortItems(one)})`,
  (one) => `${operand(one)} ${sometimes(one, 30, () => 'NOT ')}SIMILAR TO ${text(one)}`,
  (one) => `${operand(one)} GLOB ${text(one)}`,
  (one) => `${operand(one)} ${one.chance.pick(['ISNULL', 'NOTNULL'])}`,
  (one) => `${operand(one)} AT TIME ZONE 'UTC'`,
  (one) => `ROW(${several(one, 1, 3, expression)})`,
  (one) => `INTERVAL ${one.chance.pick(['3', '(a)'])} ${one.chance.pick(['DAY', 'months', 'year'])}`,
  (one) => `COLUMNS(${one.chance.pick(["'a.*'", '*', "c -> c LIKE 'a%'", '* EXCLUDE (a)'])})`,
  (one) => `f(b := ${expression(one)})`,
  (one) => `TRIM(${one.chance.pick(['BOTH', 'LEADING', 'TRAILING'])} ${text(one)} FROM ${expression(one)})`,
  (one) => `SUBSTRING(${expression(one)} FROM 1 FOR 2)`,
  () => '$1',
  () => '?',
  () => '#1',
];

export const window: Part = (writing) =>
  words(
    sometimes(writing, 60, (one) => `PARTITION BY ${several(one, 1, 3, expression)}`),
    sometimes(writing, 80, (one) => `ORDER BY ${sortItems(one)}${sometimes(one, 50, frame)}`),
  );

const frame: Part = ({ chance, dialect }) =>
  ` ${chance.pick([
    'ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW',
    'ROWS BETWEEN 3 PRECEDING AND 1 FOLLOWING',
    'rows unbounded preceding',
    'RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING',
    ...(dialect === 'duckdb'
      ? ['GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES', 'ROWS CURRENT ROW EXCLUDE GROUP']
      : []),
  ])}`;

export const sortItems: Part = (writing) =>
  several(
    writing,
    1,
    3,
    (one) => expression(one) + one.chance.pick(['', '', ' ASC', ' DESC', ' desc NULLS LAST', ' NULLS FIRST']),
  );

export const type: Part = ({ chance, dialect }) =>
  chance.pick([
    'INT',
    'varchar',
    'VARCHAR(20)',
    'DECIMAL(10, 2)',
    'DATE',
    'timestamp',
    'BOOLEAN',
    'DOUBLE PRECISION',
    ...(dialect === 'snowflake'
      ? [
          'NUMBER(38,0)',
          'VARIANT',
          'TIMESTAMP_NTZ(9)',
          'OBJECT',
          'ARRAY',
          'ARRAY(INT)',
          'OBJECT(a VARCHAR, b NUMBER)',
          'VECTOR(FLOAT, 3)',
        ]
      : [
          'INT[]',
          'VARCHAR[3]',
          'STRUCT(a INT, "b c" VARCHAR[])',
          'MAP(VARCHAR, INT)',
          'TIMESTAMP WITH TIME ZONE',
          'UNION(a INT, b VARCHAR)',
          'HUGEINT',
        ]),
  ]);

export const selectItem: Part = (writing: Writing) =>
  expression(writing) + sometimes(writing, 40, (one) => ` ${sometimes(one, 70, () => 'AS ')}${alias(one)}`);
