import type { Graph } from '../2-graph/index.ts';
import type { CompiledNode, Compiler, CompilerInput, SequenceTables, UnitTestWarehouse } from '../3-compile/index.ts';
import type { Plan } from '../4-plan/index.ts';
import type {
  BatchKeeping,
  BatchResults,
  Diagnostic,
  Emit,
  Environment,
  Leases,
  PartitionSlice,
  Relation,
  RelationCache,
  Session,
  Shelves,
  StagedData,
  StepFinished,
  Warehouse,
} from '../core/index.ts';
import type { SchemaTable } from '../sql/index.ts';

/** All that a run needs, given from outside. */
export interface ExecuteContext {
  readonly graph: Graph;
  readonly environment: Environment;
  readonly shelves: Shelves;
  readonly warehouse: Warehouse;
  readonly compiler: Compiler;
  /**
   * A compiler for which `ref()` means other relations, by the unique id of what they stand for. Only for plans in which
   * nodes are published after their tests.
   */
  readonly compilerReading?: ((relations: ReadonlyMap<string, Relation>) => Compiler) | undefined;
  readonly relations: RelationCache;
  readonly emit: Emit;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Aborted when the user wants it to end: running statements are cancelled, nothing new starts. */
  readonly signal: AbortSignal;
  /** No step is begun after this moment; what runs then is finished. Milliseconds since 1970. Default: time does not matter. */
  readonly until?: number | undefined;
  /**
   * Keeps a node's compiled SQL for people to read; gives the path to name in messages. Of a microbatch model there is
   * a text for each batch, told apart by `batch`.
   */
  readonly writeCompiled: (nodeId: string, sql: string, batch?: string) => string;
  /** The SQL of a node that was compiled in this run. Default: nobody kept it. */
  readonly compiledSql?: ((nodeId: string) => string | undefined) | undefined;
  /** What is wrong with a node's SQL, before a warehouse is asked; an error ends the step. Default: nobody looks. */
  readonly check?: ((compiled: CompiledNode) => Promise<readonly Diagnostic[]>) | undefined;
  /**
   * What is wrong with a node's SQL in which the warehouse has missed the column `missing`; empty if that cannot be told.
   * Default: nobody looks.
   */
  readonly explain?: ((compiled: CompiledNode, missing: string) => Promise<readonly Diagnostic[]>) | undefined;
  /** `clone`: what stands in the other environment, by unique id. Default: nothing. */
  readonly origins?: ReadonlyMap<string, Relation> | undefined;
  /** What unit tests run with; undefined where there are none. */
  readonly unitTests?: UnitTesting | undefined;
  /** Whether a test has passed in the run that last built a node: it knows the rows that are there. Default: none has. */
  readonly hasTested?: ((testId: string, nodeId: string) => boolean) | undefined;
  /** Who else builds partitions of the target. Default: nobody does. */
  readonly leases?: Leases | undefined;
  /** The run that is taken up again, by `retry`. Default: none. */
  readonly retried?: RetriedRun | undefined;
}

/** Where unit tests run: the target's warehouse, or one in this process. */
export interface UnitTesting extends UnitTestWarehouse, Pick<Warehouse, 'openSession'> {
  /** An empty warehouse in memory, for the tables of a sequence. */
  openScratch(): Promise<Warehouse>;
  /** What the builds of a sequence read. */
  readonly sequenceTables: SequenceTables;
  /** A compiler for such a warehouse. */
  compilerIn(scratch: ScratchCompiling): Compiler;
}

/** What a compiler knows of an empty warehouse in memory. */
export interface ScratchCompiling
  extends Required<Pick<CompilerInput, 'graph' | 'environment' | 'relations' | 'emit' | 'standIns'>> {
  /** What its tables are, where SQL has to be translated. */
  readonly tables: readonly SchemaTable[];
}

export interface RetriedRun {
  /** Batches end where they would have ended then. */
  readonly startedAt: Date | undefined;
  /** Microbatch models of which some batches failed and some did not. */
  readonly batches: ReadonlyMap<string, BatchResults>;
}

/** The partitions of one step. */
export interface StepPartition {
  /** As `Step.partition` has it. */
  readonly key: string;
  /** Undefined for a test, which has none of its own. */
  readonly slice: PartitionSlice | undefined;
}

/** What one step needs: the run's context and the session that it may use. */
export interface StepContext extends ExecuteContext {
  readonly session: Session;
  readonly thread: number;
  /** The partitions that the step is for. Default: it is for the whole node. */
  readonly partition?: StepPartition | undefined;
  /** For a microbatch model whose batches one step builds: asked before it begins. Default: nobody keeps what becomes of them. */
  readonly batches?: (() => Promise<BatchKeeping | undefined>) | undefined;
  /** What the steps of a node share, where it has many. Default: nothing. */
  readonly memory?: Map<string, Promise<unknown>> | undefined;
  /** Runs a plan inside of the step. Default: nobody does. */
  readonly runPlan?: ((plan: Plan, context: ExecuteContext) => Promise<readonly StepFinished[]>) | undefined;
  /** Whether what a test finds is a warning at most. Default: as its configuration says. */
  readonly onlyWarns?: boolean | undefined;
  /** What a test reads before it is published, by unique id. Default: nothing. */
  readonly staged?: ReadonlyMap<string, StagedData> | undefined;
}

/** What the work of a step came to; the rest of the event is the same for every step. */
export type StepResult = Pick<
  StepFinished,
  'status' | 'message' | 'failures' | 'rowsAffected' | 'relationName' | 'batchResults' | 'difference'
> & { readonly diagnostics?: StepFinished['diagnostics'] };
