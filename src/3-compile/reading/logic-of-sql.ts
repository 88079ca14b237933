import type { CodeLogic } from '../../core/index.ts';
import { type Dialect, parse, queryOf } from '../../sql/index.ts';
import { allTime } from './bounds.ts';
import { readRows } from './read-rows.ts';
import { hashOf, otherColumns } from './relation.ts';

/**
 * What a query makes of what it reads. Nothing is asked of the tables: the same text has the same logic everywhere.
 *
 * @param beside what decides beside the SQL which rows there will be.
 * @returns undefined for SQL that cannot be read.
 */
export function logicOfSql(sql: string, dialect: Dialect, beside: unknown): CodeLogic | undefined {
  const { statements, diagnostics } = parse(sql, { dialect: dialect.name });
  const query = statements.length === 1 && statements[0] ? queryOf(statements[0]) : undefined;
  if (!query || diagnostics.length > 0) return undefined;
  const read = readRows(query, {
    dialect,
    table: (parts) => ({ name: parts.join('.'), columns: undefined }),
    everything: () => allTime,
    isWhole: () => false,
  });
  if (!read) return undefined;
  const { columns, shape, unlisted } = read.rows;
  return {
    rows: hashOf(shape, beside),
    columns: Object.fromEntries([...columns].map(([key, { mark }]) => [key, mark])),
    rest: unlisted ? hashOf(unlisted(otherColumns).mark) : null,
  };
}
