import { crc32 } from 'node:zlib';
import { besideMacros, type Project } from '../../1-parse/index.ts';
import type { Diagnostic, GraphNode, Node, TestNode, UnitTestNode } from '../../core/index.ts';
import type { Graph } from '../graph.ts';
import { type NodeRows, nodeRows } from './node-rows.ts';
import { RowMap, RowSet } from './row-map.ts';
import { type ReadLarge, RowReader } from './row-reader.ts';
import { SecondParts } from './second-parts.ts';

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
  /** Of the content. */
  readonly sum: number;
  /** Bytes of the second parts. */
  readonly seconds: number;
}

const format = 5;
/** Bytes in which the header has its end. */
const headerSpace = 1024;

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
  const header: Header = {
    format,
    fingerprint: project.fingerprint,
    content: first.length,
    sum: crc32(first),
    seconds: seconds.reduce((sum, piece) => sum + piece.length, 0),
  };
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

/** What a graph is kept in. What is read of it stays as it was when it was opened. */
export interface KeptBytes {
  readonly size: number;
  read(from: number, to: number): Buffer;
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
export function restoreGraph(kept: KeptBytes, input: RestoreInput): RestoredGraph | undefined {
  const head = kept.read(0, headerSpace);
  const start = head.indexOf(10) + 1;
  if (start === 0) return undefined;
  const header = JSON.parse(head.toString('utf8', 0, start)) as Header;
  if (header.format !== format || header.fingerprint !== input.fingerprint) return undefined;
  const end = start + header.content;
  if (kept.size !== end + header.seconds) return undefined;
  const first = kept.read(start, end);
  if (crc32(first) !== header.sum) return undefined;
  const content = JSON.parse(first.toString()) as Content;
  const [sources = 0] = content.counts;
  const seconds = new SecondParts(content.nodes.ends, (from, to) => kept.read(end + from, end + to));
  const reader = new RowReader(content.nodes, seconds, (number) => input.large(number - sources));
  const dropped = new Set(content.dropped);
  const numbers = reader.ids.map((_, number) => number);
  const left = dropped.size === 0 ? numbers : numbers.filter((number) => !dropped.has(number));
  const rows = new RowSet(reader, left);
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
    nodes: nodeMap(reader, rows),
    parents: new RowMap(rows, (number) => reader.dependencies(number)),
    children: new RowMap(rows, childrenIn(reader, rows)),
    order: content.order.map((number) => reader.ids[number] as string),
    dropped: nodeMap<TestNode | UnitTestNode>(reader, new RowSet(reader, content.dropped)),
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
    const map = nodeMap(reader, new RowSet(reader, numbers.slice(from, to)));
    from = to;
    return [kind, map] as const;
  });
  return Object.fromEntries(maps) as unknown as Pick<Project, Kind>;
}

/** Nodes that need not be made to be found. */
const nodeMap = <Kind extends GraphNode>(reader: RowReader, rows: RowSet): RowMap<Kind> =>
  new RowMap(rows, (number) => reader.node(number) as Kind);

/** Most nodes have no children: one list serves them all. */
const none: readonly never[] = [];

/** The children of rows, worked out of all rows' parents when the first is asked for. */
function childrenIn(reader: RowReader, rows: RowSet): (number: number) => readonly string[] {
  let children: (string[] | undefined)[] | undefined;
  const find = (): (string[] | undefined)[] => {
    const found: (string[] | undefined)[] = [];
    for (const number of rows.numbers) {
      for (const parent of reader.parents(number)) {
        const known = found[parent];
        if (known) known.push(rows.idOf(number));
        else found[parent] = [rows.idOf(number)];
      }
    }
    return found;
  };
  return (number) => {
    children ??= find();
    return children[number] ?? none;
  };
}
