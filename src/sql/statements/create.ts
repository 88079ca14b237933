import type { DataType, Expression, Identifier, Name, Place, Query, TimeTravel } from '../tree.ts';
import type { CreateBase } from './base.ts';
import type { ColumnDefinition, TableElement } from './columns.ts';
import type { CopyInto } from './copy.ts';
import type { Option } from './options.ts';
import type { RoutineParameter } from './routine.ts';

/** Every kind of table; a dynamic, external, Iceberg or hybrid one has that word in `modifiers`. */
export interface CreateTable extends CreateBase {
  readonly kind: 'create-table';
  /** Columns and constraints; undefined without parentheses. The names alone for a CTAS have no type. */
  readonly elements?: readonly TableElement[];
  readonly like?: Name;
  readonly clone?: Clone;
  /** `USING TEMPLATE (…)`. */
  readonly template?: Query;
  readonly options: readonly Option[];
  readonly query?: Query;
  /** `WITH [NO] DATA` behind the query. */
  readonly withData?: boolean;
}

/** `CLONE t [AT (…)]`. */
export interface Clone extends Place {
  readonly source: Name;
  readonly travel?: TimeTravel;
  readonly options: readonly Option[];
}

/** Secure, recursive, temporary and materialized ones have these words in `modifiers`. */
export interface CreateView extends CreateBase {
  readonly kind: 'create-view';
  /** With comments and policies; undefined without parentheses. */
  readonly columns?: readonly ColumnDefinition[];
  readonly options: readonly Option[];
  readonly query: Query;
}

/** `CREATE STREAM s ON TABLE t AT (…) APPEND_ONLY = TRUE`. */
export interface CreateStream extends CreateBase {
  readonly kind: 'create-stream';
  readonly clone?: Clone;
  /** Lower case: `table`, `external table`, `view`, `stage`, `dynamic table`. */
  readonly on?: { readonly object: string; readonly name: Name };
  readonly travel?: TimeTravel;
  readonly options: readonly Option[];
}

/** `CREATE PIPE p AUTO_INGEST = TRUE AS COPY INTO …`. */
export interface CreatePipe extends CreateBase {
  readonly kind: 'create-pipe';
  readonly options: readonly Option[];
  readonly copy: CopyInto;
}

/** `CREATE MASKING POLICY p AS (v VARCHAR) RETURNS VARCHAR -> …`, and those for rows, aggregations, projections. */
export interface CreatePolicy extends CreateBase {
  readonly kind: 'create-policy';
  /** Lower case: `masking`, `row access`. */
  readonly policy: string;
  readonly parameters: readonly RoutineParameter[];
  readonly returns: DataType;
  readonly body: Expression;
  readonly options: readonly Option[];
}

/** `CREATE UNIQUE INDEX i ON t USING art (a, b + 1)`. */
export interface CreateIndex extends CreateBase {
  readonly kind: 'create-index';
  readonly table: Name;
  readonly using?: Identifier;
  readonly columns: readonly Expression[];
  readonly options: readonly Option[];
}

/** `CREATE TYPE t AS ENUM ('a', 'b')`, `AS STRUCT(a INT)`, `AS ENUM (SELECT …)`. */
export interface CreateType extends CreateBase {
  readonly kind: 'create-type';
  readonly type?: DataType;
  /** The query that an enumeration takes its values from. */
  readonly values?: Query;
}

/** What has a name, options and no SQL inside: stage, file format, sequence, schema, database, warehouse, tag, secret. */
export interface CreateObject extends CreateBase {
  readonly kind: 'create-object';
  /** Lower case: `stage`, `file format`. */
  readonly object: string;
  readonly clone?: Clone;
  readonly options: readonly Option[];
}
