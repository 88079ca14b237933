import { standardStatements } from '../../core/index.ts';

const { literal } = standardStatements();

/** Whether a column of DuckDB's catalog is a name, as DuckDB compares names: letter case aside. */
export const isNamed = (column: string, name: string): string => `lower(${column}) = lower(${literal(name)})`;

/** @param database null: that of the session, which `use` may have spelled in its own way. */
export const isDatabase = (column: string, database: string | null): string =>
  database === null ? `lower(${column}) = lower(current_database())` : isNamed(column, database);

/** Whether a row of `duckdb_tables()`, or of another function like it, is of a schema. */
export const isInSchema = (database: string | null, schema: string): string =>
  `${isDatabase('database_name', database)} and ${isNamed('schema_name', schema)}`;
