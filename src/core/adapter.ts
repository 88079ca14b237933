import type { Catalogs } from './catalog.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Grant } from './grant.ts';
import type { Json } from './json.ts';
import type { NodeConfig } from './node.ts';
import type { Column, Relation } from './relation.ts';
import type { DataPath } from './schema-problems/index.ts';
import type { LastLoad, LoadedFiles, SourceFiles } from './source-files.ts';
import type { Statements } from './statements.ts';

/**
 * What a warehouse has to offer to the rest of Ingot. One folder under `adapters/`, whose `index.ts` exports this as
 * default; the folder's name is `type` in a target. Nobody outside that folder knows the vendor.
 */
export interface Adapter {
  readonly type: string;
  /** Name of the SQL dialect that the warehouse speaks. One that Ingot cannot read is sent as it is. */
  readonly dialect: string;
  readonly capabilities: Capabilities;
  /** Writes SQL text in this warehouse's words. Pure: needs no connection. */
  readonly statements: Statements;
  /** Whether two types, as the warehouse writes them, are one to a contract. Default: if they are written the same. */
  readonly sameType?: ((left: string, right: string) => boolean) | undefined;
  /**
   * Fills in defaults of a target's output (`database`, `schema`, absolute paths below `projectRoot`) and checks it.
   * Problems are returned, not thrown; their messages name keys, never values.
   */
  resolveTarget(output: Readonly<Record<string, Json>>, projectRoot: string): ResolvedTarget;
  /**
   * The settings of a node with what the catalog that it names (`catalog_name`) adds to them: `table_format`,
   * `catalog_linked_database`… Throws `Problem` for a catalog that there is none of, or that cannot hold such a node.
   * Default: catalogs change nothing.
   */
  withCatalog?(config: NodeConfig, catalogs: Catalogs): NodeConfig;
  /** Opens the warehouse. Throws `Problem`, of `TargetDiagnostic`s, when it cannot be reached, with what to do about it. */
  connect(output: Readonly<Record<string, Json>>, options: ConnectOptions): Promise<Warehouse>;
  /**
   * Opens an empty warehouse in this process, for queries over rows that they bring along: it needs no credentials and
   * leaves nothing behind. Default: there is none, and unit tests run in that of an adapter that has one.
   *
   * @param databases names of further databases that it has, empty too. Default: none.
   */
  openScratch?(databases?: readonly string[]): Promise<Warehouse>;
}

export interface ResolvedTarget {
  readonly database: string | null;
  readonly schema: string;
  /** What may be shown of the connection (`ingot debug`, `target` in templates): no secrets. */
  readonly visible: Readonly<Record<string, Json>>;
  readonly output: Readonly<Record<string, Json>>;
  readonly diagnostics: readonly TargetDiagnostic[];
}

/** A problem of a target, which says where in it: who knows the file finds the place. */
export interface TargetDiagnostic extends Diagnostic {
  /** `['settings', 'threads']`. Default: the target as a whole. */
  readonly at?: DataPath | undefined;
  /** Whether it is about the key there, or what stands behind it. Default `key`. */
  readonly part?: 'key' | 'value' | undefined;
}

export interface ConnectOptions {
  /** How many sessions will be used at once. */
  readonly threads: number;
}

/** What differs between warehouses; each flag with its default. */
export interface Capabilities {
  /** `create or replace table` and `rename` can be rolled back. Default false. */
  readonly transactionalDdl: boolean;
  /** Whether `merge into` exists. Default true. */
  readonly merge: boolean;
  /**
   * Materializations that dbt's adapter for this warehouse brings itself, so that a project's own `default` of that name
   * is not used. Default: none.
   */
  readonly ownMaterializations?: readonly string[] | undefined;
  /**
   * Macros that dbt's adapter for this warehouse brings itself, without its prefix: a dispatch that names no package
   * finds them before any package's `default__…`. Default: none.
   */
  readonly ownMacros?: readonly string[] | undefined;
  /**
   * Macros of dbt's adapter that are the whole of a materialization, by its name; a project may write them itself. Default:
   * it has none.
   */
  readonly materializationMacros?: Readonly<Record<string, string>> | undefined;
  /** Whether a function can be told how its result may change. Default false. */
  readonly functionVolatility?: boolean | undefined;
  /**
   * Whether names that the project gives (relations, columns) are quoted where it does not say. Default true; false where
   * unquoted names are folded, so that quoted ones would be others.
   */
  readonly quotesNames?: boolean | undefined;
  /** Whether a microbatch model may have a `unique_key`, which changes nothing there. Default false: it is refused. */
  readonly keyedBatches?: boolean | undefined;
  /** Whether foreign keys are more than notes: see `Session.references`. Default false. */
  readonly enforcesReferences?: boolean | undefined;
  /** Types of constraints (`check`) that the warehouse does not know, so that they are left out. Default: none. */
  readonly ignoredConstraints?: readonly string[] | undefined;
  /** Whether a table can be given columns and constraints and be filled by a query in one statement. Default false. */
  readonly typedTableFromQuery?: boolean | undefined;
  /** Whether descriptions of a view's columns stand in the statement that makes it, and nowhere else. Default false. */
  readonly viewColumnsDescribedInDefinition?: boolean | undefined;
  /**
   * The size that a text type has when none is written. Set where a statement can read a query as well as a table, so
   * that new rows need a table only if they are read twice, or to learn how long their texts are. Default: new rows are
   * always put into a table.
   */
  readonly longestText?: number | undefined;
  /**
   * Macros of dbt's adapter that a project may write itself: which kind of table (`tmp_relation_type`) new rows of an
   * incremental model are staged in, and where. Default: it has none.
   */
  readonly stagingMacros?: { readonly kind: string; readonly place: string } | undefined;
  /** Whether somebody reads comments of statements later, in a history that the warehouse keeps. Default false. */
  readonly commentsStatements?: boolean | undefined;
  /** Whether files can be loaded from places of its own, which are written `@stage/path`. Default false. */
  readonly loadsFiles?: boolean | undefined;
  /** What `incremental_strategy` is when a model does not say. Default `append`, as in dbt. */
  readonly defaultIncrementalStrategy?: 'append' | 'delete+insert' | 'merge' | undefined;
}

