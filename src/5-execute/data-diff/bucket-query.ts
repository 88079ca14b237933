import type { Statements } from '../../core/index.ts';
import { comparable, type DiffRequest, type SharedColumn } from './sides.ts';

/** Into how many parts the rows are divided. Few enough to be grouped by, and so many that one holds little. */
const bucketCount = 16_384;

/**
 * A query that finds the parts in which the two sides differ, in one scan of both: rows are divided by the hash of their
 * key, and a part is the same on both sides if it has as many rows and the same sum of their hashes.
 *
 * Columns: `bucket` (null for all parts that are the same, together), `before_rows`, `after_rows`.
 */
export function bucketQuery(
  { before, after, where }: DiffRequest,
  key: readonly SharedColumn[],
  shared: readonly SharedColumn[],
  statements: Statements,
): string {
  const side = (name: 'before' | 'after', from: string): string => {
    const content = hashOf(shared.map((column) => comparable(column, name, statements, 'hash')));
    return (
      `select ${bucketOf(key, name, statements)} as bucket, count(*) as row_count, sum(${content}) as content ` +
      `from ${from} as compared${where === undefined ? '' : ` where ${where}`} group by 1`
    );
  };
  return (
    `with before_parts as (${side('before', before.from)}), after_parts as (${side('after', after.from)}), ` +
    'parts as (select coalesce(before_parts.bucket, after_parts.bucket) as bucket, ' +
    'coalesce(before_parts.row_count, 0) as before_rows, coalesce(after_parts.row_count, 0) as after_rows, ' +
    'case when before_parts.row_count = after_parts.row_count and before_parts.content = after_parts.content ' +
    'then 1 else 0 end as is_same ' +
    'from before_parts full outer join after_parts on before_parts.bucket = after_parts.bucket) ' +
    'select case when is_same = 0 then bucket end as bucket, sum(before_rows) as before_rows, ' +
    'sum(after_rows) as after_rows from parts group by 1'
  );
}

/**
 * The number of the part that a row is in. The hash is one of the key and something else: a warehouse that joins by the
 * hash of the key alone would find all rows of a part in few places of its table, and take ten times as long.
 */
export function bucketOf(key: readonly SharedColumn[], side: 'before' | 'after', statements: Statements): string {
  const columns = key.map((column) => comparable(column, side, statements, 'hash'));
  return `mod(${hashOf([...columns, statements.literal('part')])}, ${bucketCount})`;
}

/** A whole number that is the same for the same values, nulls among them. */
export const hashOf = (expressions: readonly string[]): string => `hash(${expressions.join(', ')})`;
