import type { Value } from '../jinja/index.ts';
import type { Adapter, Session, StatementResult } from './adapter.ts';
import type { Environment } from './environment.ts';
import type { BatchSpan } from './microbatches.ts';
import type { CodeNode, Node } from './node.ts';
import type { PartitionSlice } from './partition-slice.ts';
import type { Column, Relation } from './relation.ts';

/**
 * How an asset is kept. One file under `materializations/`, whose default export this is; the file's name is the
 * `materialized:` that people write.
 */
export interface Materialization {
  readonly name: string;
  /**
   * Brings the relation of `context.node` to what `context.sql` says. Readers see the old data until the new is whole;
   * a failure leaves the old as it was. Throws `StatementError` (the warehouse refused) or `Problem` (the configuration
   * cannot work).
   */
  materialize(context: MaterializationContext): Promise<MaterializationResult>;
  /** How the same is done in two parts, with tests between them. Default: it cannot be. */
  readonly aside?: BuildAside | undefined;
}

/** Builds data where nobody reads it, and publishes it once it has been tested. */
export interface BuildAside {
  /** What it can publish, also of data that was staged when the node was kept in another way. */
  readonly contents: readonly StagedContent[];
  /** Whether it can be done with what the node's configuration asks for. Default true. */
  can?(node: Node, adapter: Adapter): boolean;
  /** Makes the table that partitions are put into, without rows, where there is none. Only for nodes with partitions. */
  prepareTarget?(context: MaterializationContext): Promise<Relation>;
  /**
   * Before the partitions of a table are all built anew: gives it the columns of what is staged, and takes the rows out
   * that are in none of `context.partitions`, with `context.publication` in the same transaction. Only for nodes with
   * partitions.
   */
  beginAnew?(context: MaterializationContext, staged: StagedData): Promise<void>;
  /** Builds the new data beside the target; what a broken run left there is replaced. */
  stage(context: MaterializationContext): Promise<StagedData>;
  /**
   * Brings staged data to its place, with `context.publication` in the same transaction. Readers see the old data until
   * it commits; a failure leaves the staged data, and the old, as they were.
   */
  publish(context: MaterializationContext, staged: StagedData): Promise<MaterializationResult>;
  /** What the target will hold once rows that stand elsewhere are in it. Only for the content `rows`. */
  preview?(context: MaterializationContext, rows: Relation): Promise<StagedPreview>;
  /** A query for what the target has beside `context.partitions`. Only for nodes with partitions. */
  rest?(context: MaterializationContext): string;
}

/** What a target will hold once rows that stand elsewhere are in it. */
export interface StagedPreview {
  readonly query: string;
  /** A query for the new rows alone, as the target will hold them. Undefined: as they stand, or nobody asks for it. */
  readonly rows?: string | undefined;
  /**
   * Whether it has rows that are neither the target's nor the new ones: they get other columns, or are made of both. Then
   * tests of single rows have to see it, too.
   */
  readonly changesRows: boolean;
}

/** What is staged: a query, of which nothing but the text is kept; all rows of a table; or rows that go into one. */
export type StagedContent = 'query' | 'table' | 'rows';

/** New data of a node, built and not yet published. */
export interface StagedData {
  readonly content: StagedContent;
  /** The new data: all of it, or the rows that an incremental model adds or changes. */
  readonly relation: Relation;
  /**
   * What the target will hold once this is published, for tests that need more than the new rows; of partitions the same
   * as `relation`, until somebody asks for it.
   */
  readonly preview: Relation;
  /** As of `StagedPreview`. Default false. */
  readonly changesRows?: boolean | undefined;
  readonly rowsAffected: number | null;
  readonly message?: string | undefined;
}

