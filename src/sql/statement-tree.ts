import type {
  Call,
  Column,
  Comment,
  DataType,
  Expression,
  Identifier,
  Name,
  Place,
  Query,
  SelectItem,
  StringLiteral,
  TableExpression,
  TimeTravel,
  With,
} from './tree.ts';

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

/** What every statement has. */
export interface StatementBase extends Place {
  /** All comments from the end of the statement before to the end of this one, in order; none for inner statements. */
  readonly comments: readonly Comment[];
}

/** A query that stands alone. */
export interface QueryStatement extends StatementBase {
  readonly kind: 'query-statement';
  readonly query: Query;
}

/** What could not be read; an error was reported for it. */
export interface BadStatement extends StatementBase {
  readonly kind: 'bad-statement';
}

// Options

/**
 * A setting that only the warehouse reads: `TARGET_LAG = '20 minutes'`, `COPY GRANTS`, `CLUSTER BY (a, b)`,
 * `WITH TAG (k = 'v')`. Those of one object are kept in the order written.
 */
export interface Option extends Place {
  readonly kind: 'option';
  /** Lower case, words separated by single blanks: `target_lag`, `copy grants`, `cluster by`; as written if quoted. */
  readonly name: string;
  /** What stands between the name and the value; empty where they follow each other. */
  readonly sign: '' | '=' | '=>';
  /** Undefined for a word that stands alone. */
  readonly value?: OptionValue;
}

/** A bare word is a {@link Name}. */
export type OptionValue = Expression | Name | StageLocation | OptionList | OptionGroup;

/** `@stage/path`, with the `@`, as written. */
export interface StageLocation extends Place {
  readonly kind: 'stage-location';
  readonly location: string;
}

/** `('a', 'b')`. */
export interface OptionList extends Place {
  readonly kind: 'option-list';
  readonly items: readonly OptionValue[];
}

/** `(TYPE = CSV NULL_IF = ('a'))`, or with commas between them. */
export interface OptionGroup extends Place {
  readonly kind: 'option-group';
  readonly options: readonly Option[];
  readonly commas: boolean;
}

// CREATE

/** What every CREATE has. */
export interface CreateBase extends StatementBase {
  /** `OR REPLACE`, or `OR ALTER`. */
  readonly or?: 'replace' | 'alter';
  /** The words before the object's, lower case, in order: `transient`, `temporary`, `secure`, `recursive`. */
  readonly modifiers: readonly string[];
  readonly ifNotExists: boolean;
  readonly name: Name;
}

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

export type TableElement = ColumnDefinition | TableConstraint | LikeElement;

/** `LIKE t INCLUDING ALL` among the columns. */
export interface LikeElement extends Place {
  readonly kind: 'like-element';
  readonly source: Name;
  /** Lower case. */
  readonly words: readonly string[];
}

/** A column of a table, a view or a dynamic table; also one that ALTER adds. */
export interface ColumnDefinition extends Place {
  readonly kind: 'column-definition';
  readonly name: Identifier;
  readonly type?: DataType;
  /** In the order written. */
  readonly attributes: readonly ColumnAttribute[];
}

export type ColumnAttribute =
  | (Place & { readonly kind: 'nullability'; readonly nullable: boolean })
  | (Place & { readonly kind: 'default'; readonly value: Expression })
  | Identity
  | Generated
  | (Place & { readonly kind: 'collation'; readonly collation: StringLiteral | Name })
  | (Place & { readonly kind: 'comment'; readonly sign: '' | '='; readonly text: StringLiteral })
  | ColumnPolicy
  | Tags
  | Constraint;

/** `IDENTITY (1, 1)`, `AUTOINCREMENT START 1 INCREMENT 1 ORDER`. */
export interface Identity extends Place {
  readonly kind: 'identity';
  /** Lower case: `identity`, `autoincrement`. */
  readonly word: string;
  /** `(start, increment)`. */
  readonly pair?: readonly [Expression, Expression];
  /** Otherwise, in order: `start 1`, `increment by 1`, `order`. */
  readonly options: readonly Option[];
}

