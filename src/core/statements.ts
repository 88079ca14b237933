import type { ColumnTypes } from './column-types.ts';
import type { ExpressionParts } from './expressions.ts';
import type { ExternalFile } from './external-file.ts';
import type { Grant } from './grant.ts';
import type { Json } from './json.ts';
import type { NodeConfig } from './node.ts';
import type { Column, Relation } from './relation.ts';

/**
 * Writes the statements that materializations and tests are made of. Every adapter gives one of these: most start from
 * `standardStatements` and replace what their warehouse says differently. Names follow dbt's macros
 * (`create_table_as`, `get_merge_sql`…), because those are what a project overrides.
 *
 * Each string is one statement, without a semicolon. A query given as `sql` stands in the result as it was given,
 * letter for letter, so that an offset in the statement can be led back to the query.
 */
export interface Statements extends ExpressionParts {
  quote(identifier: string): string;
  /** How templates understand the types of columns. Default: as most of dbt's adapters do. */
  readonly columnTypes?: ColumnTypes | undefined;
  /** A text literal: quotes around it, quotes in it doubled. */
  literal(text: string): string;
  renderRelation(relation: Relation): string;
  /** A relation of this session only, to stage the new rows of `target` in: `<identifier>__dbt_tmp`. */
  temporaryRelation(target: Relation): Relation;
  createSchema(relation: Relation): string;
  dropSchema(relation: Relation): string;
  /** Leaves a note with a schema that is there, for who looks later whose it is. Statements that belong together. */
  noteOnSchema(schema: Relation, note: string): readonly string[];
  /** A query for the schemas of a database that have a note: name as it is stored, and note. */
  notedSchemas(database: string | null): string;
  createTableAs(relation: Relation, sql: string, options?: CreateTableOptions): string;
  createViewAs(relation: Relation, sql: string, options?: CreateViewOptions): string;
  createTable(relation: Relation, columns: readonly TableColumn[], options?: CreateTableOptions): string;
  /**
   * Where no table is made of a query: the columns with which it is created before it is filled, for those of the query.
   * Undefined, or giving undefined: a table is made of its query.
   */
  columnsToFill?(config: NodeConfig): ((columns: readonly TableColumn[]) => readonly TableColumn[]) | undefined;
  dropRelation(relation: Relation): string;
  renameRelation(from: Relation, to: Relation): string;
  /** Makes a table that shares the other's data until one of them changes. Undefined in warehouses without. */
  cloneTable?(target: Relation, source: Relation, config?: NodeConfig): string;
  /** Makes a function, or puts it in the place of one of that name. Undefined in warehouses that have none. */
  createFunction?(relation: Relation, written: WrittenFunction): string;
  /** Makes a view that takes arguments, `parameters` being what stands in its brackets. Undefined in warehouses without. */
  createTableFunction?(relation: Relation, parameters: string, sql: string): string;
  /**
   * Puts one table in the place of another, in one moment; what stands under the name of the first is of no use then,
   * unless it is to stay. Undefined: it takes a drop and a rename.
   */
  replaceTable?(target: Relation, by: Relation, config: NodeConfig, stays?: boolean): string;
  /** Whether a new table can be made in the place of another at once. Default: it can. */
  replacesTables?(config: NodeConfig): boolean;
  /** Statements that a table needs once it has been made, as the node's settings ask. Default: none. */
  afterCreateTable?(relation: Relation, config: NodeConfig): readonly string[];
  /** Puts the rows of `source` in the place of all rows, in one moment. Undefined: it takes a delete and an insert. */
  overwriteFrom?(target: Relation, columns: readonly string[], source: Relation): string;
  /** Undefined, as `revoke`, where the warehouse has no grants. */
  grant?(relation: Relation, grant: Grant): string;
  revoke?(relation: Relation, grant: Grant): string;
  /** What keeps itself up to date (`dynamic_table`). Undefined in warehouses without. */
  readonly dynamicTables?: MaintainedRelations | undefined;
  /** Views whose rows the warehouse keeps (`materialized_view`). Undefined in warehouses without. */
  readonly materializedViews?: MaintainedRelations | undefined;
  truncate(relation: Relation): string;
  /** Appends the named columns of `source`. */
  insertFrom(target: Relation, columns: readonly string[], source: Relation): string;
  /** Appends the rows of a query, which brings all `columns` by name, or `from` in their order. */
  insertQuery(target: Relation, columns: readonly string[], sql: string, from?: readonly string[]): string;
  /** Deletes the rows whose key stands in `source`. A key with a null never matches. */
  deleteMatching(request: DeleteMatching): string;
  /** Deletes the rows of every partition that has rows in `source`; here null is a partition like any other. */
  deletePartitions(request: DeleteMatching): string;
  /** Deletes the rows for which all predicates hold; without predicates, every row. */
  deleteWhere(relation: Relation, predicates: readonly string[]): string;
  merge(request: MergeRequest): string;
  /**
   * The branches that a model's `merge_clauses` ask for; a text: what is wrong with the setting. Undefined in warehouses
   * that do not know it.
   */
  mergeBranches?(clauses: Json, request: MergeRequest): readonly string[] | string;
  /** Changes the rows of `target` whose key stands in `source`. */
  updateFrom(request: UpdateRequest): string;
  addColumns(relation: Relation, columns: readonly Column[]): readonly string[];
  dropColumns(relation: Relation, columns: readonly Column[]): readonly string[];
  alterColumnType(relation: Relation, column: Column): readonly string[];
  /** An index of a table; undefined in warehouses that have none. */
  createIndex?(relation: Relation, columns: readonly string[], unique: boolean): string;
  /** Keeps a description with a table or view. */
  commentOnRelation(relation: Relation, text: string): string;
  /** Keeps descriptions with columns. */
  commentOnColumns(relation: Relation, columns: ReadonlyMap<string, string>): readonly string[];
  /** Rows as files of this machine, absolute. Undefined where the warehouse cannot reach them. */
  readonly parquet?: ParquetFiles | undefined;
  /**
   * How a model that is a file is written and read, by the node's settings; a text: what is wrong with them. Undefined in
   * warehouses that write no files.
   */
  externalFile?(location: string, config: NodeConfig, projectRoot: string): ExternalFile | string;
  /** A relation as it was at a moment, to read from. Undefined in warehouses that keep no past. */
  relationAt?(relation: Relation, at: Date): string;
  begin(): string;
  commit(): string;
  rollback(): string;
  /** `limit n` around a query whose own text may end in a comment. */
  limited(sql: string, limit: number): string;
  /** The moment of the statement, as SQL. */
  currentTimestamp(): string;
  /** The same in the session's own zone and without one, as older packages ask for it. Default: `currentTimestamp`, cast. */
  sessionTimestamp?(): string;
  /** A moment as a literal that can be compared with dates, timestamps and timestamps with time zone. */
  instant(at: Date): string;
  /** A foreign key's target, given as a rendered relation. Default: as it is. */
  constraintTarget(relation: string): string;
}

