import { crc32 } from 'node:zlib';
import { besideMacros, type Project } from '../../1-parse/index.ts';
import type { Diagnostic, GraphNode, Node, TestNode, UnitTestNode } from '../../core/index.ts';
import type { Graph } from '../graph.ts';
import { DeferredMap } from './deferred-map.ts';
import { NodeMap } from './node-map.ts';
import { type NodeRows, nodeRows } from './node-rows.ts';
import { type ReadLarge, RowReader } from './row-reader.ts';

/** Maps of the project that are kept as they are. */
const plain = ['macros', 'docs', 'groups', 'disabled'] as const;
/** Maps of the project whose nodes are kept as rows, in this order. */
const kinds = [
  'sources',
  'nodes',
  'functions',
  'exposures',
  'saved_queries',
  'semantic_models',
  'metrics',
  'unit_tests',
] as const;

type Kind = (typeof kinds)[number];
type Plain = Readonly<Record<(typeof plain)[number], readonly (readonly [string, never])[]>>;

interface Content extends Plain {
  readonly nodes: NodeRows;
  /** How many rows there are of each kind. */
  readonly counts: readonly number[];
  readonly dropped: readonly number[];
  readonly order: readonly number[];
}

interface Header {
  readonly format: number;
  readonly fingerprint: string;
  /** Bytes of the content; behind it stand the second parts of the rows. */
  readonly content: number;
  readonly sum: number;
}

const format = 4;

/** A graph as the pieces of a file, without the large parts of its nodes; `restoreGraph` reads it back. */
export function keepGraph(graph: Graph): readonly Buffer[] {
  const { project } = graph;
  const byKind = kinds.map((kind) => nodesOf(graph, kind));
  const all = byKind.flat();
  const numbers = new Map(all.map((node, number) => [node.unique_id, number]));
  const { rows, seconds } = nodeRows(all);
  const content: Content = {
    nodes: rows,
    counts: byKind.map((nodes) => nodes.length),
    dropped: [...graph.dropped.keys()].map((id) => numbers.get(id) ?? -1),
    order: graph.order.map((id) => numbers.get(id) ?? -1),
    ...(Object.fromEntries(plain.map((name) => [name, [...project[name]]])) as unknown as Plain),
  };
  const first = Buffer.from(JSON.stringify(content));
  const sum = seconds.reduce((before, piece) => crc32(piece, before), crc32(first));
  const header: Header = { format, fingerprint: project.fingerprint, content: first.length, sum };
  return [Buffer.from(`${JSON.stringify(header)}\n`), first, ...seconds];
}

/** The project's nodes of a kind, as the graph has them. */
function nodesOf(graph: Graph, kind: Kind): readonly GraphNode[] {
  if (kind === 'unit_tests') return unitTestsOf(graph);
  const found = graph.project[kind] as ReadonlyMap<string, GraphNode>;
  return [...found.values()].map(
    (node) => graph.nodes.get(node.unique_id) ?? graph.dropped.get(node.unique_id) ?? node,
  );
}

/** Unit tests as the graph has them: told apart by versions, and those of disabled models. */
function unitTestsOf({ project, nodes, dropped }: Graph): readonly UnitTestNode[] {
  if (project.unit_tests.size === 0) return [];
  return [...nodes.values(), ...dropped.values()].filter((node) => node.resource_type === 'unit_test');
}

export interface RestoreInput {
  /** Of the graph that was kept. */
  readonly fingerprint: string;
  /** What is not kept with the graph. */
  readonly project: Pick<Project, 'settings' | 'packages' | 'selectors'>;
  readonly diagnostics: readonly Diagnostic[];
  readonly large: ReadLarge;
}

export interface RestoredGraph {
  /** Its diagnostics stand in the project's. */
  readonly graph: Graph;
  /** Puts a node in place of the one with its id. */
  replace(node: Node): void;
}

/** Reads a graph back, each node when it is asked for; undefined where it is another one, or damaged. */
export function restoreGraph(bytes: Buffer, input: RestoreInput): RestoredGraph | undefined {
  const lineEnd = bytes.indexOf(10);
  if (lineEnd < 0) return undefined;
  const header = JSON.parse(bytes.toString('utf8', 0, lineEnd)) as Header;
  const body = bytes.subarray(lineEnd + 1);
  if (header.format !== format || header.fingerprint !== input.fingerprint || crc32(body) !== header.sum) {
    return undefined;
  }
  const content = JSON.parse(body.toString('utf8', 0, header.content)) as Content;
  const [sources = 0] = content.counts;
  const reader = new RowReader(content.nodes, body.subarray(header.content), (number) => input.large(number - sources));
  const dropped = new Set(content.dropped);
  const numbers = reader.ids.map((_, number) => number);
  const graphNumbers = dropped.size === 0 ? numbers : numbers.filter((number) => !dropped.has(number));
  const nodes = new NodeMap<GraphNode>(reader, graphNumbers);
  const connections = connectRows(reader, graphNumbers);
  const { settings, packages, selectors } = input.project;
  const maps = Object.fromEntries(plain.map((name) => [name, new Map(content[name])])) as unknown as Pick<
    Project,
    (typeof plain)[number]
  >;
  const graph: Graph = {
    project: {
      name: settings.name,
      version: settings.version,
      root: settings.root,
      settings: besideMacros(settings, maps.macros),
      packages,
      selectors,
      ...maps,
      ...mapsByKind(reader, numbers, content.counts),
      diagnostics: input.diagnostics,
      fingerprint: input.fingerprint,
    },
    nodes,
    parents: new DeferredMap(() => connections().parents),
    children: new DeferredMap(() => connections().children),
    order: content.order.map((number) => reader.ids[number] as string),
    dropped: new NodeMap<TestNode | UnitTestNode>(reader, content.dropped),
    diagnostics: [],
  };
  return {
    graph,
    replace: (node) => reader.replace(reader.ids.indexOf(node.unique_id), node),
  };
}

function mapsByKind(reader: RowReader, numbers: readonly number[], counts: readonly number[]): Pick<Project, Kind> {
  let from = 0;
  const maps = kinds.map((kind, index) => {
    const to = from + (counts[index] ?? 0);
    const map = new NodeMap<GraphNode>(reader, numbers.slice(from, to));
    from = to;
    return [kind, map] as const;
  });
  return Object.fromEntries(maps) as unknown as Pick<Project, Kind>;
}

type Neighbours = ReadonlyMap<string, readonly string[]>;

/** Most nodes have no children: one list serves them all. */
const none: readonly never[] = [];

/** As `connect`, for nodes that need not be made for it. */
function connectRows(
  reader: RowReader,
  numbers: readonly number[],
): () => { readonly parents: Neighbours; readonly children: Neighbours } {
  let made: { readonly parents: Neighbours; readonly children: Neighbours } | undefined;
  return () => {
    if (made) return made;
    const parents = new Map<string, readonly string[]>();
    const children = new Map<string, string[] | readonly never[]>();
    for (const number of numbers) children.set(reader.ids[number] as string, none);
    for (const number of numbers) {
      const id = reader.ids[number] as string;
      const above = reader.dependencies(number);
      parents.set(id, above);
      for (const parent of above) {
        const known = children.get(parent);
        if (known === undefined || known === none) children.set(parent, [id]);
        else (known as string[]).push(id);
      }
    }
    made = { parents, children };
    return made;
  };
}