export interface MaterializationContext {
  readonly node: CodeNode;
  /** The compiled SQL; empty for seeds. */
  readonly sql: string;
  readonly target: Relation;
  /** What stands under the target's name before the build, or undefined. */
  readonly existing: Relation | undefined;
  readonly adapter: Adapter;
  readonly session: Session;
  readonly environment: Environment;
  /** `--full-refresh`, as far as the node's own `full_refresh` allows it. */
  readonly fullRefresh: boolean;
  /**
   * Relations that a broken run left under the target's name with something behind it: `__dbt_tmp`, `__dbt_backup`, or
   * where data is staged. They are dropped before the build. Default: none.
   */
  readonly leftovers?: readonly Relation[] | undefined;
  /** The partitions that are built, of a node that is kept by partitions. Default: the whole node is. */
  readonly partitions?: PartitionSlice | undefined;
  /** Keeps what was found out for the other steps of the node in this run. Default: the node has no others. */
  remember?<T>(name: string, find: () => Promise<T>): Promise<T>;
  /** Statements that belong into the transaction that publishes staged data. Default: none. */
  readonly publication?: readonly string[] | undefined;
  /** Runs a statement and records it with the step. Prefer this to `session.execute`. */
  execute(sql: string): Promise<StatementResult>;
  /** Runs the node's hooks: `inside` are those with `transaction: true`. Materializations decide when. */
  runHooks(when: 'pre-hook' | 'post-hook', inside: boolean): Promise<void>;
  /** The absolute path of a seed's CSV file. */
  readonly seedFile?: string | undefined;
  /**
   * What a macro of the project writes in place of an incremental strategy, also one that only the project knows.
   * Undefined: there is no such macro.
   */
  strategySql?(strategy: string): StrategySql | undefined;
  /** Renders a text of the node's settings, which may be a template. Default: it is none. */
  render?(text: string): Promise<string>;
  /**
   * A macro by its name (also `package.name`): the project's, else the one that comes with Ingot. Undefined: there is
   * none.
   */
  macro?(name: string): NodeMacro | undefined;
  /**
   * A macro that the project has in place of one that dbt's materializations call, by that one's name; also as
   * `<adapter>__<name>` or `default__<name>`. Undefined: the project has none. Default: it never has.
   */
  ownMacro?(name: string): NodeMacro | undefined;
  /** Whether a microbatch model is built batch by batch. Default true; not where a macro of the project builds it. */
  readonly inBatches?: boolean | undefined;
  /**
   * Renders the node once more for a batch: what it reads is filtered to the batch, `model.batch` says which it is, and
   * `is_incremental()` answers `batch.incremental`. Only for `incremental_strategy: microbatch`.
   */
  compileBatch?(start: Date, end: Date, batch: BatchRequest): Promise<string>;
  /** Which batches of a microbatch model are built, and who keeps what became of them. Default: dbt's, and nobody. */
  readonly batches?: BatchKeeping | undefined;
  /** What an earlier run left undone of a microbatch model: its failed batches are built again, and no others. */
  readonly previousBatches?: BatchResults | undefined;
  /** The moment up to which batches are built when no end was given. Default: when the command started. */
  readonly batchesUntil?: Date | undefined;
  /** Says something to the user that is no error. */
  warn(message: string): void;
}

/** Calls a macro in the context of the node that is built; gives what it returns, else its text. */
export type NodeMacro = (...args: readonly Value[]) => Promise<Value>;

/** Writes the statements that bring the staged rows into the target, as one text. */
export type StrategySql = (request: StrategySqlRequest) => Promise<string>;

export interface StrategySqlRequest {
  readonly target: Relation;
  readonly source: Relation;
  /** Columns to fill. */
  readonly columns: readonly Column[];
  readonly predicates: readonly string[];
}

export interface BatchRequest {
  /** dbt's id of the batch: `20240131`, `20240131T05`, `202401`, `2024`. */
  readonly id: string;
  /** What its compiled file ends in, after the model's name: `2024-01-31`, `2024-01-31T05`. */
  readonly label: string;
  /** Whether the table that the batch is added to was there before it. */
  readonly incremental: boolean;
}

/** For a microbatch model whose batches are built by one step. */
export interface BatchKeeping {
  /** Exactly these are built, whether or not all is to be built anew. Default: those that dbt would build. */
  readonly only?: readonly BatchSpan[] | undefined;
  /**
   * Batches in the order in which they are to be built. Each is this run's alone until the next is asked for, and no other
   * run builds it; those that others have built meanwhile are told.
   *
   * @param making whether the first one makes the table, which others have to wait for.
   */
  share(batches: readonly BatchSpan[], making: boolean): AsyncIterable<SharedBatch>;
  /** Statements that belong into the transaction that publishes a batch. */
  note(batch: BatchSpan, published: PublishedBatch): readonly string[];
  /** Told of each batch that could not be built. */
  failed(batch: BatchSpan, failure: unknown): void;
}

export interface SharedBatch {
  readonly batch: BatchSpan;
  /** Whether none is left after it, as far as is known. */
  readonly last: boolean;
  /** The table is there, since another run has made it. */
  readonly isMadeElsewhere?: boolean | undefined;
  /** The run that has built the batch. Default: it is this one's to build. */
  readonly builtBy?: string | undefined;
}

export interface PublishedBatch {
  readonly rows: number | null;
  /** `made`: by this batch. `found`: this batch is the first that the run brings into it. `filled`: any later one. */
  readonly table: 'made' | 'found' | 'filled';
}

/** What became of the batches of a microbatch model; each has its start and its end. */
export interface BatchResults {
  readonly successful: readonly BatchSpan[];
  readonly failed: readonly BatchSpan[];
}

export interface MaterializationResult {
  readonly relations: readonly Relation[];
  readonly rowsAffected: number | null;
  /** What happened, in dbt's words: `OK`, `SELECT 5`, `INSERT 3`. */
  readonly message: string;
  /** Set for microbatch models. With failed batches the step is a `partial success`. */
  readonly batches?: BatchResults | undefined;
  /** No batch of this run was built, whatever earlier runs did: the step is an error. Default false. */
  readonly nothingBuilt?: boolean | undefined;
  /** Why batches failed, when some did: errors of the same kinds that `materialize` throws. */
  readonly failures?: readonly unknown[] | undefined;
}