/** An open warehouse: one database file, or one account and its session pool. */
export interface Warehouse {
  /** A session for one task. Several may be open at once. */
  openSession(): Promise<Session>;
  /** Cancels every running statement of every session; they fail with `cancelled`. */
  cancelAll(): Promise<void>;
  /**
   * Closes sessions and files. Safe to call twice.
   *
   * @param soon somebody waits for the end of the process: what takes long, and can as well be done by whoever opens the
   *   warehouse next, is left to them. Default false.
   */
  close(soon?: boolean): Promise<void>;
}

/** One conversation with the warehouse: statements run one after the other, and transactions belong to it. */
export interface Session {
  /** Runs one statement and fetches all rows. Throws `StatementError`. */
  query(sql: string): Promise<Table>;
  /** Runs one statement whose rows are of no interest. Throws `StatementError`. */
  execute(sql: string): Promise<StatementResult>;
  /**
   * Reads a CSV file once, to learn its columns and their types by dbt's rules. Throws `Problem`, `StatementError`. Undefined,
   * as `loadCsv`: the warehouse has no seeds.
   */
  describeCsv?(request: DescribeCsv): Promise<readonly CsvColumn[]>;
  /** Appends a CSV file to an existing table, column by column in their order; the fastest way there is. */
  loadCsv?(request: LoadCsv): Promise<StatementResult>;
  /**
   * Brings the files of a source into its table, each of them once, whatever was done before; what was there of a file that
   * has changed goes. Default: sources are read where they are.
   *
   * @param by sends the statements, so that they are recorded.
   */
  loadFiles?(files: SourceFiles, by: Pick<Session, 'query' | 'execute'>): Promise<LoadedFiles>;
  /** When something last came into a source that has no `loaded_at_field`. Default: the warehouse does not know. */
  lastLoad?(
    source: Pick<SourceFiles, 'sourceId' | 'table' | 'settings'> & { readonly location: string | undefined },
    by: Pick<Session, 'query'>,
  ): Promise<LastLoad>;
  /**
   * Relations of a schema; an empty list where the schema does not exist.
   * @param quote how its name and the database's are written. Default: as names are that nobody quoted.
   */
  listRelations(database: string | null, schema: string, quote?: Relation['quote']): Promise<readonly Relation[]>;
  /** Whether a schema is there. Default: the information schema is asked. */
  schemaExists?(database: string | null, schema: string, quote?: Relation['quote']): Promise<boolean>;
  /** Columns of a relation in their order; an empty list where it does not exist. */
  columnsOf(relation: Relation): Promise<readonly Column[]>;
  /** Tables and views of a schema with their columns and comments, for `catalog.json`. An empty list for a schema that is not there. */
  describeSchema(database: string | null, schema: string, quote?: Relation['quote']): Promise<readonly CatalogTable[]>;
  /** Columns that a query would return, without running it. */
  describeQuery(sql: string): Promise<readonly Column[]>;
  /** What stands in the way of building in a schema, for `ingot debug`. Default: nobody looks. */
  checkAccess?(database: string | null, schema: string): Promise<readonly Diagnostic[]>;
  /** Who may do what with a relation. Default: the warehouse has no grants. */
  grantsOn?(relation: Relation): Promise<readonly Grant[]>;
  /**
   * How a relation that keeps itself up to date is set up now. Default: the warehouse has none.
   * @param wanted the node's settings: what they say nothing about need not be found out.
   */
  settingsOf?(relation: Relation, wanted: NodeConfig): Promise<Readonly<Record<string, Json>> | undefined>;
  /** Default: foreign keys are notes, and in nobody's way. */
  readonly references?: References | undefined;
  /**
   * Readies the session for the statements of one node: for example with a warehouse of its own, or a tag that tells
   * whose they are. Lasts until the next call. Default: nothing has to be readied.
   */
  enter?(task: SessionTask): void;
  /** Whether the next task may have the session. One that an error or a statement of the user has changed is closed. Default true. */
  isClean?(): boolean;
  /** Bytes that the session's statements have read so far. Default: the warehouse does not tell. Throws `StatementError`. */
  bytesRead?(): Promise<number>;
  /** Ends the session; an open transaction is rolled back. */
  close(): Promise<void>;
}

