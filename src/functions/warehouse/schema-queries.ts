import type { Rendering } from '../../core/index.ts';
import { str, type Value } from '../../jinja/index.ts';

/** A query for the names of a database's schemas, or of all. */
export function schemasOf({ adapter }: Rendering, database: Value | undefined): string {
  const where =
    database == null ? '' : ` where lower(catalog_name) = lower(${adapter.statements.literal(bare(database))})`;
  return `select distinct schema_name from information_schema.schemata${where}`;
}

/** A query for how many schemas of a database, or of all, have a name. */
export function countOfSchemas({ adapter }: Rendering, database: string | null, schema: Value | undefined): string {
  const { literal } = adapter.statements;
  const within = database === null ? '' : ` and lower(catalog_name) = lower(${literal(database)})`;
  const name = literal(bare(schema));
  return `select count(*) from information_schema.schemata where lower(schema_name) = lower(${name})${within}`;
}

const bare = (value: Value | undefined): string => str(value ?? null).replace(/^"(.*)"$/, '$1');