/** Reads and writes rows in files of Parquet. */
export interface ParquetFiles {
  /** A statement that writes what a query gives. */
  write(sql: string, file: string): string;
  /** What a query reads from to read a file. */
  read(file: string): string;
}

/** A user-defined function. */
export interface WrittenFunction {
  readonly kind: 'scalar' | 'aggregate' | 'table';
  readonly parameters: readonly { readonly name: string; readonly type: string; readonly initial: Json }[];
  /** The type of what it gives. */
  readonly returns: string;
  /** The expression or query that it stands for. */
  readonly sql: string;
  /** dbt's word: `deterministic`, `stable`, `non-deterministic`. */
  readonly volatility?: string | undefined;
}

export interface CreateTableOptions {
  /** Lives as long as the session. Default false. */
  readonly temporary?: boolean;
  /** Others may read it, but it will be gone soon: nobody needs a copy of it after that. Default false. */
  readonly shortLived?: boolean;
  /** Takes the place of a table of that name in one statement. Default false. */
  readonly replace?: boolean;
  /** The node's settings, of which a warehouse reads its own (`transient`, `cluster_by`, `copy_grants`…). Default: it says none. */
  readonly config?: NodeConfig | undefined;
  /** Constraints of the table as a whole, rendered: `primary key (a, b)`. Default: none. */
  readonly constraints?: readonly string[];
  /** Columns that the table gets, filled by name. Only with `typedTableFromQuery`. Default: those of the query. */
  readonly columns?: readonly TableColumn[] | undefined;
  /** Columns and constraints in parentheses, as a macro of the project writes them. Default: they are written from those. */
  readonly definition?: string | undefined;
}