/** Foreign keys that a warehouse holds tables to. */
export interface References {
  /** Whether foreign keys of other tables point at a table, which can then be neither dropped nor replaced. */
  isReferredTo(relation: Relation): Promise<boolean>;
  /** Does work, a transaction, while no other session does such work: it changes the tables at both ends of a key. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Takes the tables away that refer to a table, within a transaction in which that table is replaced next; what it gives
   * brings them back, and tells which of them refer to what is no longer there and are left without their constraints.
   *
   * @param by sends the statements, so that they are recorded.
   */
  release(relation: Relation, by: Pick<Session, 'execute'>): Promise<() => Promise<readonly Relation[]>>;
}

/** What statements are sent for. */
export interface SessionTask {
  /** Undefined: they belong to no node. */
  readonly nodeId: string | undefined;
  readonly config: Readonly<Record<string, unknown>>;
  /** What the warehouse's history is to say of the statements. Default: nothing. */
  readonly comment?: string | undefined;
}

export interface DescribeCsv {
  readonly file: string;
  readonly delimiter: string;
  /** Types that the user set, by column name; these columns are not looked at. */
  readonly columnTypes: Readonly<Record<string, string>>;
}

/** A table or view as the warehouse describes it. */
export interface CatalogTable {
  readonly relation: Relation;
  /** In the warehouse's words: `BASE TABLE`, `VIEW`. */
  readonly type: string;
  readonly owner: string | null;
  readonly comment: string | null;
  /** In their order. */
  readonly columns: readonly (Column & { readonly comment: string | null })[];
}

/** A column of a CSV file and the type it gets in the table. */
export interface CsvColumn extends Column {
  /** Some values have spaces around them or say `null`, so that they have to be tidied before they are cast. */
  readonly untidy?: boolean | undefined;
}

export interface LoadCsv {
  readonly relation: Relation;
  readonly file: string;
  readonly delimiter: string;
  readonly columns: readonly CsvColumn[];
  /** Whether names of columns are quoted. Default true. */
  readonly quoteColumns?: boolean | undefined;
  /** Whether the rows take the place of those that are there, at once. Default false: they are added. */
  readonly overwrite?: boolean | undefined;
}

export interface StatementResult {
  /** Rows inserted, updated or deleted, where the warehouse says so. */
  readonly rowsAffected: number | null;
  /** What the warehouse answers to a statement that went well, in the words of its dbt adapter: `OK`, `SUCCESS 1`. */
  readonly message?: string | undefined;
  /** What the warehouse calls the statement, for example a query id. */
  readonly queryId?: string | undefined;
}

/**
 * A cell: numbers that fit are JS numbers, larger integers bigint; decimals, dates, times and timestamps are text in
 * ISO form (`2024-03-31`, `2024-03-31 02:00:00`), so that nothing is lost on the way.
 */
export type Cell = null | boolean | number | bigint | string | readonly Cell[] | { readonly [key: string]: Cell };

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A statement that the warehouse refused or that was cancelled. The caller makes a diagnostic of it. */
export class StatementError extends Error {
  readonly sql: string;
  /** Offset in `sql` that the warehouse points at, if it does. */
  readonly offset: number | undefined;
  readonly cancelled: boolean;
  /** The warehouse's own code or class of error. */
  readonly vendorCode: string | undefined;
  /** Nothing was done, and it may work in a moment: the transaction can be run again from its beginning. */
  readonly mayPass: boolean;
  /** The session is gone, and with it all that its task has done: the task can be begun again in another one. */
  readonly lostTask: boolean;
  /** The table or view that is not there, without its schema, where that is what is wrong. */
  readonly missingTable: string | undefined;
  /** The column that is not there, without its table, where that is what is wrong. */
  readonly missingColumn: string | undefined;

  constructor(
    message: string,
    details: {
      sql: string;
      offset?: number | undefined;
      cancelled?: boolean;
      vendorCode?: string | undefined;
      mayPass?: boolean;
      lostTask?: boolean;
      missingTable?: string | undefined;
      missingColumn?: string | undefined;
    },
  ) {
    super(message);
    this.name = 'StatementError';
    this.sql = details.sql;
    this.offset = details.offset;
    this.cancelled = details.cancelled ?? false;
    this.vendorCode = details.vendorCode;
    this.mayPass = details.mayPass ?? false;
    this.lostTask = details.lostTask ?? false;
    this.missingTable = details.missingTable;
    this.missingColumn = details.missingColumn;
  }
}

/** The code of a diagnostic that tells of a statement's failure. */
export function statementCode({ cancelled, lostTask }: StatementError): string {
  if (cancelled) return 'execute/cancelled';
  return lostTask ? 'execute/session-lost' : 'execute/statement-failed';
}
