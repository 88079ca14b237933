import type { BaseColumn, How, Lineage } from './lineage.ts';
import { pourColumn, startFlow, stronger } from './lineage.ts';

/**
 * The lineage of a recursive common table's columns. While its recursive arms were looked through, its own columns stood
 * in the lineage for themselves (`columns`); here they are replaced by what they stand for, until nothing changes.
 *
 * @param columns - The stand-ins, in the order of `lineages`.
 * @param lineages - Of each column, over all arms, stand-ins included.
 */
export function closeRecursion(columns: readonly BaseColumn[], lineages: readonly Lineage[]): Lineage[] {
  const position = new Map(columns.map((column, index) => [column, index]));
  return lineages.map((_, start) => {
    const flow = startFlow();
    const reached = new Map<number, How>([[start, 'copied']]);
    const waiting = [start];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const soFar = reached.get(next) ?? 'copied';
      for (const [column, how] of lineages[next] ?? []) {
        const through = stronger(soFar, how);
        const own = position.get(column);
        if (own === undefined) {
          pourColumn(column, through, flow);
          continue;
        }
        const before = reached.get(own);
        if (before !== undefined && stronger(before, through) === before) continue;
        reached.set(own, through);
        waiting.push(own);
      }
    }
    return flow.into;
  });
}
