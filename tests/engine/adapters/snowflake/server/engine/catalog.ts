import { missingForCommand } from '../errors.ts';
import type { Properties } from '../files/properties.ts';
import type { SqlType } from '../sql/types.ts';

/** A column as it was declared, or as a query made it. */
export interface Column {
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
  /** The default's SQL, as written. */
  readonly default?: string;
  readonly comment?: string;
  readonly primaryKey?: boolean;
  readonly unique?: boolean;
}

interface Entry {
  database: string;
  schema: string;
  name: string;
  comment: string;
  readonly created: Date;
  altered: Date;
  owner: string;
}

/** A table, a dynamic table among them: rows in the engine under a name that nobody else has. */
export interface Table extends Entry {
  readonly kind: 'TABLE' | 'DYNAMIC TABLE' | 'EXTERNAL TABLE';
  physical: string;
  columns: readonly Column[];
  transient: boolean;
  readonly temporary: boolean;
  readonly iceberg: boolean;
  clusterBy: string;
  /** Which commit changed its rows last. */
  version: number;
  /** What only some tables have: target lag, warehouse, the query of a dynamic table. */
  readonly options: Map<string, string>;
}

/** Once its table was made anew, nobody can read it. */
export const isInvalid = (catalog: Catalog, { materialized }: View): boolean =>
  materialized !== undefined &&
  schemaAt(catalog, materialized.base)?.objects.get(materialized.base.name) !== materialized.base;

/** The one table that a materialized view reads, and how its rows lie. */
export interface MaterializedRows {
  readonly base: Table;
  clusterBy: string;
}

/** A view is its text: what it reads is looked up when it is read. */
export interface View extends Entry {
  readonly kind: 'VIEW';
  readonly columns: readonly Column[];
  readonly query: string;
  readonly text: string;
  secure: boolean;
  /** What a materialized view has: its rows are read anew like those of any other, as long as its table is there. */
  readonly materialized: MaterializedRows | undefined;
  readonly temporary: boolean;
  columnComments: ReadonlyMap<string, string>;
}

export interface Sequence extends Entry {
  readonly kind: 'SEQUENCE';
  readonly physical: string;
  readonly start: number;
  readonly step: number;
}

export type CatalogObject = Table | View | Sequence;

/** A place of files. */
export interface Stage {
  readonly name: string;
  /** `s3://bucket/path/`; undefined: a stage of Snowflake's own. */
  readonly url: string | undefined;
  readonly format: Properties;
}

/** A pipe: what it copies, and what SYSTEM$PIPE_STATUS says of it. */
export interface Pipe {
  readonly name: string;
  readonly copies: string;
  status: Readonly<Record<string, string | number>>;
}

export interface Schema {
  readonly name: string;
  readonly database: string;
  readonly created: Date;
  comment: string;
  readonly objects: Map<string, CatalogObject>;
  readonly stages: Map<string, Stage>;
  readonly fileFormats: Map<string, Properties>;
  readonly pipes: Map<string, Pipe>;
}

export interface Database {
  readonly name: string;
  readonly created: Date;
  comment: string;
  readonly schemas: Map<string, Schema>;
}

/** A privilege that was granted. Nothing is forbidden by its absence. */
export interface Grant {
  readonly privilege: string;
  readonly on: string;
  readonly name: string;
  readonly to: string;
  readonly grantee: string;
  readonly created: Date;
}

/** What exists, under which name. Rows are the engine's affair; names, comments and grants are kept here. */
export class Catalog {
  readonly databases = new Map<string, Database>();
  readonly grants: Grant[] = [];
  readonly warehouses = new Set<string>();
  /** Databases that are somebody else's catalog of Iceberg tables. */
  readonly linked = new Set<string>();
  /** How many commits there were. */
  commits = 0;
  #made = 0;

  addDatabase(name: string): Database {
    const database: Database = { name, created: new Date(), comment: '', schemas: new Map() };
    this.databases.set(name, database);
    this.addSchema(database, 'PUBLIC');
    return database;
  }

  addSchema(database: Database, name: string): Schema {
    const schema: Schema = {
      name,
      database: database.name,
      created: new Date(),
      comment: '',
      objects: new Map(),
      stages: new Map(),
      fileFormats: new Map(),
      pipes: new Map(),
    };
    database.schemas.set(name, schema);
    return schema;
  }

  /** The schema, or the error that commands give for one that is not there. */
  schema(database: string, name: string): Schema {
    const found = this.databases.get(database)?.schemas.get(name);
    if (!found) throw missingForCommand();
    return found;
  }

  /** A name in the engine that was never used before. */
  physicalName(): string {
    this.#made += 1;
    return `main."#${this.#made}"`;
  }
}

/** `DATABASE.SCHEMA.NAME`, as error texts and grants write it. */
export const fullName = (entry: { database: string; schema: string; name: string }): string =>
  `${entry.database}.${entry.schema}.${entry.name}`;

/** The schema of a name, where there is one. */
export const schemaAt = (catalog: Catalog, name: { database: string; schema: string }): Schema | undefined =>
  catalog.databases.get(name.database)?.schemas.get(name.schema);
