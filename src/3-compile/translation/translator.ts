import type { Graph } from '../../2-graph/index.ts';
import type { Adapter } from '../../core/index.ts';
import type { Analyst } from '../analysis/analyst.ts';
import type { KeptByKey } from '../kept-by-key.ts';

export interface TranslatorInput {
  readonly graph: Graph;
  readonly adapter: Adapter;
  /** The name of the SQL dialect that the project is written in. */
  readonly from: string;
  /** Knows the columns of what a node reads: with types, more can be said. */
  readonly analyst: () => Promise<Analyst | undefined>;
  /** What earlier commands have said in the warehouse's dialect. Default: all is said anew. */
  readonly kept?: KeptByKey<string> | undefined;
}

export type { Translator } from '../compilation.ts';
