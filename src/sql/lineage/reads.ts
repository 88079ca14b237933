import { remembered } from '../remembered.ts';
import type { BaseColumn, FilterHow, Flow, Lineage } from './lineage.ts';
import { pour, startFlow } from './lineage.ts';

/**
 * The columns that choose, join, group or order rows of a query. A common table has its own, because they count only if
 * it is read; a subquery writes into those of the query around it.
 */
export interface Reads {
  readonly flows: Map<FilterHow, Flow>;
  /** Of the common tables that are read. */
  readonly others: Set<Reads>;
}

export const startReads = (): Reads => ({ flows: new Map(), others: new Set() });

/** Where a condition's columns are written down. */
export function filterFlow(reads: Reads, how: FilterHow): Flow {
  return remembered(reads.flows, how, () => startFlow());
}

/** All that is read here and by the common tables that are read from here, each once. */
export function reachable(reads: Reads): ReadonlySet<Reads> {
  const found = new Set([reads]);
  for (const next of found) for (const other of next.others) found.add(other);
  return found;
}

/** The base columns of all filters that reach a query, in the order in which they were found. */
export function collectFilters(
  reads: Reads,
  expand: (column: BaseColumn) => Lineage | undefined,
): ReadonlyMap<FilterHow, ReadonlySet<BaseColumn>> {
  const collected = new Map<FilterHow, Set<BaseColumn>>();
  for (const one of reachable(reads)) {
    for (const [how, flow] of one.flows) {
      const columns = remembered(collected, how, () => new Set());
      for (const column of flow.into.keys()) {
        const lineage = expand(column);
        if (lineage) for (const base of lineage.keys()) columns.add(base);
        else columns.add(column);
      }
    }
  }
  return collected;
}

/** Reads a value's lineage as a filter. */
export function pourFilter(lineage: Lineage, reads: Reads, how: FilterHow): void {
  pour(lineage, filterFlow(reads, how));
}
