import type { AddColumns, AlterColumns, AlterWords, DropColumns, DropConstraint } from './statements/alter.ts';
import type { CreateBase, StatementBase } from './statements/base.ts';
import type { Delete, Insert, InsertMultiple, Merge, Update } from './statements/changes.ts';
import type { TableConstraint, Tag } from './statements/columns.ts';
import type { Command } from './statements/command.ts';
import type { Copy, CopyInto, Transfer } from './statements/copy.ts';
import type {
  Clone,
  CreateIndex,
  CreateObject,
  CreatePipe,
  CreatePolicy,
  CreateStream,
  CreateTable,
  CreateType,
  CreateView,
} from './statements/create.ts';
import type { Drop, Truncate, Undrop } from './statements/drop.ts';
import type { Grant } from './statements/grant.ts';
import type { Option, OptionGroup } from './statements/options.ts';
import type { CreateMacro, CreateRoutine } from './statements/routine.ts';
import type {
  Attach,
  CallStatement,
  CommentOn,
  Describe,
  ExecuteImmediate,
  SetStatement,
  Show,
  Transaction,
  Unset,
  Use,
} from './statements/session.ts';
import type { DataType, Expression, Identifier, Name, Place, Query } from './tree.ts';

export type * from './statements/alter.ts';
export type * from './statements/base.ts';
export type * from './statements/changes.ts';
export type * from './statements/columns.ts';
export type * from './statements/command.ts';
export type * from './statements/copy.ts';
export type * from './statements/create.ts';
export type * from './statements/drop.ts';
export type * from './statements/grant.ts';
export type * from './statements/options.ts';
export type * from './statements/routine.ts';
export type * from './statements/session.ts';

/** One statement of a text, without its semicolon. */
export type Statement =
  | QueryStatement
  | CreateTable
  | CreateView
  | CreateRoutine
  | CreateMacro
  | CreateStream
  | CreatePipe
  | CreateTask
  | CreatePolicy
  | CreateIndex
  | CreateType
  | CreateObject
  | Alter
  | Drop
  | Undrop
  | Truncate
  | Insert
  | InsertMultiple
  | Update
  | Delete
  | Merge
  | Copy
  | CopyInto
  | Grant
  | Show
  | Describe
  | Use
  | SetStatement
  | Unset
  | CallStatement
  | Transaction
  | CommentOn
  | ExecuteImmediate
  | Explain
  | Prepare
  | Transfer
  | Attach
  | Command
  | BadStatement;

/** A query that stands alone. */
export interface QueryStatement extends StatementBase {
  readonly kind: 'query-statement';
  readonly query: Query;
}

/** What could not be read; an error was reported for it. */
export interface BadStatement extends StatementBase {
  readonly kind: 'bad-statement';
}

/** `CREATE TASK t SCHEDULE = '5 minutes' AFTER a, b WHEN x AS …`. */
export interface CreateTask extends CreateBase {
  readonly kind: 'create-task';
  readonly clone?: Clone;
  readonly options: readonly Option[];
  readonly after: readonly Name[];
  readonly when?: Expression;
  readonly body?: Statement;
}

export interface Alter extends StatementBase {
  readonly kind: 'alter';
  /** Lower case: `table`, `dynamic table`, `session`. */
  readonly object: string;
  readonly ifExists: boolean;
  /** Undefined for `session`. */
  readonly name?: Name;
  /** Types of a routine's parameters: `ALTER FUNCTION f(NUMBER) …`. */
  readonly signature?: readonly DataType[];
  readonly actions: readonly AlterAction[];
}

export type AlterAction =
  | AddColumns
  | (Place & { readonly kind: 'add-constraint'; readonly constraint: TableConstraint })
  | DropColumns
  | DropConstraint
  | (Place & { readonly kind: 'rename'; readonly to: Name })
  | (Place & {
      readonly kind: 'rename-column';
      readonly ifExists: boolean;
      /** Whether the word COLUMN stands there. */
      readonly word: boolean;
      readonly from: Name;
      readonly to: Identifier;
    })
  | AlterColumns
  | (Place & { readonly kind: 'swap'; readonly with: Name })
  | (Place & { readonly kind: 'set'; readonly options: readonly Option[]; readonly commas: boolean })
  | (Place & { readonly kind: 'unset'; readonly names: readonly string[] })
  | (Place & { readonly kind: 'set-tags'; readonly tags: readonly Tag[] })
  | (Place & { readonly kind: 'unset-tags'; readonly tags: readonly Name[] })
  | (Place & { readonly kind: 'cluster-by'; readonly columns: readonly Expression[] })
  | (Place & {
      readonly kind: 'replace-query' /** `as`, `modify as`. */;
      readonly words: string;
      readonly body: Statement;
    })
  | (Place & { readonly kind: 'replace-body'; readonly body: Expression })
  | (Place & { readonly kind: 'modify-when'; readonly condition: Expression })
  | AlterWords;

/** `EXPLAIN [USING JSON] [ANALYZE] …`. */
export interface Explain extends StatementBase {
  readonly kind: 'explain';
  /** Lower case: `using json`, `analyze`; empty if left out. */
  readonly words: string;
  readonly options?: OptionGroup;
  readonly statement: Statement;
}

/** `PREPARE p AS …`. */
export interface Prepare extends StatementBase {
  readonly kind: 'prepare';
  readonly name: Identifier;
  readonly statement: Statement;
}
