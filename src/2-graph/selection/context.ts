import type { Diagnostic, GraphNode } from '../../core/index.ts';
import type { Graph } from '../graph.ts';
import { NameIndex } from './names.ts';
import { PathIndex } from './paths.ts';
import type { PreviousState, SelectionRequest } from './request.ts';

/** What the methods look into: the graph, its indexes (made when first asked for), and the request's own data. */
export interface SelectionContext {
  readonly graph: Graph;
  readonly names: NameIndex;
  readonly paths: PathIndex;
  readonly workingFolder: string;
  readonly now: Date;
  readonly previous: PreviousState | undefined;
  /** Says something about the project that showed while selecting; twice the same counts once. */
  readonly report: (diagnostic: Diagnostic) => void;
  nodesWhere(matches: (node: GraphNode) => boolean): Iterable<string>;
  /** The ids that are in the graph. */
  existing(ids: Iterable<string>): Iterable<string>;
}

interface Indexes {
  names?: NameIndex;
  paths?: PathIndex;
}

const known = new WeakMap<Graph, Indexes>();

export function createContext(
  graph: Graph,
  { workingFolder = '', now = new Date(0), previous }: SelectionRequest,
  report: (diagnostic: Diagnostic) => void,
): SelectionContext {
  const indexes = known.get(graph) ?? {};
  known.set(graph, indexes);
  return {
    graph,
    workingFolder,
    now,
    previous,
    report,
    get names() {
      indexes.names ??= new NameIndex(graph);
      return indexes.names;
    },
    get paths() {
      indexes.paths ??= new PathIndex(graph);
      return indexes.paths;
    },
    *nodesWhere(matches) {
      for (const [id, node] of graph.nodes) if (matches(node)) yield id;
    },
    *existing(ids) {
      for (const id of ids) if (graph.nodes.has(id)) yield id;
    },
  };
}
