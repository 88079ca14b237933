import type { Graph } from '../../2-graph/index.ts';
import type { Adapter, Column, Node, Relation, SourceNode } from '../../core/index.ts';
import type { CatalogTable, Dialect, Query } from '../../sql/index.ts';
import type { CompiledNode } from '../compilation.ts';
import type { Located } from './diagnostic-at.ts';
import type { KnownColumns } from './known-columns.ts';
import type { NodeAnalysis } from './node-analysis.ts';

export interface AnalystInput {
  readonly graph: Graph;
  readonly adapter: Adapter;
  /** The name of an SQL dialect. */
  readonly dialect: string;
  /** The SQL of a node that nobody has handed in; undefined where it cannot be had without the warehouse. */
  readonly compile: (id: string) => Promise<CompiledNode | undefined>;
  /** What the warehouse says of a source; undefined where it cannot be asked or does not have it. Default: never asked. */
  readonly describe?: ((source: SourceNode, relation: Relation) => Promise<readonly Column[] | undefined>) | undefined;
  /**
   * Whether the columns of a parent are those that its code says. Where it may be an older table, they are not. Default:
   * of every node.
   */
  readonly isCurrent?: ((node: Node) => boolean) | undefined;
  /** What the warehouse says of the table of a node that is not current. Default: nothing is known of such a table. */
  readonly describeBuilt?: ((node: Node, relation: Relation) => Promise<readonly Column[] | undefined>) | undefined;
  /** What SQL names in the place of nodes' own relations, by unique id. Default: nothing. */
  readonly deferred?: ReadonlyMap<string, Relation> | undefined;
  /**
   * With it, only names and types of columns and problems are worked out, not where columns come from, and what is known
   * is not worked out again. Default: all is.
   */
  readonly known?: KnownColumns | undefined;
}

/** Knows the columns of nodes, each worked out once from its SQL and its parents' columns. */
export interface Analyst {
  /** Of a node that was compiled, or is now. Problems of its SQL are in the diagnostics. */
  analyze(id: string, compiled?: CompiledNode): Promise<NodeAnalysis>;
  /** The query of a node, to look at it in another way. Undefined where its SQL is not known, or is none. */
  queryOf(id: string, compiled?: CompiledNode): Promise<NodeQuery | undefined>;
  /** What the name of a column is compared by. */
  columnKey(name: string): string;
}

/** The query that a node is. */
export interface NodeQuery {
  readonly query: Query;
  readonly dialect: Dialect;
  /** The way from its places to the templates. */
  readonly text: Located;
  /** A table that it names, by the parts of the name as names are compared. What the catalogue calls it is its node's id. */
  table(parts: readonly string[]): CatalogTable | undefined;
  /** All that it can name. */
  readonly tables: readonly CatalogTable[];
}
