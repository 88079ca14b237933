import { crc32 } from 'node:zlib';
import { besideMacros, type Project } from '../../1-parse/index.ts';
import type { Diagnostic, GraphNode, Node, TestNode, UnitTestNode } from '../../core/index.ts';
import type { Graph } from '../graph.ts';
import { nameLine } from '../selection/names.ts';
import { blockSizes, type NodeRows, nodeRows } from './node-rows.ts';
import { listBytes, NumberLists } from './number-lists.ts';
import { PlaceTable, placeTable } from './place-table.ts';
import { RowBlocks } from './row-blocks.ts';
import { NamedRows, RowMap, RowSet } from './row-map.ts';
import { type ReadLarge, type RowLinks, RowReader } from './row-reader.ts';

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
}

interface Header {
  readonly format: number;
  readonly fingerprint: string;
  /** Bytes of the parts of the file, in this order; the second parts of the rows stand behind them. */
  readonly parts: Readonly<Record<'content' | 'names' | 'lists' | 'first', number>>;
  readonly second: number;
  /** Of all but the second parts. */
  readonly sum: number;
}

const format = 8;
/** Bytes in which the header has its end. */
const headerSpace = 1024;

/** A graph as the pieces of a file, without the large parts of its nodes; `restoreGraph` reads it back. */
export function keepGraph(graph: Graph): readonly Buffer[] {
  const { project } = graph;
  const byKind = kinds.map((kind) => nodesOf(graph, kind));
  const all = byKind.flat();
  const { rows, numbers, first, second, parents } = nodeRows(all);
  const content: Content = {
    nodes: rows,
    counts: byKind.map((nodes) => nodes.length),
    dropped: [...graph.dropped.keys()].map((id) => numbers.get(id) ?? -1),
    ...(Object.fromEntries(plain.map((name) => [name, [...project[name]]])) as unknown as Plain),
  };
  const written = Buffer.from(JSON.stringify(content));
  // A line for each row.
  const lines = all.map((node) => `${nameLine(node).replaceAll('\n', ' ')}\n`).join('');
  // What stands behind begins where numbers may stand.
  const names = filledUp(Buffer.from(lines), written.length);
  const numbersOf = (ids: readonly string[]): number[] => ids.map((id) => numbers.get(id) ?? -1);
  const children = all.map((node) => numbersOf(graph.children.get(node.unique_id) ?? []));
  const lists = listBytes([...parents, ...children, numbersOf(graph.order), placeTable(rows.ids)]);
  const header: Header = {
    format,
    fingerprint: project.fingerprint,
    parts: { content: written.length, names: names.length, lists: lists.length, first: sizeOf(first) },
    second: sizeOf(second),
    sum: [written, names, lists, ...first].reduce((sum, piece) => crc32(piece, sum), 0),
  };
  return [Buffer.from(`${JSON.stringify(header)}\n`), written, names, lists, ...first, ...second];
}

/** Empty lines behind lines, up to a multiple of the size of a number, counted from so many bytes before. */
const filledUp = (lines: Buffer, before: number): Buffer =>
  Buffer.concat([lines, Buffer.alloc(-(before + lines.length) & (NumberLists.size - 1), '\n')]);

const sizeOf = (pieces: readonly Buffer[]): number => pieces.reduce((sum, piece) => sum + piece.length, 0);

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
  /** What to throw where a part turns out to be damaged that is read later. */
  readonly damaged: () => Error;
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
  const header = readHeader(head.toString('utf8', 0, start));
  if (header === undefined || header.format !== format || header.fingerprint !== input.fingerprint) return undefined;
  const { parts } = header;
  const listsFrom = parts.content + parts.names;
  const firstFrom = listsFrom + parts.lists;
  const end = start + firstFrom + parts.first;
  if (kept.size !== end + header.second) return undefined;
  const checked = kept.read(start, end);
  if (crc32(checked) !== header.sum) return undefined;
  const content = JSON.parse(checked.toString('utf8', 0, parts.content)) as Content;
  const [sources = 0] = content.counts;
  const count = content.counts.reduce((sum, some) => sum + some, 0);
  const { ends, sums } = content.nodes;
  const second = (from: number, to: number, block: number): Buffer => {
    const bytes = kept.read(end + from, end + to);
    if (crc32(bytes) !== sums[block]) throw input.damaged();
    return bytes;
  };
  const rows = {
    first: new RowBlocks(ends.first, blockSizes.first, (from, to) =>
      checked.subarray(firstFrom + from, firstFrom + to),
    ),
    second: new RowBlocks(ends.second, blockSizes.second, second),
  };
  // The order and the table stand behind the parents and the children of the rows.
  const [orderAt, tableAt] = [2 * count, 2 * count + 1];
  const lists = new NumberLists(checked.subarray(listsFrom, firstFrom), tableAt + 1);
  const links: RowLinks = {
    parents: (number) => lists.get(number),
    children: (number) => lists.get(count + number),
    numbers: new PlaceTable(content.nodes.ids, lists.get(tableAt)),
  };
  const reader = new RowReader(content.nodes, rows, links, (number) => input.large(number - sources));
  const dropped = new Set(content.dropped);
  const numbers = Array.from({ length: count }, (_, number) => number);
  const isInGraph = (number: number): boolean => number < count && !dropped.has(number);
  const inGraph = new RowSet(reader, dropped.size === 0 ? numbers : numbers.filter(isInGraph), isInGraph);
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
    nodes: new NamedRows(inGraph, (number) => reader.node(number), checked.toString('utf8', parts.content, listsFrom)),
    parents: new RowMap(inGraph, (number) => reader.dependencies(number)),
    children: new RowMap(inGraph, (number) => reader.dependents(number)),
    order: Array.from(lists.get(orderAt), (number) => reader.ids[number] as string),
    dropped: nodeMap<TestNode | UnitTestNode>(
      reader,
      new RowSet(reader, content.dropped, (number) => dropped.has(number)),
    ),
    diagnostics: [],
  };
  return {
    graph,
    replace: (node) => reader.replace(reader.numberOf(node.unique_id) ?? -1, node),
  };
}

function readHeader(text: string): Header | undefined {
  try {
    return JSON.parse(text) as Header;
  } catch {
    return undefined;
  }
}

function mapsByKind(reader: RowReader, numbers: readonly number[], counts: readonly number[]): Pick<Project, Kind> {
  let from = 0;
  const maps = kinds.map((kind, index) => {
    const [first, end] = [from, from + (counts[index] ?? 0)];
    const isOfKind = (number: number): boolean => number >= first && number < end;
    const map = nodeMap(reader, new RowSet(reader, numbers.slice(first, end), isOfKind));
    from = end;
    return [kind, map] as const;
  });
  return Object.fromEntries(maps) as unknown as Pick<Project, Kind>;
}

/** Nodes that need not be made to be found. */
const nodeMap = <Kind extends GraphNode>(reader: RowReader, rows: RowSet): RowMap<Kind> =>
  new RowMap(rows, (number) => reader.node(number) as Kind);
