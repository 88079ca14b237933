import type { Graph } from '../graph.ts';
import type { Criterion } from './criterion.ts';

/** The selected ids with those that the criterion's graph operators add. */
export function withNeighbours(graph: Graph, criterion: Criterion, selected: ReadonlySet<string>): Set<string> {
  const result = new Set(selected);
  if (criterion.childrensParents) {
    addAll(result, reach(graph.children, selected));
    addAll(result, reach(graph.parents, new Set(result)));
  }
  if (criterion.parents) addAll(result, reach(graph.parents, selected, criterion.parentsDepth));
  if (criterion.children) addAll(result, reach(graph.children, selected, criterion.childrenDepth));
  return result;
}

/** Everything that can be reached along edges in at most `depth` steps. */
export function reach(
  edges: ReadonlyMap<string, readonly string[]>,
  start: Iterable<string>,
  depth: number = Number.POSITIVE_INFINITY,
): Set<string> {
  const found = new Set<string>();
  let layer = [...start];
  for (let step = 0; step < depth && layer.length > 0; step += 1) {
    const next: string[] = [];
    for (const id of layer) {
      for (const neighbour of edges.get(id) ?? []) {
        if (found.has(neighbour)) continue;
        found.add(neighbour);
        next.push(neighbour);
      }
    }
    layer = next;
  }
  return found;
}

function addAll(target: Set<string>, ids: Iterable<string>): void {
  for (const id of ids) target.add(id);
}
