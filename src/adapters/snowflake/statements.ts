import { type Relation, type Statements, standardStatements, type WrittenFunction } from '../../core/index.ts';
import { columnTypes } from './column-types.ts';
import { dynamicTables } from './dynamic-tables.ts';
import { expressions, moments } from './expressions.ts';
import { materializedViews } from './materialized-views.ts';
import { literal, quote, renderRelation } from './naming.ts';
import { rows } from './rows.ts';
import { tables } from './tables.ts';

const written: Statements = standardStatements(
  {
    quote,
    literal,
    renderRelation,
    columnTypes,
    ...tables,
    ...rows,
    ...moments,
    dynamicTables,
    materializedViews,
    createFunction,
  },
  expressions,
);

/** What Snowflake says differently from the standard. */
export const statements: Statements = {
  ...written,
  // A merge on a condition that never holds is slower than an insert, and was refused at times.
  merge: (request) =>
    request.uniqueKey.length === 0
      ? written.insertFrom(request.target, request.columns, request.source)
      : written.merge(request),
};

/** A function of SQL: its text stands between dollars, where nothing has to be escaped. */
function createFunction(relation: Relation, written: WrittenFunction): string {
  const { parameters, returns, sql, volatility, kind } = written;
  const list = parameters.map(({ name, type, initial }) => {
    const byDefault = typeof initial === 'string' ? literal(initial) : String(initial);
    return `${name} ${type}${initial === null ? '' : ` default ${byDefault}`}`;
  });
  const word = { deterministic: ['immutable'], 'non-deterministic': ['volatile'] }[volatility ?? ''] ?? [];
  return [
    `create or replace ${kind === 'aggregate' ? 'aggregate ' : ''}function ${renderRelation(relation)} (${list.join(', ')})`,
    `returns ${kind === 'table' ? `table (${returns})` : returns}`,
    'language sql',
    ...word,
    `as\n$$\n${sql}\n$$`,
  ].join('\n');
}
