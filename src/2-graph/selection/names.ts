import { type GraphNode, isVersioned } from '../../core/index.ts';
import type { Graph } from '../graph.ts';
import { NamedRows } from '../kept/row-map.ts';
import { globMatcher, hasWildcard } from './glob.ts';

/** So many names are looked for node by node: making tables costs as much as that. */
const looksWithoutTables = 4;

/**
 * Finds nodes by fully qualified name: many exact names from tables, a few or a pattern by a look at every node, or at
 * those in whose name the first part stands, where that can be told.
 */
export class NameIndex {
  readonly #graph: Graph;
  #looks = 0;
  #all: readonly GraphNode[] | undefined;
  #tables: NameTables | undefined;

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** Every node but sources whose qualified name matches, by dbt's rules for `fqn:` and bare names. */
  find(selector: string): Iterable<string> {
    const matches = nameMatcher(selector);
    const found = new Set<string>();
    for (const node of this.#candidates(selector)) if (matches(node)) found.add(node.unique_id);
    return found;
  }

  #candidates(selector: string): Iterable<GraphNode> {
    const parts = selector.split('.');
    const [first = ''] = parts;
    this.#looks += 1;
    if (hasWildcard(first)) return this.#nodes;
    if (this.#looks > looksWithoutTables) {
      this.#tables ??= new NameTables(this.#nodes);
      return this.#tables.candidates(selector);
    }
    const { nodes } = this.#graph;
    if (!(nodes instanceof NamedRows) || selector.includes('\n')) return this.#nodes;
    return [...new Set([first, lastTwo(parts)])].flatMap((text) => [...nodes.named(text)]);
  }

  get #nodes(): readonly GraphNode[] {
    this.#all ??= [...this.#graph.nodes.values()].filter((node) => node.resource_type !== 'source');
    return this.#all;
  }
}

/** All that an exact name can mean of a node; empty for sources, which are not found by name. */
export function nameLine(node: GraphNode): string {
  if (node.resource_type === 'source') return '';
  return [...node.fqn, ...(isVersioned(node) ? [versionedName(node)] : [])].join('.');
}

/** Nodes by all that the start of an exact name can be. */
class NameTables {
  readonly #byLeaf = new Map<string, GraphNode | GraphNode[]>();
  readonly #byVersionedName = new Map<string, GraphNode | GraphNode[]>();
  /** By the first segment of the path, with and without the package. */
  readonly #byStart = new Map<string, GraphNode | GraphNode[]>();

  constructor(nodes: readonly GraphNode[]) {
    for (const node of nodes) {
      append(this.#byLeaf, leafOf(node), node);
      if (isVersioned(node)) append(this.#byVersionedName, versionedName(node), node);
      append(this.#byStart, node.fqn[0] ?? '', node);
      if (node.fqn[1] !== undefined) append(this.#byStart, node.fqn[1].split('.')[0] ?? '', node);
    }
  }

  candidates(selector: string): readonly GraphNode[] {
    const parts = selector.split('.');
    const found = [
      this.#byLeaf.get(selector),
      this.#byVersionedName.get(lastTwo(parts)),
      this.#byStart.get(parts[0] ?? ''),
    ];
    return found.flat().filter((node) => node !== undefined);
  }
}

/**
 * Compares the node's own name; else segment by segment, from the package on and from behind it. From the first segment
 * with a wildcard on, the rest is one pattern for all that is left of the path; a bare pattern is tried on the own name.
 */
function nameMatcher(selector: string): (node: GraphNode) => boolean {
  const parts = selector.split('.');
  const [first = ''] = parts;
  const versioned = lastTwo(parts);
  const firstPattern = parts.findIndex(hasWildcard);
  const plain = firstPattern < 0 ? parts : parts.slice(0, firstPattern);
  const rest = firstPattern < 0 ? undefined : globMatcher(parts.slice(firstPattern).join('.'));
  const ofLeaf = firstPattern === 0 && parts.length === 1 ? rest : undefined;
  const matchesFrom = (path: readonly string[], start: number): boolean => {
    if (path.length - start < parts.length) return false;
    if (!plain.every((part, index) => part === path[start + index])) return false;
    return rest === undefined || rest(path.slice(start + plain.length).join('.'));
  };
  return (node) => {
    const leaf = leafOf(node);
    if (leaf === selector || ofLeaf?.(leaf) === true) return true;
    if (isVersioned(node) && versionedName(node) === versioned) return true;
    const [packageName, second] = node.fqn;
    // Most nodes part here, before their path has to be looked at.
    if (firstPattern !== 0 && packageName !== first && second?.startsWith(first) !== true) return false;
    const path = pathOf(node);
    return matchesFrom(path, 0) || matchesFrom(path, 1);
  };
}

/** The node's own name: what a bare name means. */
function leafOf(node: GraphNode): string {
  return node.fqn[node.fqn.length - (isVersioned(node) ? 2 : 1)] ?? '';
}

/** `orders_v2` */
const versionedName = (node: GraphNode): string => lastTwo(node.fqn);

const lastTwo = (parts: readonly string[]): string => parts.slice(-2).join('_');

/** `['shop', 'staging', 'orders']`: dots in a segment separate too. */
function pathOf(node: GraphNode): readonly string[] {
  return node.fqn.some((segment) => segment.includes('.'))
    ? node.fqn.flatMap((segment) => segment.split('.'))
    : node.fqn;
}

function append(table: Map<string, GraphNode | GraphNode[]>, key: string, node: GraphNode): void {
  const known = table.get(key);
  if (known === undefined) table.set(key, node);
  else if (Array.isArray(known)) known.push(node);
  else table.set(key, [known, node]);
}
