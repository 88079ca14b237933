import type { ProjectSettings } from '../../1-parse/index.ts';
import type { Graph } from '../../2-graph/index.ts';
import {
  artifactTime,
  type Environment,
  type GraphNode,
  type JsonObject,
  type UnitTestNode,
} from '../../core/index.ts';
import { type Entry, writeAtomically } from './atomic-file.ts';
import { type KeptManifest, splicedManifest } from './kept-manifest.ts';
import { contentDigest, contentKey, markAsWritten, renewHead } from './manifest-head.ts';
import { newPlaces, type Places, removePlaces, writePlaces } from './manifest-places.ts';
import { artifactMetadata, projectId } from './metadata.ts';
import { type CompiledPart, type ManifestEntry, nodeJson } from './node-json.ts';
import { selectorDefinitions } from './selector-definitions.ts';

export interface ManifestRequest {
  readonly graph: Graph;
  readonly environment: Environment;
  /** What this command has compiled, by unique id. */
  readonly compiled: ReadonlyMap<string, CompiledPart>;
  /** Absolute path of the file. */
  readonly path: string;
  /**
   * Changes whenever anything of the graph can have changed; with it, a file that would be the same is not written
   * again, only its times and ids. Undefined: always write.
   */
  readonly fingerprint?: string | undefined;
  /** What the file has now, where that is known to be the graph's, a few nodes aside: the rest need not be made again. */
  readonly base?: ManifestBase | undefined;
}

/** A manifest that was kept, and the nodes that are other than in it. */
export interface ManifestBase {
  readonly kept: KeptManifest;
  readonly changed: ReadonlySet<string>;
}

/**
 * Writes `manifest.json` in dbt's schema v12, piece by piece: a project of 10,000 models makes 100 MB, which is never
 * held as one text. Readers see the old file or the new one.
 */
export function writeManifest(request: ManifestRequest): void {
  const { path, fingerprint, graph, compiled, base } = request;
  const content = fingerprint === undefined ? undefined : contentDigest(fingerprint, compiled);
  const head = headOf(graph.project.settings, request.environment, content);
  if (content !== undefined && renewHead(path, head, content)) return;
  const spliced = base && splicedManifest(head, base, graph, compiled);
  const places = spliced?.places ?? newPlaces(graph.project.nodes.size);
  // Whoever reads them while the file is exchanged must not take them for those of the other file.
  removePlaces(path);
  writeAtomically(path, spliced?.pieces ?? piecesBehind(head, request, places));
  if (content === undefined || fingerprint === undefined) return;
  markAsWritten(path, head);
  const ids = [...graph.project.nodes.keys()];
  const compiledPlaces = ids.flatMap((id, place) => (compiled.has(id) ? place : []));
  writePlaces(path, { fingerprint, content, head: Buffer.byteLength(head), compiled: compiledPlaces }, places);
}

/** What a manifest that has only to be renewed is known by. */
export interface RenewalRequest {
  readonly settings: ProjectSettings;
  readonly environment: Environment;
  readonly path: string;
  readonly fingerprint: string;
}

/**
 * Gives the manifest of a project that was not read the times and ids of this command. False where the file is not the
 * one that would be written: then it has to be.
 */
export function renewManifest({ settings, environment, path, fingerprint }: RenewalRequest): boolean {
  const content = contentDigest(fingerprint, new Map());
  return renewHead(path, headOf(settings, environment, content), content);
}

function headOf(settings: ProjectSettings, environment: Environment, content: string | undefined): string {
  return `{"metadata":${JSON.stringify(manifestMetadata(settings, environment, content))}`;
}

function* piecesBehind(
  head: string,
  { graph, compiled }: Pick<ManifestRequest, 'graph' | 'compiled'>,
  places: Places,
): Iterable<string | Entry> {
  const { project } = graph;
  const nodes = [...project.nodes.values()].map((node) => {
    const { unique_id: id } = node;
    return graph.nodes.get(id) ?? graph.dropped.get(id) ?? node;
  });
  const unitTests = unitTestsOf(graph);
  const linked = (found: ReadonlyMap<string, GraphNode>): GraphNode[] =>
    [...found.values()].map((node) => graph.nodes.get(node.unique_id) ?? node);
  const sources = linked(project.sources);
  const exposures = linked(project.exposures);
  const metrics = linked(project.metrics);
  const semanticModels = linked(project.semantic_models);
  const savedQueries = linked(project.saved_queries);
  const functions = linked(project.functions);
  const edged = [nodes, sources, exposures, metrics, semanticModels, savedQueries, unitTests, functions];
  yield head;
  yield* placed('nodes', nodes, compiled, places);
  yield* section('sources', sources, compiled);
  yield* section('macros', project.macros.values(), compiled);
  yield* section('docs', project.docs.values(), compiled);
  yield* section('exposures', exposures, compiled);
  yield* section('metrics', metrics, compiled);
  yield* section('groups', project.groups.values(), compiled);
  yield `,"selectors":${JSON.stringify(selectorDefinitions(project.selectors))}`;
  yield* disabled(graph);
  const { parents, children } = withDroppedTests(graph);
  yield* edges('parent_map', edged, parents);
  yield* edges('child_map', edged, children);
  yield `,"group_map":${JSON.stringify(groupMap(graph))}`;
  yield* section('saved_queries', savedQueries, compiled);
  yield* section('semantic_models', semanticModels, compiled);
  yield* section('unit_tests', unitTests, compiled);
  yield* section('functions', functions, compiled);
  yield '}';
}

