import type { NodeAnalysis } from '../../3-compile/index.ts';

/** Knows the columns of nodes. */
export interface OpenAnalysis {
  /** Undefined where Ingot cannot read the warehouse's SQL. */
  analyze(id: string): Promise<NodeAnalysis | undefined>;
  /** What the name of a column is compared by. */
  columnKey(name: string): string;
  close(): Promise<void>;
}