/** What the warehouse itself keeps up to date, as a query and settings say. */
export interface MaintainedRelations {
  create(relation: Relation, sql: string, options: MaintainedOptions): string;
  /**
   * Statements that bring what has the settings of `settings` (`Session.settingsOf`) to those of the configuration.
   * `replace`: only making it anew can.
   */
  alter(
    relation: Relation,
    settings: Readonly<Record<string, Json>>,
    config: NodeConfig,
  ): readonly string[] | 'replace';
  /** Whether nobody can read it any more, so that it has to be made anew whatever its settings. Default: never. */
  isBroken?(settings: Readonly<Record<string, Json>>): boolean;
  /** What brings it up to date where nothing else does. Default: something always does. */
  refresh?(relation: Relation, config: NodeConfig): string | undefined;
  /** Settings without which it cannot be made, that the configuration does not have. */
  missing(config: NodeConfig): readonly string[];
}

/** How something that is kept up to date is made. */
export interface MaintainedOptions {
  /** Takes the place of one of its kind in one statement. */
  readonly replace: boolean;
  readonly config: NodeConfig;
  /** As those of a view. */
  readonly described: CreateViewOptions['described'];
}

export interface CreateViewOptions {
  /** Takes the place of a view of that name in one statement. Default false. */
  readonly replace?: boolean;
  /** The node's settings, of which a warehouse reads its own (`secure`, `copy_grants`…). */
  readonly config?: NodeConfig | undefined;
  /** Its columns in their order with what they are described by, as `viewColumnsDescribedInDefinition` asks. */
  readonly described?: ReadonlyMap<string, string | undefined> | undefined;
}

/** A column of a table to be created. */
export interface TableColumn extends Column {
  /** Constraints, rendered: `not null`, `check (a > 0)`. */
  readonly constraints?: readonly string[] | undefined;
  /** Whether the name is quoted. Default true. */
  readonly quote?: boolean | undefined;
}

export interface DeleteMatching {
  readonly target: Relation;
  readonly source: Relation;
  /** Column names or expressions, as the user wrote them. */
  readonly uniqueKey: readonly string[];
  /** Further conditions on `target`. */
  readonly predicates: readonly string[];
}

/** The target is called `DBT_INTERNAL_DEST` here, and where the new values stand `DBT_INTERNAL_SOURCE`. */
export interface UpdateRequest extends DeleteMatching {
  /** What columns become, both as SQL. */
  readonly assignments: ReadonlyMap<string, string>;
}

/**
 * In conditions and expressions the target is called `DBT_INTERNAL_DEST` and the new rows `DBT_INTERNAL_SOURCE`, as
 * dbt's users know them.
 */
export interface MergeRequest extends DeleteMatching {
  /** Columns to insert, unquoted. */
  readonly columns: readonly string[];
  /** Columns to update where the key matches, unquoted; none: matching rows stay as they are. */
  readonly updateColumns: readonly string[];
  /** Expressions that take the place of the new value, by column. Default: none. */
  readonly setExpressions?: ReadonlyMap<string, string> | undefined;
  /** Update only where this holds. Default: everywhere. */
  readonly updateCondition?: string | undefined;
  /** Insert only where this holds. Default: everywhere. */
  readonly insertCondition?: string | undefined;
  /** `when …` branches that take the place of those that update and insert. Default: these are there. */
  readonly branches?: readonly string[] | undefined;
}
