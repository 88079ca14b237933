import type { Graph } from '../2-graph/index.ts';
import type {
  Adapter,
  BatchRequest,
  CodeNode,
  Column,
  Diagnostic,
  DiagnosticNote,
  Emit,
  Environment,
  MacroNode,
  Node,
  PartitionSlice,
  Relation,
  RelationCache,
  Rendering,
  Session,
  Shelves,
  SourceNode,
  Span,
  Transaction,
} from '../core/index.ts';
import type { Value } from '../jinja/index.ts';
import type { SchemaTable } from '../sql/index.ts';

/** One node's SQL, ready for the warehouse, with the way back to the template. */
export interface CompiledNode {
  readonly id: string;
  /** The SQL as the author wrote it after templating, ephemeral parents put in front as CTEs; or, with `authored`, what was made of that. */
  readonly sql: string;
  /** The author's SQL, where it was translated for the warehouse. */
  readonly authored?: Pick<CompiledNode, 'sql' | 'locate'> | undefined;
  /** What the node's contract promises there, where its types were translated too. */
  readonly contract?: TranslatedContract | undefined;
  /** What of the author's SQL can mean something else as the warehouse gets it. Default: nothing. */
  readonly warnings?: readonly Diagnostic[] | undefined;
  /** The ephemeral models that were put in front, in their order, each with the CTE's text. */
  readonly extraCtes: readonly { readonly id: string; readonly sql: string }[];
  /** Where in the templates a character of `sql` comes from, with the macro calls that it came through. */
  locate(offset: number): TemplatePlace | undefined;
}

/** A contract in another dialect than that in which it was written. */
export interface TranslatedContract {
  readonly columns: CodeNode['columns'];
  /** Types of one family count as the same: how wide its numbers are, each warehouse decides by itself. */
  readonly sameType: (left: string, right: string) => boolean;
}

/** Says what is written in another dialect in the warehouse's. */
export interface Translator {
  /**
   * The node with the SQL that the warehouse gets. Throws `Problem` for what cannot be said there.
   *
   * @param tables what the SQL reads, with columns. Default: what the node reads.
   */
  translate(node: Node, compiled: CompiledNode, tables?: readonly SchemaTable[]): Promise<CompiledNode>;
  /**
   * A hook of a node as the warehouse gets it. What is no SQL of the project's dialect but is of the warehouse's was written
   * for that, and stays as it is. Throws `Problem` for what cannot be said there.
   */
  translateHook(node: CodeNode, hook: CompiledNode): Promise<TranslatedHook>;
  /** A type of the project's dialect as the warehouse calls it; undefined where it has no such type. */
  typeOf(type: string): string | undefined;
  /** Statements that a session needs before it runs `sql`; without it, all that any translated SQL can need. */
  prelude(sql?: string): readonly string[];
}

/** A hook in another dialect than that in which it was written. */
export interface TranslatedHook {
  /** Empty if nothing of it has a meaning there. */
  readonly sql: string;
  /** What has no effect there. */
  readonly warnings: readonly Diagnostic[];
}

/** The warehouse that runs unit tests: the target's, or one in this process that is empty. */
export interface UnitTestWarehouse {
  readonly adapter: Adapter;
  /** Whether it is the target's, whose tables tell what columns they have. */
  readonly isTarget: boolean;
  /** Says the project's SQL in its dialect. Undefined: that is the same. */
  readonly translator: Translator | undefined;
  /** A session to ask what columns queries have. Default: that of the target. */
  readonly describing?: (() => Promise<Session>) | undefined;
}

/** What a unit test puts in the place of what is there. */
export interface StandIns {
  readonly rendering: Partial<
    Pick<Rendering, 'node' | 'ref' | 'source' | 'thisRelation' | 'varsWith' | 'readEnv' | 'existingRelation'>
  >;
  /** Changes what a name means; undefined: the name stays unknown. */
  name(name: string, found: Value | undefined): Value | undefined;
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
  /** Says a node's hook in the warehouse's dialect. Default: it is sent as it was written. */
  readonly translateHook?: Translator['translateHook'] | undefined;
  /** Columns of a node as its SQL makes them, with their types; undefined where that does not tell. Default: nobody knows. */
  readonly columnsOf?: ((id: string) => Promise<readonly Column[] | undefined>) | undefined;
  /** The warehouse that runs unit tests. Default: the target's, in whose dialect the project is written. */
  readonly unitTests?: UnitTestWarehouse | undefined;
  /** What stands in the place of variables, and of macros and other names, whatever is rendered. Default: nothing does. */
  readonly standIns?: StandIns | undefined;
  /** Told once of each ephemeral model that was compiled, for its own sake or for one that reads it. Default: nobody. */
  readonly onEphemeral?: ((compiled: CompiledNode) => void) | undefined;
}

/** One batch of a microbatch model: the stretch from `start` up to, not including, `end`. */
export interface Batch extends BatchRequest {
  readonly start: Date;
  readonly end: Date;
}

/**
 * In whose context a text is rendered or a macro called. A node with code of its own is `model` and `this` there; a
 * source, or a macro that is run by itself, is not.
 */
export type Owner = CodeNode | Pick<SourceNode | MacroNode, 'resource_type' | 'package_name' | 'original_file_path'>;

export interface MacroCall {
  readonly args?: readonly Value[] | undefined;
  readonly kwargs?: ReadonlyMap<string, Value> | undefined;
  /** Names that are found before all others. */
  readonly extra?: ReadonlyMap<string, Value> | undefined;
  readonly transaction?: Transaction | undefined;
  readonly materialize?: Rendering['materialize'];
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
  /** The node whose foreign keys name relations in the place of `ref()` and `source()`. */
  withForeignKeys(node: Node): Node;
  /**
   * The SQL of a model, test, unit test, analysis or snapshot. Throws `TemplateError`, `Problem` or `StatementError`.
   * @param batch the stretch of time of a microbatch model.
   * @param partitions what a model with partitions is built for. Default: its newest partition.
   * @param session what `run_query` and the like use; without it such a call is an error.
   */
  compile(id: string, session: Session | undefined, batch?: Batch, partitions?: PartitionSlice): Promise<CompiledNode>;
  /**
   * A hook's SQL as the warehouse gets it, empty if there is nothing to do. Throws `TemplateError` or `Problem`.
   * @param extra names that are found before all others.
   * @param batch the one of a microbatch model that it comes before or after.
   */
  hook(
    text: string,
    node: Node,
    session: Session | undefined,
    extra?: ReadonlyMap<string, Value>,
    batch?: Batch,
  ): Promise<string>;
  /** Renders other text in the context of a node. `extra` names are found before all others. */
  render(text: string, owner: Owner, session: Session | undefined, extra?: ReadonlyMap<string, Value>): Promise<string>;
  /**
   * Calls a macro in the context of a node: a materialization, or a macro that takes the place of a part of one.
   *
   * @param macro one of the project's, or the name of one that comes with Ingot.
   */
  call(macro: MacroNode | string, owner: Owner, session: Session, request?: MacroCall): Promise<Called>;
}
