import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AnalyzeResult, analyze, type SchemaTable } from '../../../../src/sql/index.ts';

/** The tables that the statements in `accepted-duckdb.sql` and `refused-duckdb.sql` read. */
export const duckdbSchema: readonly SchemaTable[] = [
  { name: 't', columns: columns('id int, name varchar, amount decimal(10,2)') },
  { name: 'u', columns: columns('name varchar, x int, id int') },
  {
    name: 's',
    columns: [
      { name: 'st', type: 'struct(a int, b struct(c varchar))' },
      { name: 'l', type: 'int[]' },
    ],
  },
  { name: 'sc.t2', columns: columns('id int, "Odd Name" int') },
];

const snowflakeSchema: readonly SchemaTable[] = [
  {
    name: 'raw.orders',
    columns: columns(
      'id number(38,0), customer_id number(38,0), amount number(12,2), status varchar(20), ordered_at timestamp_ntz, payload variant',
    ),
  },
  {
    name: 'raw.customers',
    columns: columns('id number(38,0), name varchar, "Region" varchar, manager_id number(38,0)'),
  },
  { name: 'raw.events' },
];

function columns(text: string): { readonly name: string; readonly type: string }[] {
  return text.split(/, /).map((column) => {
    const [, name = '', type = ''] = /^("[^"]*"|\S+) (.*)$/.exec(column) ?? [];
    return { name, type };
  });
}

export const inSnowflake = (sql: string): AnalyzeResult =>
  analyze(sql, { dialect: 'snowflake', schema: snowflakeSchema });

export const inDuckdb = (sql: string): AnalyzeResult => analyze(sql, { dialect: 'duckdb', schema: duckdbSchema });

/** The codes of all errors, each once. */
export function errorCodes({ diagnostics }: AnalyzeResult): string[] {
  return [...new Set(diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code))];
}

/** `NAME < table.column:how …` of each output column. */
export function lineageOf({ columns: found }: AnalyzeResult): string[] {
  return found.map(({ name, sources }) =>
    `${name} < ${sources.map(({ relation, column, how }) => `${relation}.${column}:${how}`).join(' ')}`.trim(),
  );
}

export function filtersOf({ filters }: AnalyzeResult): string[] {
  return filters.map(({ relation, column, how }) => `${relation}.${column}:${how}`);
}

/** Statements of a file beside this one, one a line; with the `-- code` that stands above them. */
export function statementsOf(file: string): (readonly [code: string, sql: string])[] {
  let code = '';
  const found: (readonly [string, string])[] = [];
  for (const line of readFileSync(join(import.meta.dirname, file), 'utf8').split('\n')) {
    if (line.startsWith('-- ')) code = line.slice(3);
    else if (line !== '') found.push([code, line.replace(/;$/, '')]);
  }
  return found;
}
