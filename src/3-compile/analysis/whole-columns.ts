import type { Column } from '../../core/index.ts';
import { type NodeAnalysis, type NodeColumn, unknownAnalysis } from './node-analysis.ts';

/** Columns that are all there are, and of which nothing else is known. */
export function wholeColumns(columns: readonly NodeColumn[]): NodeAnalysis {
  return { ...unknownAnalysis, columns, complete: true };
}

/** What a warehouse says of a table. Undefined where it does not know of one. */
export function describedColumns(described: readonly Column[] | undefined): NodeAnalysis | undefined {
  if (!described || described.length === 0) return undefined;
  return wholeColumns(described.map(({ name, type }) => ({ name, type, nullable: true, sources: [] })));
}
