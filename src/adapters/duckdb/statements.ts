import {
  type Expressions,
  type ListAgg,
  type Relation,
  type Statements,
  standardStatements,
} from '../../core/index.ts';
import { isDatabase } from './catalog-names.ts';
import { externalFile } from './external-file.ts';
import { mergeBranches } from './merge-branches.ts';

const base = standardStatements();

/** The table whose comment is that of its schema. */
const noteTable = 'ingot_note';

/** Expressions that DuckDB writes differently. */
const expressions: Partial<Expressions> = {
  anyValue: (expression) => `arbitrary(${expression})`,
  date: (year, month, day) => `make_date(${year}, ${month}, ${day})`,
  // As dbt: only what is written 'week' are its weeks, 'WEEK' are DuckDB's.
  dateDiff: (part, from, to) => (part === 'week' ? weeksBetween(from, to) : days(part.toLowerCase(), from, to)),
  generateSeries: (upTo) => `select generate_series as generated_number from generate_series(1, ${upTo})`,
  listAgg({ measure, delimiter, orderBy = '', limit }: ListAgg) {
    return limit === undefined
      ? `string_agg(${measure}, ${delimiter} ${orderBy})`
      : `list_aggr((array_agg(${measure} ${orderBy}))[1:${limit}], 'string_agg', ${delimiter})`;
  },
  splitPart: (text, delimiter, part) => `string_split(${text}, ${delimiter})[${part}]`,
};

const days = (part: string, from: string, to: string): string =>
  `date_diff('${part}', cast(${from} as timestamp), cast(${to} as timestamp))`;

/** As dbt counts weeks: they begin on Sunday, and DuckDB's on Monday. */
function weeksBetween(from: string, to: string): string {
  const sunday = (moment: string): string =>
    `cast(date_trunc('day', cast(${moment} as timestamp)) as date) - cast(date_part('dow', cast(${moment} as timestamp)) as integer)`;
  return `((${sunday(to)}) - (${sunday(from)})) // 7`;
}

/** A function in SQL is what DuckDB calls a macro: its text takes the place of the call. */
const macroNamed = (relation: Relation, parameters: string): string =>
  `create or replace macro ${base.renderRelation(relation)}(${parameters})`;

const createTableFunction = (relation: Relation, parameters: string, sql: string): string =>
  `${macroNamed(relation, parameters)} as table (\n${sql}\n)`;

/** What DuckDB says differently from the standard. */
export const statements: Statements = standardStatements(
  {
    temporaryRelation: (target: Relation): Relation => ({
      database: null,
      schema: null,
      identifier: `${target.identifier}__dbt_tmp`,
      type: 'table',
      quote: target.quote,
    }),
    renameRelation(from, to) {
      const name = base.renderRelation({ ...to, database: null, schema: null, expression: undefined });
      const kind = from.type === 'view' ? 'view' : 'table';
      return `alter ${kind} ${base.renderRelation(from)} rename to ${name}`;
    },
    // Rows as values would make null equal to null; a join does not. Names as in dbt-duckdb, for `incremental_predicates`.
    deleteMatching({ target, source, uniqueKey, predicates }) {
      const [key] = uniqueKey;
      const from = base.renderRelation(source);
      if (uniqueKey.length === 1) {
        const matches = `(${key}) in (\n  select (${key})\n  from ${from}\n)`;
        return `delete from ${base.renderRelation(target)}\nwhere ${[matches, ...predicates].join('\nand ')}`;
      }
      const same = uniqueKey.map((name) => `${from}.${name} = DBT_INCREMENTAL_TARGET.${name}`);
      return [
        `delete from ${base.renderRelation(target)} as DBT_INCREMENTAL_TARGET`,
        `using ${from}`,
        `where ${[...same, ...predicates].join('\nand ')}`,
      ].join('\n');
    },
    mergeBranches: (clauses, request) => mergeBranches(clauses, request, base),
    createFunction(relation, { kind, parameters, returns, sql }) {
      // Files of the usual storage version cannot keep the types of a macro's parameters.
      const written = parameters.map(({ name, initial }) => {
        const byDefault = typeof initial === 'string' ? base.literal(initial) : String(initial);
        return `${base.quote(name)}${initial === null ? '' : ` := ${byDefault}`}`;
      });
      return kind === 'table'
        ? createTableFunction(relation, written.join(', '), sql)
        : `${macroNamed(relation, written.join(', '))} as (cast((\n${sql}\n) as ${returns}))`;
    },
    createTableFunction,
    // A schema cannot have a comment, and an empty table in it can.
    noteOnSchema(schema, note) {
      const table: Relation = { ...schema, identifier: noteTable, type: 'table', expression: undefined };
      return [`create table ${base.renderRelation(table)} (note text)`, base.commentOnRelation(table, note)];
    },
    notedSchemas: (database) =>
      [
        'select schema_name, comment',
        'from duckdb_tables()',
        `where table_name = ${base.literal(noteTable)} and comment is not null`,
        `  and ${isDatabase('database_name', database)}`,
        'order by schema_name',
      ].join('\n'),
    externalFile,
    parquet: {
      write: (sql, file) => `copy (\n${sql}\n) to ${base.literal(file)} (format parquet)`,
      read: (file) => `read_parquet(${base.literal(file)})`,
    },
    createIndex(relation, columns, unique) {
      const name = [relation.identifier, ...columns, 'index'].join('_').replace(/\W+/g, '_');
      return `create ${unique ? 'unique ' : ''}index ${base.quote(name)} on ${base.renderRelation(relation)} (${columns.join(', ')})`;
    },
    // A foreign key's target takes no database, even if it is the same.
    constraintTarget(relation) {
      const parts = relation.split('.');
      return parts.length > 2 ? parts.slice(1).join('.') : relation;
    },
    currentTimestamp: () => 'now()',
    // An interval cannot be an expression, but it can be multiplied by one; quarters are not known as a unit.
    dateAdd(part, interval, from) {
      const unit = part.toLowerCase();
      const count = `cast(${interval} as bigint)`;
      if (unit === 'quarter') return `(${from} + (${count} * 3) * interval 1 month)`;
      if (unit === 'week') return `(${from} + (${count} * 7) * interval 1 day)`;
      return `(${from} + ${count} * interval 1 ${unit})`;
    },
  },
  expressions,
);
