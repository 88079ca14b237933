import type { Relation } from './relation.ts';
import type { Statements } from './statements.ts';

/** What a source's freshness is measured by, as SQL: `max_loaded_at` and `snapshotted_at` in one row. */
export interface FreshnessRequest {
  readonly relation: Relation;
  /** The column with the time at which a row was loaded, or an expression for it. */
  readonly loadedAtField: string;
  /** Only the rows for which this holds are looked at. Default: all. */
  readonly filter?: string | undefined;
}

export function freshnessStatement(
  { relation, loadedAtField, filter }: FreshnessRequest,
  statements: Pick<Statements, 'renderRelation' | 'currentTimestamp'>,
): string {
  return [
    'select',
    `  max(${loadedAtField}) as max_loaded_at,`,
    `  ${statements.currentTimestamp()} as snapshotted_at`,
    `from ${statements.renderRelation(relation)}`,
    ...(filter === undefined ? [] : [`where ${filter}`]),
  ].join('\n');
}

/** The same where the user's own query says when data was loaded: it gives one value. */
export function freshnessOfQuery(query: string, statements: Pick<Statements, 'currentTimestamp'>): string {
  return [
    'with source_query as (',
    query,
    ')',
    'select',
    '  (select * from source_query) as max_loaded_at,',
    `  ${statements.currentTimestamp()} as snapshotted_at`,
  ].join('\n');
}