/** Those whose models are known: of a model with versions, one for each. */
function unitTestsOf({ project, nodes }: Graph): readonly UnitTestNode[] {
  const tests: UnitTestNode[] = [];
  if (project.unit_tests.size === 0) return tests;
  for (const node of nodes.values()) if (node.resource_type === 'unit_test') tests.push(node);
  return tests;
}

function manifestMetadata(
  { name, quoting }: ProjectSettings,
  environment: Environment,
  content: string | undefined,
): JsonObject {
  const quoted = (part: string): boolean => quoting[part] !== false;
  return {
    ...artifactMetadata('manifest/v12', environment),
    ...(content === undefined ? {} : { env: { [contentKey]: content, ...environment.metadataEnv } }),
    project_name: name,
    project_id: projectId(name),
    user_id: null,
    send_anonymous_usage_stats: false,
    adapter_type: environment.target.type,
    quoting: {
      database: quoted('database'),
      schema: quoted('schema'),
      identifier: quoted('identifier'),
      column: null,
    },
    run_started_at: artifactTime(environment.startedAt),
  };
}

function* section(
  name: string,
  entries: Iterable<ManifestEntry>,
  compiled: ReadonlyMap<string, CompiledPart>,
): Iterable<string> {
  let separator = `,"${name}":{`;
  for (const entry of entries) {
    yield `${separator}${JSON.stringify(entry.unique_id)}:${nodeJson(entry, compiled.get(entry.unique_id))}`;
    separator = ',';
  }
  yield separator === ',' ? '}' : `${separator}}`;
}

/** As `section`, and it is written down where each entry stands. */
function* placed(
  name: string,
  entries: readonly ManifestEntry[],
  compiled: ReadonlyMap<string, CompiledPart>,
  places: Places,
): Iterable<string | Entry> {
  let separator = `,"${name}":{`;
  let place = 0;
  for (const entry of entries) {
    const at = place;
    yield `${separator}${JSON.stringify(entry.unique_id)}:`;
    yield { text: nodeJson(entry, compiled.get(entry.unique_id)), placed: (start, end) => places.set(at, start, end) };
    separator = ',';
    place += 1;
  }
  yield separator === ',' ? '}' : `${separator}}`;
}

function* disabled({ project, dropped }: Graph): Iterable<string> {
  let separator = ',"disabled":{';
  const tests = [...dropped].flatMap(([id, node]) =>
    node.resource_type === 'unit_test' ? [[id, [node]] as const] : [],
  );
  for (const [id, entries] of [...project.disabled, ...tests]) {
    yield `${separator}${JSON.stringify(id)}:[${entries.map((entry) => nodeJson(entry, undefined)).join(',')}]`;
    separator = ',';
  }
  yield separator === ',' ? '}' : `${separator}}`;
}

/** What tests read that were left out, which the manifest has as disabled nodes: nothing orders them, but dbt names them. */
function withDroppedTests({ parents, children, dropped }: Graph): Pick<Graph, 'parents' | 'children'> {
  const tests = [...dropped.values()].filter((node) => node.resource_type === 'test');
  if (tests.length === 0) return { parents, children };
  const more = { parents: new Map(parents), children: new Map(children) };
  for (const { unique_id: id, depends_on: read } of tests) {
    more.parents.set(id, read.nodes);
    for (const parent of read.nodes) more.children.set(parent, [...(more.children.get(parent) ?? []), id]);
  }
  return more;
}

function* edges(
  name: string,
  sections: readonly (readonly GraphNode[])[],
  neighbours: ReadonlyMap<string, readonly string[]>,
): Iterable<string> {
  let separator = `,"${name}":{`;
  for (const { unique_id } of sections.flat()) {
    const found = neighbours.get(unique_id) ?? [];
    yield `${separator}${JSON.stringify(unique_id)}:${JSON.stringify(found.length > 1 ? found.toSorted() : found)}`;
    separator = ',';
  }
  yield separator === ',' ? '}' : `${separator}}`;
}

function groupMap({ project }: Graph): JsonObject {
  const map = new Map<string, string[]>([...project.groups.values()].map((group) => [group.name, []]));
  const { nodes, saved_queries: savedQueries, semantic_models: models, metrics } = project;
  for (const kind of [nodes, savedQueries, models, metrics]) {
    for (const { group, unique_id: id } of kind.values()) if (group !== null) map.get(group)?.push(id);
  }
  return Object.fromEntries(map);
}
