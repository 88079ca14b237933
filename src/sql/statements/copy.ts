import type { Expression, Identifier, Name, Query, StringLiteral } from '../tree.ts';
import type { StatementBase } from './base.ts';
import type { Option, OptionGroup, StageLocation } from './options.ts';

/** DuckDB's kind: `COPY t (a, b) FROM 'file' (FORMAT csv)`, `COPY (SELECT …) TO 'file'`, `COPY FROM DATABASE a TO b`. */
export interface Copy extends StatementBase {
  readonly kind: 'copy';
  readonly subject: Name | Query | { readonly database: Name };
  readonly columns: readonly Identifier[];
  readonly direction: 'from' | 'to';
  /** A text, a parameter or a name; of a database a name. */
  readonly file: Expression | Name;
  /** Whether WITH stands before the options. */
  readonly with: boolean;
  readonly options?: OptionGroup;
}

/** Snowflake's kind, both ways: into a table from a stage or a query on one, or into a stage from a table or query. */
export interface CopyInto extends StatementBase {
  readonly kind: 'copy-into';
  /** A table, a stage, or a text with an address. */
  readonly into: Name | StageLocation | StringLiteral;
  readonly columns: readonly Identifier[];
  readonly from?: Name | StageLocation | StringLiteral | Query;
  readonly fromAlias?: Identifier;
  readonly options: readonly Option[];
}

/** `PUT file:///a @s`, `GET @s file:///a`, `LIST @s`, `REMOVE @s`. */
export interface Transfer extends StatementBase {
  readonly kind: 'transfer';
  readonly verb: 'put' | 'get' | 'list' | 'ls' | 'remove' | 'rm';
  /** Stages, texts, and addresses as written. */
  readonly locations: readonly (StageLocation | StringLiteral)[];
  readonly options: readonly Option[];
}
