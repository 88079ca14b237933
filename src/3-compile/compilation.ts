import type { Graph } from '../2-graph/index.ts';
import type {
  BatchRequest,
  CodeNode,
  DiagnosticNote,
  Emit,
  Environment,
  MacroNode,
  Node,
  Relation,
  RelationCache,
  Rendering,
  Session,
  Shelves,
  Span,
  Transaction,
} from '../core/index.ts';
import type { Value } from '../jinja/index.ts';

/** One node's SQL, ready for the warehouse, with the way back to the template. */
export interface CompiledNode {
  readonly id: string;
  /** The SQL as the author wrote it after templating, ephemeral parents put in front as CTEs; or, with `authored`, what was made of that. */
  readonly sql: string;
  /** The author's SQL, where it was translated for the warehouse. */
  readonly authored?: Pick<CompiledNode, 'sql' | 'locate'> | undefined;
  /** The ephemeral models that were put in front, in their order, each with the CTE's text. */
  readonly extraCtes: readonly { readonly id: string; readonly sql: string }[];
  /** Where in the templates a character of `sql` comes from, with the macro calls that it came through. */
  locate(offset: number): TemplatePlace | undefined;
}

export interface TemplatePlace {
  readonly span: Span;
  readonly notes: readonly DiagnosticNote[];
}

export interface CompilerInput {
  readonly graph: Graph;
  readonly environment: Environment;
  readonly shelves: Shelves;
  readonly relations: RelationCache;
  /** Unique ids that the command selected: `selected_resources` in templates. */
  readonly selected: readonly string[];
  readonly emit: Emit;
  readonly now: () => number;
  /** What `ref()` means for nodes that are read from an earlier state (`--defer`). Default: nothing is. */
  readonly deferred?: ReadonlyMap<string, Relation> | undefined;
  /** Says a node's SQL in the warehouse's dialect. Default: it is sent as it was written. */
  readonly translate?: ((node: Node, compiled: CompiledNode) => Promise<CompiledNode>) | undefined;
  /** Told once of each ephemeral model that was compiled, for its own sake or for one that reads it. Default: nobody. */
  readonly onEphemeral?: ((compiled: CompiledNode) => void) | undefined;
}

/** One batch of a microbatch model: the stretch from `start` up to, not including, `end`. */
export interface Batch extends BatchRequest {
  readonly start: Date;
  readonly end: Date;
}

export interface MacroCall {
  readonly args?: readonly Value[] | undefined;
  /** Names that are found before all others. */
  readonly extra?: ReadonlyMap<string, Value> | undefined;
  readonly transaction?: Transaction | undefined;
}

/** What a macro came to. */
export interface Called {
  /** Given to `return()`, else its text. */
  readonly value: Value;
  /** Kept by `statement` and `store_result`. */
  readonly results: Rendering['results'];
}

/** Turns nodes into SQL, one at a time, because what a template asks of the warehouse may depend on earlier nodes. */
export interface Compiler {
  /**
   * The SQL of a model, test, analysis or snapshot. Throws `TemplateError`, `Problem` or `StatementError`.
   * @param session what `run_query` and the like use; without it such a call is an error.
   */
  compile(id: string, session: Session | undefined, batch?: Batch): Promise<CompiledNode>;
  /** Renders other text in the context of a node: a hook. `extra` names are found before all others. */
  render(
    text: string,
    node: CodeNode,
    session: Session | undefined,
    extra?: ReadonlyMap<string, Value>,
  ): Promise<string>;
  /** Calls a macro in the context of a node: a materialization, or a macro that takes the place of a part of one. */
  call(macro: MacroNode, node: CodeNode, session: Session, request?: MacroCall): Promise<Called>;
}