/** `GENERATED ALWAYS AS (x) STORED`, `AS (x)`, `GENERATED BY DEFAULT AS IDENTITY (START WITH 1)`. */
export interface Generated extends Place {
  readonly kind: 'generated';
  /** Lower case: `generated always`, `generated by default`, or empty. */
  readonly words: string;
  /** Undefined for an identity. */
  readonly expression?: Expression;
  readonly identity?: readonly Option[];
  readonly storage?: 'stored' | 'virtual';
}

/** `WITH MASKING POLICY p USING (a, b)`, `PROJECTION POLICY p`, `TOKENIZATION POLICY …`. */
export interface ColumnPolicy extends Place {
  readonly kind: 'column-policy';
  readonly with: boolean;
  /** Lower case: `masking`, `projection`. */
  readonly policy: string;
  readonly name: Name;
  readonly using: readonly Identifier[];
}

/** `WITH TAG (a.b = 'v', …)`. */
export interface Tags extends Place {
  readonly kind: 'tags';
  readonly with: boolean;
  readonly tags: readonly Tag[];
}

export interface Tag extends Place {
  readonly name: Name;
  readonly value: StringLiteral;
}

/** A constraint of a column, or of a table: then `columns` are those in its parentheses. */
export interface Constraint extends Place {
  readonly kind: 'constraint';
  /** `CONSTRAINT name`. */
  readonly name?: Identifier;
  /** `references` is a column's foreign key without these words. */
  readonly type: 'primary key' | 'unique' | 'foreign key' | 'references' | 'check';
  readonly columns: readonly Identifier[];
  /** Of a foreign key. */
  readonly references?: { readonly table: Name; readonly columns: readonly Identifier[] };
  /** Of a check. */
  readonly condition?: Expression;
  /** Lower case, one phrase each: `not enforced`, `rely`, `on delete cascade`, `initially deferred`. */
  readonly properties: readonly string[];
}

/** A constraint that stands beside the columns. */
export interface TableConstraint extends Place {
  readonly kind: 'table-constraint';
  readonly constraint: Constraint;
  readonly comment?: StringLiteral;
}

/** Secure, recursive, temporary and materialized ones have these words in `modifiers`. */
export interface CreateView extends CreateBase {
  readonly kind: 'create-view';
  /** With comments and policies; undefined without parentheses. */
  readonly columns?: readonly ColumnDefinition[];
  readonly options: readonly Option[];
  readonly query: Query;
}

/** CREATE FUNCTION and CREATE PROCEDURE with parameters and a result. */
export interface CreateRoutine extends CreateBase {
  readonly kind: 'create-routine';
  /** Lower case: `function`, `procedure`, `external function`, `aggregate function`. */
  readonly routine: string;
  readonly parameters: readonly RoutineParameter[];
  readonly returns?: RoutineResult;
  /** In order, before and behind RETURNS alike: `language sql`, `immutable`, `handler = 'f'`. */
  readonly options: readonly Option[];
  /** A text in the routine's language, or an expression. */
  readonly body?: Expression;
}

/** A parameter of a routine, macro or policy. */
export interface RoutineParameter extends Place {
  readonly kind: 'routine-parameter';
  readonly name: Identifier;
  /** Behind the name: `in`, `input`, `out`, `output`. */
  readonly mode?: string;
  readonly type?: DataType;
  readonly default?: { readonly sign: 'default' | ':=' | '='; readonly value: Expression };
}

/** `RETURNS NUMBER NOT NULL`, `RETURNS TABLE (a INT)`. */
export interface RoutineResult extends Place {
  readonly kind: 'routine-result';
  readonly type?: DataType;
  /** Of a table function. */
  readonly columns?: readonly ColumnDefinition[];
  readonly notNull: boolean;
}

