import type { DuckDBConnection } from '@duckdb/node-api';
import type { Table, View } from './catalog.ts';
import type { Cell, ResultColumn } from './cells.ts';
import type { LockOwner } from './locks.ts';

/** An open transaction. */
export interface Transaction extends LockOwner {
  readonly begun: Date;
  /** Whether the engine has begun it too, and the commits it sees. */
  open: boolean;
  snapshot: number;
  readonly written: Set<Table>;
  /** Statements that changed something: they are run again when a failing one took the engine's transaction with it. */
  readonly journal: { readonly sql: string; readonly reads: ReadonlySet<Table> }[];
  /** What is known once it is committed: files that were loaded. */
  readonly atCommit: (() => void)[];
  /** Why nothing but ROLLBACK is possible. */
  broken: string | undefined;
}

/** What a statement answers. */
export interface Outcome {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly Cell[])[];
  /** Kind of statement: select, insert, …, as the driver reads it. */
  readonly typeId: number;
}

/** A session of a user. Statements of one session run one after the other. */
export interface Session {
  readonly id: number;
  readonly user: string;
  readonly connection: DuckDBConnection;
  token: string;
  readonly masterToken: string;
  tokenExpired: boolean;
  database: string | undefined;
  schema: string | undefined;
  role: string;
  warehouse: string | undefined;
  readonly parameters: Map<string, string>;
  readonly variables: Map<string, string>;
  /** Temporary tables and views by their full name; they hide others of that name. */
  readonly temporary: Map<string, Table | View>;
  transaction: Transaction | undefined;
  /** Query ids in order, and what they answered. */
  readonly queries: string[];
  readonly outcomes: Map<string, Outcome>;
  /** The end of what was asked of it so far. */
  tail: Promise<unknown>;
  lastUsed: number;
  /** The table that a statement of it changes now. */
  writing: Table | undefined;
  /** Whether a statement of it runs now. */
  busy: boolean;
  closed: boolean;
}
