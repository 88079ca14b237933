import type { Graph } from '../../2-graph/index.ts';
import type { Adapter, Node } from '../../core/index.ts';
import type { Analyst } from '../analysis/analyst.ts';
import type { CompiledNode } from '../compilation.ts';

export interface TranslatorInput {
  readonly graph: Graph;
  readonly adapter: Adapter;
  /** The name of the SQL dialect that the project is written in. */
  readonly from: string;
  /** Knows the columns of what a node reads: with types, more can be said. */
  readonly analyst: () => Promise<Analyst | undefined>;
}

/** Says what is written in another dialect in the warehouse's. */
export interface Translator {
  /** The node with the SQL that the warehouse gets. Throws `Problem` for what cannot be said there. */
  translate(node: Node, compiled: CompiledNode): Promise<CompiledNode>;
  /** Statements that a session needs before it runs `sql`; without it, all that any translated SQL can need. */
  prelude(sql?: string): readonly string[];
}