/** CREATE MACRO or FUNCTION whose body is an expression or a query: `f(a, b) AS a + b`, `f(a) AS TABLE SELECT a`. */
export interface CreateMacro extends CreateBase {
  readonly kind: 'create-macro';
  readonly word: 'macro' | 'function';
  /** Several with different parameters. */
  readonly variants: readonly MacroVariant[];
}

export interface MacroVariant extends Place {
  readonly parameters: readonly RoutineParameter[];
  readonly body: Expression | Query;
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

/** `CREATE TASK t SCHEDULE = '5 minutes' AFTER a, b WHEN x AS …`. */
export interface CreateTask extends CreateBase {
  readonly kind: 'create-task';
  readonly clone?: Clone;
  readonly options: readonly Option[];
  readonly after: readonly Name[];
  readonly when?: Expression;
  readonly body?: Statement;
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

// ALTER, DROP

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

/** `ADD [COLUMN] [IF NOT EXISTS] a INT, b INT`. */
export interface AddColumns extends Place {
  readonly kind: 'add-columns';
  /** Whether the word COLUMN stands there. */
  readonly word: boolean;
  readonly columns: readonly { readonly ifNotExists: boolean; readonly definition: ColumnDefinition }[];
  /** In parentheses. */
  readonly parentheses: boolean;
}

/** `DROP [COLUMN] [IF EXISTS] a, b [CASCADE]`. */
export interface DropColumns extends Place {
  readonly kind: 'drop-columns';
  readonly word: boolean;
  readonly ifExists: boolean;
  readonly columns: readonly Name[];
  readonly behaviour?: 'cascade' | 'restrict';
}

/** `DROP CONSTRAINT c`, `DROP PRIMARY KEY`, `DROP UNIQUE (a)`, `DROP FOREIGN KEY (a)`. */
export interface DropConstraint extends Place {
  readonly kind: 'drop-constraint';
  readonly type: 'constraint' | 'primary key' | 'unique' | 'foreign key';
  readonly ifExists: boolean;
  readonly name?: Identifier;
  readonly columns: readonly Identifier[];
  readonly behaviour?: 'cascade' | 'restrict';
}

/** `ALTER [COLUMN] a SET NOT NULL, b DROP DEFAULT`, also with `MODIFY`. */
export interface AlterColumns extends Place {
  readonly kind: 'alter-columns';
  readonly verb: 'alter' | 'modify';
  readonly parentheses: boolean;
  readonly changes: readonly ColumnChange[];
}

export interface ColumnChange extends Place {
  /** Whether the word COLUMN stands there. */
  readonly word: boolean;
  readonly name: Name;
  readonly change: ColumnChangeDetail;
}

export type ColumnChangeDetail =
  | (Place & {
      readonly kind: 'nullability' /** `set` or `drop`, or the words alone. */;
      readonly verb?: 'set' | 'drop';
    })
  | (Place & { readonly kind: 'set-default'; readonly value: Expression })
  | (Place & { readonly kind: 'drop-default' })
  | (Place & {
      readonly kind: 'set-type';
      /** Lower case: `set data type`, `type`, or empty. */
      readonly words: string;
      readonly type: DataType;
      readonly collation?: StringLiteral | Name;
      readonly using?: Expression;
    })
  | (Place & { readonly kind: 'comment'; readonly text: StringLiteral })
  | (Place & { readonly kind: 'unset-comment' })
  | (Place & {
      readonly kind: 'set-policy';
      readonly policy: string;
      readonly name: Name;
      readonly using: readonly Identifier[];
      readonly force: boolean;
    })
  | (Place & { readonly kind: 'unset-policy'; readonly policy: string })
  | (Place & { readonly kind: 'set-tags'; readonly tags: readonly Tag[] })
  | (Place & { readonly kind: 'unset-tags'; readonly tags: readonly Name[] });

/** Any other action: `SUSPEND`, `RESUME RECLUSTER`, `REFRESH`, `ADD ROW ACCESS POLICY p ON (a)`. */
export interface AlterWords extends Place {
  readonly kind: 'words';
  readonly words: readonly CommandToken[];
}

export interface Drop extends StatementBase {
  readonly kind: 'drop';
  /** Lower case: `table`, `masking policy`. */
  readonly object: string;
  readonly ifExists: boolean;
  readonly names: readonly Name[];
  /** Types of a routine's parameters. */
  readonly signature?: readonly DataType[];
  readonly behaviour?: 'cascade' | 'restrict';
}

export interface Undrop extends StatementBase {
  readonly kind: 'undrop';
  readonly object: string;
  readonly name: Name;
  readonly renameTo?: Name;
}

export interface Truncate extends StatementBase {
  readonly kind: 'truncate';
  /** Lower case; empty if left out. */
  readonly object: string;
  readonly ifExists: boolean;
  readonly name: Name;
}

// INSERT, UPDATE, DELETE, MERGE

export interface Insert extends StatementBase {
  readonly kind: 'insert';
  readonly with?: With;
  readonly overwrite: boolean;
  /** `INSERT OR REPLACE`, `INSERT OR IGNORE`. */
  readonly or?: 'replace' | 'ignore';
  /** The words behind INSERT [OVERWRITE], lower case: `into`, `into table`, `table`. */
  readonly words: string;
  readonly table: Name;
  readonly alias?: Identifier;
  readonly columns: readonly Identifier[];
  /** `BY NAME`, `BY POSITION`. */
  readonly by?: 'name' | 'position';
  readonly source: Query | 'default values';
  readonly onConflict?: OnConflict;
  readonly returning: readonly SelectItem[];
}

/** `ON CONFLICT (a) DO UPDATE SET …`. */
export interface OnConflict extends Place {
  readonly columns: readonly Expression[];
  readonly columnsWhere?: Expression;
  /** Undefined for DO NOTHING. */
  readonly set?: readonly Assignment[];
  readonly where?: Expression;
}

/** `a = x`, `t.a = x`, `(a, b) = (x, y)`. */
export interface Assignment extends Place {
  readonly kind: 'assignment';
  readonly target: Column | readonly Column[];
  readonly value: Expression;
}

/** `INSERT ALL INTO … INTO … SELECT`, `INSERT FIRST WHEN … THEN INTO … ELSE INTO … SELECT`. */
export interface InsertMultiple extends StatementBase {
  readonly kind: 'insert-multiple';
  readonly overwrite: boolean;
  readonly mode: 'all' | 'first';
  /** One without a condition, or several with one each. */
  readonly branches: readonly InsertBranch[];
  readonly otherwise?: readonly InsertTarget[];
  readonly source: Query;
}

export interface InsertBranch extends Place {
  readonly when?: Expression;
  readonly into: readonly InsertTarget[];
}

export interface InsertTarget extends Place {
  readonly kind: 'insert-target';
  readonly table: Name;
  readonly columns: readonly Identifier[];
  /** Undefined without VALUES. */
  readonly values?: readonly Expression[];
}

export interface Update extends StatementBase {
  readonly kind: 'update';
  readonly with?: With;
  readonly table: TableExpression;
  readonly set: readonly Assignment[];
  readonly from: readonly TableExpression[];
  /** FROM was written before SET. */
  readonly fromFirst: boolean;
  readonly where?: Expression;
  readonly returning: readonly SelectItem[];
}

export interface Delete extends StatementBase {
  readonly kind: 'delete';
  readonly with?: With;
  readonly table: TableExpression;
  readonly using: readonly TableExpression[];
  readonly where?: Expression;
  readonly returning: readonly SelectItem[];
}

export interface Merge extends StatementBase {
  readonly kind: 'merge';
  readonly with?: With;
  readonly into: TableExpression;
  readonly source: TableExpression;
  /** Either this or `using`. */
  readonly on?: Expression;
  readonly using?: readonly Identifier[];
  readonly branches: readonly MergeBranch[];
  readonly returning: readonly SelectItem[];
}

export interface MergeBranch extends Place {
  readonly kind: 'merge-branch';
  readonly matched: boolean;
  /** Of `not matched`. */
  readonly by?: 'source' | 'target';
  readonly condition?: Expression;
  readonly action: MergeAction;
}

export type MergeAction =
  | (Place & {
      readonly kind: 'update';
      /** `*` for `SET *`; undefined for every column alike. */
      readonly set?: readonly Assignment[] | '*';
      readonly byName: boolean;
    })
  | (Place & { readonly kind: 'delete' })
  | (Place & {
      readonly kind: 'insert';
      readonly columns: readonly Column[];
      /** `*` for `INSERT *`; undefined for every column alike. */
      readonly values?: readonly Expression[] | '*' | 'default values';
      /** `BY NAME`, `ALL BY NAME`, `BY POSITION`; lower case, empty if left out. */
      readonly by: string;
    })
  | (Place & { readonly kind: 'nothing' })
  | (Place & { readonly kind: 'error'; readonly message?: Expression });

// Files

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

// Rights, session, the rest

/** GRANT and REVOKE of privileges, and of roles. */
export interface Grant extends StatementBase {
  readonly kind: 'grant';
  readonly verb: 'grant' | 'revoke';
  /** `REVOKE GRANT OPTION FOR`. */
  readonly optionFor: boolean;
  /** Lower case: `select`, `create materialized view`, `all privileges`; with columns where they are named. */
  readonly privileges: readonly Privilege[];
  /** Undefined if a role is granted; it is then the only privilege: `role r`. */
  readonly on?: GrantObject;
  readonly grantees: readonly Grantee[];
  /** Lower case, one phrase each: `with grant option`, `copy current grants`, `cascade`. */
  readonly properties: readonly string[];
}

export interface Privilege extends Place {
  /** Lower case. */
  readonly words: string;
  /** Of a role that is granted: its name. */
  readonly name?: Name;
  readonly columns: readonly Identifier[];
}

/** `TABLE t`, `FUTURE TABLES IN SCHEMA s`, `ALL VIEWS IN DATABASE d`, `ACCOUNT`. */
export interface GrantObject extends Place {
  readonly scope?: 'all' | 'future';
  /** Lower case; empty if left out. */
  readonly object: string;
  readonly names: readonly Name[];
  /** Types of a routine's parameters. */
  readonly signature?: readonly DataType[];
  readonly in?: { readonly object: string; readonly name: Name };
}

export interface Grantee extends Place {
  /** Lower case: `role`, `database role`, `share`, `user`; empty if left out. */
  readonly object: string;
  readonly name: Name;
}

/** `SHOW TERSE TABLES HISTORY LIKE 'a%' IN SCHEMA s STARTS WITH 'b' LIMIT 3 FROM 'c'`. */
export interface Show extends StatementBase {
  readonly kind: 'show';
  /** Lower case, behind SHOW: `terse tables history`, `grants to role`. */
  readonly words: string;
  /** Right behind the words: `SHOW GRANTS ON TABLE t`, DuckDB's `SHOW t`. */
  readonly name?: Name;
  readonly like?: StringLiteral;
  /** `in` or `from`; the object lower case, empty if left out. */
  readonly in?: { readonly word: 'in' | 'from'; readonly object: string; readonly name?: Name };
  readonly startsWith?: StringLiteral;
  readonly limit?: Expression;
  /** The page starts behind this name. */
  readonly after?: StringLiteral;
  /** `WITH PRIVILEGES a, b`, lower case. */
  readonly privileges: readonly string[];
}

/** `DESCRIBE TABLE t TYPE = STAGE`, `DESC RESULT 'id'`, DuckDB's `DESCRIBE SELECT …` and `SUMMARIZE t`. */
export interface Describe extends StatementBase {
  readonly kind: 'describe';
  readonly verb: 'describe' | 'desc' | 'summarize';
  /** Lower case; empty if left out. */
  readonly object: string;
  readonly subject?: Name | Query | Expression;
  /** Types of a routine's parameters. */
  readonly signature?: readonly DataType[];
  readonly options: readonly Option[];
}

export interface Use extends StatementBase {
  readonly kind: 'use';
  /** Lower case: `role`, `warehouse`, `secondary roles`; empty if left out. */
  readonly object: string;
  /** Several only for secondary roles; `ALL` and `NONE` are names here. */
  readonly names: readonly Name[];
}

/** `SET a = 1`, `SET (a, b) = (1, 2)`, `SET VARIABLE a = 1`, `SET SESSION a TO 1`. */
export interface SetStatement extends StatementBase {
  readonly kind: 'set';
  /** Lower case: `variable`, `session`, `global`, `local`; empty if left out. */
  readonly scope: string;
  readonly names: readonly Name[];
  readonly sign: '=' | 'to';
  readonly values: readonly Expression[];
  /** In parentheses. */
  readonly parentheses: boolean;
}

/** `UNSET a`, `UNSET (a, b)`, DuckDB's `RESET a`. */
export interface Unset extends StatementBase {
  readonly kind: 'unset';
  readonly verb: 'unset' | 'reset';
  readonly scope: string;
  readonly names: readonly Name[];
  readonly parentheses: boolean;
}

export interface CallStatement extends StatementBase {
  readonly kind: 'call-statement';
  readonly call: Call;
  /** `INTO :v`. */
  readonly into?: Expression;
}

export interface Transaction extends StatementBase {
  readonly kind: 'transaction';
  readonly action: 'begin' | 'start' | 'commit' | 'rollback' | 'abort' | 'end';
  /** What stands behind, lower case: `transaction`, `work`. */
  readonly words: string;
  /** `BEGIN NAME t`. */
  readonly name?: Identifier;
}

/** `COMMENT [IF EXISTS] ON TABLE t IS '…'`. */
export interface CommentOn extends StatementBase {
  readonly kind: 'comment-on';
  readonly ifExists: boolean;
  readonly object: string;
  readonly name: Name;
  readonly signature?: readonly DataType[];
  /** A text, or NULL. */
  readonly text: Expression;
}

/** `EXECUTE IMMEDIATE '…' USING (a, b)`, `EXECUTE IMMEDIATE FROM @s/file.sql`. */
export interface ExecuteImmediate extends StatementBase {
  readonly kind: 'execute-immediate';
  readonly from: boolean;
  readonly what: Expression | StageLocation;
  readonly using: readonly Expression[];
}

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

/** `ATTACH [DATABASE] [IF NOT EXISTS] 'file' AS d (READ_ONLY)`. */
export interface Attach extends StatementBase {
  readonly kind: 'attach';
  readonly or?: 'replace';
  readonly word: boolean;
  readonly ifNotExists: boolean;
  readonly file: Expression;
  readonly alias?: Identifier;
  readonly options?: OptionGroup;
}

/**
 * An administrative statement without SQL inside, kept as its tokens: `PRAGMA …`, `INSTALL …`, `EXECUTE TASK …`,
 * `VACUUM`, `ALTER …` of what has no columns.
 */
export interface Command extends StatementBase {
  readonly kind: 'command';
  /** Lower case: `pragma`, `force install`. */
  readonly verb: string;
  readonly tokens: readonly CommandToken[];
}

/** One token as written: a word, a text or name in its quotes, a number, a symbol. */
export interface CommandToken extends Place {
  readonly text: string;
  /** Whether white space stands before it. */
  readonly spaced: boolean;
}
