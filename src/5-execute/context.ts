import type { Graph } from '../2-graph/index.ts';
import type { CompiledNode, Compiler } from '../3-compile/index.ts';
import type {
  BatchResults,
  Diagnostic,
  Emit,
  Environment,
  RelationCache,
  Session,
  Shelves,
  StepFinished,
  Warehouse,
} from '../core/index.ts';

/** All that a run needs, given from outside. */
export interface ExecuteContext {
  readonly graph: Graph;
  readonly environment: Environment;
  readonly shelves: Shelves;
  readonly warehouse: Warehouse;
  readonly compiler: Compiler;
  readonly relations: RelationCache;
  readonly emit: Emit;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Aborted when the user wants it to end: running statements are cancelled, nothing new starts. */
  readonly signal: AbortSignal;
  /**
   * Keeps a node's compiled SQL for people to read; gives the path to name in messages. Of a microbatch model there is
   * a text for each batch, told apart by `batch`.
   */
  readonly writeCompiled: (nodeId: string, sql: string, batch?: string) => Promise<string>;
  /** What is wrong with a node's SQL, before a warehouse is asked; an error ends the step. Default: nobody looks. */
  readonly check?: ((compiled: CompiledNode) => Promise<readonly Diagnostic[]>) | undefined;
  /** The run that is taken up again, by `retry`. Default: none. */
  readonly retried?: RetriedRun | undefined;
}

export interface RetriedRun {
  /** Batches end where they would have ended then. */
  readonly startedAt: Date | undefined;
  /** Microbatch models of which some batches failed and some did not. */
  readonly batches: ReadonlyMap<string, BatchResults>;
}

/** What one step needs: the run's context and the session that it may use. */
export interface StepContext extends ExecuteContext {
  readonly session: Session;
  readonly thread: number;
}

/** What the work of a step came to; the rest of the event is the same for every step. */
export type StepResult = Pick<
  StepFinished,
  'status' | 'message' | 'failures' | 'rowsAffected' | 'relationName' | 'batchResults'
> & { readonly diagnostics?: StepFinished['diagnostics'] };
