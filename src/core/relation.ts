/** What stands behind a name in a warehouse. `external` is a file or a table function that stands in for a table. */
export type RelationType = 'table' | 'view' | 'materialized_view' | 'dynamic_table' | 'cte' | 'external';

/**
 * The name of a table or view: `database.schema.identifier`. Plain data; an adapter writes it as SQL
 * (`Adapter.renderRelation`), since quoting and folding of letter case differ between warehouses.
 */
export interface Relation {
  readonly database: string | null;
  readonly schema: string | null;
  readonly identifier: string | null;
  readonly type?: RelationType | undefined;
  /** The format that a table is kept in, where it is not the warehouse's own: `iceberg`. */
  readonly format?: string | undefined;
  /** SQL to use in place of the name: a subquery (`--empty`, sampling) or a file scan (`external_location`). */
  readonly expression?: string | undefined;
  /** Which parts are quoted when written; default: the adapter's policy. */
  readonly quote?: Partial<QuotePolicy> | undefined;
}

/** The parts of a name that there are, with dots, as people say it: no SQL. */
export function spokenName({
  database,
  schema,
  identifier,
}: Pick<Relation, 'database' | 'schema' | 'identifier'>): string {
  return [database, schema, identifier].filter((part) => part !== null).join('.');
}

export interface QuotePolicy {
  readonly database: boolean;
  readonly schema: boolean;
  readonly identifier: boolean;
}

/** A column as the warehouse describes it. */
export interface Column {
  readonly name: string;
  /** The type as the warehouse writes it: `DECIMAL(18,2)`, `VARCHAR`. */
  readonly type: string;
}
