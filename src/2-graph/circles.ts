import type { Diagnostic, GraphNode, Span } from '../core/index.ts';
import { error } from '../core/index.ts';

/**
 * One error for every circle (strongly connected component) among `candidates`, with a shortest path around it.
 */
export function findCircles(
  nodes: ReadonlyMap<string, GraphNode>,
  parents: ReadonlyMap<string, readonly string[]>,
  candidates: readonly string[],
): Diagnostic[] {
  if (candidates.length === 0) return [];
  return components(candidates, parents).flatMap((component) => {
    const path = pathAround(component, parents);
    return path === undefined ? [] : [circleError(path, nodes)];
  });
}

/** Tarjan's algorithm without recursion, so that a long chain does not end the stack. */
function components(candidates: readonly string[], parents: ReadonlyMap<string, readonly string[]>): string[][] {
  const within = new Set(candidates);
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open = new Set<string>();
  const waiting: string[] = [];
  const found: string[][] = [];
  const lower = (id: string, value: number): void => void low.set(id, Math.min(low.get(id) ?? value, value));
  const enter = (id: string): { id: string; next: number; above: readonly string[] } => {
    index.set(id, index.size);
    low.set(id, index.size - 1);
    open.add(id);
    waiting.push(id);
    return { id, next: 0, above: (parents.get(id) ?? []).filter((parent) => within.has(parent)) };
  };
  const close = (id: string): void => {
    if (low.get(id) !== index.get(id)) return;
    const component = waiting.splice(waiting.lastIndexOf(id));
    for (const member of component) open.delete(member);
    found.push(component);
  };
  for (const start of candidates) {
    if (index.has(start)) continue;
    const stack = [enter(start)];
    for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
      const parent = frame.above[frame.next];
      frame.next += 1;
      if (parent === undefined) {
        stack.pop();
        close(frame.id);
        const below = stack.at(-1);
        if (below !== undefined) lower(below.id, low.get(frame.id) ?? 0);
      } else if (!index.has(parent)) stack.push(enter(parent));
      else if (open.has(parent)) lower(frame.id, index.get(parent) ?? 0);
    }
  }
  return found;
}

/** A shortest way from the component's first member through what it reads back to itself; undefined without one. */
function pathAround(
  component: readonly string[],
  parents: ReadonlyMap<string, readonly string[]>,
): readonly string[] | undefined {
  const members = new Set(component);
  const start = component[0] ?? '';
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (let at = 0; at < queue.length; at += 1) {
    const id = queue[at] ?? '';
    for (const parent of parents.get(id) ?? []) {
      if (!members.has(parent) || cameFrom.has(parent)) continue;
      cameFrom.set(parent, id);
      if (parent === start) return walkBack(start, cameFrom);
      queue.push(parent);
    }
  }
  return undefined;
}

function walkBack(start: string, cameFrom: ReadonlyMap<string, string>): readonly string[] {
  const path = [start];
  for (let id = cameFrom.get(start) ?? start; id !== start; id = cameFrom.get(id) ?? start) path.push(id);
  return [start, ...path.reverse()];
}

function circleError(path: readonly string[], nodes: ReadonlyMap<string, GraphNode>): Diagnostic {
  const names = path.map((id) => nodes.get(id)?.name ?? id);
  const steps = path.slice(0, -1).map((id, at) => {
    const node = nodes.get(id);
    const next = path[at + 1] ?? '';
    return {
      message: `'${names[at]}' (${node?.original_file_path}) reads '${names[at + 1]}'`,
      span: node === undefined ? undefined : readingSpan(node, next, nodes),
    };
  });
  return error('graph/circle', `Found a cycle: ${names.join(' → ')}`, {
    span: steps[0]?.span,
    hint: 'One of these models has to stop reading the next',
    notes: steps,
  });
}

/** Where `node` refers to `target`: the call whose name fits, else the node itself. */
function readingSpan(node: GraphNode, target: string, nodes: ReadonlyMap<string, GraphNode>): Span {
  if (node.resource_type === 'source' || node.resource_type === 'unit_test') return node.origin.definition;
  const name = nodes.get(target)?.name;
  const at = node.refs.findIndex((ref) => ref.name === name);
  return node.origin.refs?.[at] ?? node.origin.definition;
}
