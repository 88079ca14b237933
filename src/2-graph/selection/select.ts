import type { CodeNode, Diagnostic, GraphNode } from '../../core/index.ts';
import { hasOwnCode, Problem } from '../../core/index.ts';
import type { Graph } from '../graph.ts';
import { createContext } from './context.ts';
import { evaluate } from './evaluate.ts';
import type { Selection, SelectionRequest } from './request.ts';
import { defaultSelector, parseSelector } from './selectors.ts';
import { parseArguments, type Specification } from './specification.ts';

/**
 * The nodes that a command line or a YAML selector selects, by dbt's rules, plus the method `layer:`. Without
 * `select`, `exclude` and `selector` the project's default selector counts, and without one everything is selected.
 * A faulty selection gives no ids and an error in `diagnostics`; it never throws for one.
 */
export function select(graph: Graph, request: SelectionRequest): Selection {
  const diagnostics: Diagnostic[] = [];
  try {
    const chosen = choose(graph, request, diagnostics);
    const ids = graph.order.filter((id) => {
      if (chosen !== 'everything' && !chosen.has(id)) return false;
      const node = graph.nodes.get(id);
      return node !== undefined && isWanted(node, request);
    });
    return { ids, diagnostics };
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown;
    return { ids: [], diagnostics: [...diagnostics, ...thrown.diagnostics] };
  }
}

function choose(
  graph: Graph,
  request: SelectionRequest,
  diagnostics: Diagnostic[],
): ReadonlySet<string> | 'everything' {
  const specification = specify(graph, request);
  if (specification.kind === 'everything') return 'everything';
  const told = new Set<string>();
  const context = createContext(graph, request, (diagnostic) => {
    if (!told.has(diagnostic.message)) diagnostics.push(diagnostic);
    told.add(diagnostic.message);
  });
  return evaluate(context, specification, diagnostics);
}

function specify(graph: Graph, request: SelectionRequest): Specification {
  const { selectors } = graph.project;
  const { select: included, exclude: excluded, indirectSelection } = request;
  if (request.selector !== undefined) return parseSelector(selectors, request.selector, indirectSelection);
  if (included.length > 0 || excluded.length > 0) return parseArguments(included, excluded, indirectSelection);
  const name = defaultSelector(selectors);
  return name === undefined ? { kind: 'everything' } : parseSelector(selectors, name, indirectSelection);
}

function isWanted(node: GraphNode, request: SelectionRequest): boolean {
  const { resourceTypes, excludeResourceTypes, includeEmptyNodes = false } = request;
  if (resourceTypes !== undefined && !resourceTypes.includes(node.resource_type)) return false;
  if (excludeResourceTypes?.includes(node.resource_type) === true) return false;
  return includeEmptyNodes || !isEmpty(node);
}

/** A node whose file holds no SQL. Nodes without a SQL file of their own never count as empty. */
function isEmpty(node: GraphNode): boolean {
  if (!hasOwnCode(node) || node.resource_type === 'seed' || readsSomething(node)) return false;
  if (node.resource_type === 'test' && node.test_metadata !== null) return false;
  return !/\S/.test(node.raw_code);
}

/**
 * Whether its code certainly reads other nodes: that is asked first, since most else of a node may have to be fetched from
 * far. Hooks, which read too, stand elsewhere.
 */
function readsSomething({ depends_on: { nodes }, config }: CodeNode): boolean {
  return nodes.length > 0 && !config['pre-hook']?.length && !config['post-hook']?.length;
}
