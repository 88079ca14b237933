import type { Graph } from '../../2-graph/index.ts';
import type { Environment, GraphNode, JsonObject } from '../../core/index.ts';
import { writeAtomically } from './atomic-file.ts';
import { contentDigest, contentKey, renewHead } from './manifest-head.ts';
import { artifactMetadata, artifactTime, projectId } from './metadata.ts';
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
}

/**
 * Writes `manifest.json` in dbt's schema v12, piece by piece: a project of 10,000 models makes 100 MB, which is never
 * held as one text. Readers see the old file or the new one.
 */
export function writeManifest(request: ManifestRequest): void {
  const content = request.fingerprint === undefined ? undefined : contentDigest(request.fingerprint, request.compiled);
  const head = headOf(request, content);
  if (content !== undefined && renewHead(request.path, head, content)) return;
  writeAtomically(request.path, piecesBehind(head, request));
}

/** The text of `manifest.json` in pieces. */
export function manifestPieces(request: Omit<ManifestRequest, 'path' | 'fingerprint'>): Iterable<string> {
  return piecesBehind(headOf(request, undefined), request);
}

function headOf(
  { graph, environment }: Pick<ManifestRequest, 'graph' | 'environment'>,
  content: string | undefined,
): string {
  return `{"metadata":${JSON.stringify(manifestMetadata(graph, environment, content))}`;
}

function* piecesBehind(
  head: string,
  { graph, compiled }: Pick<ManifestRequest, 'graph' | 'compiled'>,
): Iterable<string> {
  const { project } = graph;
  const nodes = [...project.nodes.values()].map((node) => {
    const { unique_id: id } = node;
    return graph.nodes.get(id) ?? graph.dropped.get(id) ?? node;
  });
  const sources = [...project.sources.values()].map((node) => graph.nodes.get(node.unique_id) ?? node);
  const exposures = [...project.exposures.values()].map((node) => graph.nodes.get(node.unique_id) ?? node);
  yield head;
  yield* section('nodes', nodes, compiled);
  yield* section('sources', sources, compiled);
  yield* section('macros', project.macros.values(), compiled);
  yield* section('docs', project.docs.values(), compiled);
  yield* section('exposures', exposures, compiled);
  yield ',"metrics":{}';
  yield* section('groups', project.groups.values(), compiled);
  yield `,"selectors":${JSON.stringify(selectorDefinitions(project.selectors))}`;
  yield* disabled(graph);
  yield* edges('parent_map', [nodes, sources, exposures], graph.parents);
  yield* edges('child_map', [nodes, sources, exposures], graph.children);
  yield `,"group_map":${JSON.stringify(groupMap(graph))}`;
  yield ',"saved_queries":{},"semantic_models":{},"unit_tests":{},"functions":{}}';
}

function manifestMetadata(graph: Graph, environment: Environment, content: string | undefined): JsonObject {
  const { quoting } = graph.project.settings;
  const quoted = (part: string): boolean => quoting[part] !== false;
  return {
    ...artifactMetadata('manifest/v12', environment),
    ...(content === undefined ? {} : { env: { [contentKey]: content } }),
    project_name: graph.project.name,
    project_id: projectId(graph.project.name),
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

function* disabled({ project }: Graph): Iterable<string> {
  let separator = ',"disabled":{';
  for (const [id, entries] of project.disabled) {
    yield `${separator}${JSON.stringify(id)}:[${entries.map((entry) => nodeJson(entry, undefined)).join(',')}]`;
    separator = ',';
  }
  yield separator === ',' ? '}' : `${separator}}`;
}

function* edges(
  name: string,
  sections: readonly (readonly GraphNode[])[],
  neighbours: ReadonlyMap<string, readonly string[]>,
): Iterable<string> {
  let separator = `,"${name}":{`;
  for (const { unique_id } of sections.flat()) {
    const sorted = [...(neighbours.get(unique_id) ?? [])].sort();
    yield `${separator}${JSON.stringify(unique_id)}:${JSON.stringify(sorted)}`;
    separator = ',';
  }
  yield separator === ',' ? '}' : `${separator}}`;
}

function groupMap({ project }: Graph): JsonObject {
  const map = new Map<string, string[]>([...project.groups.values()].map((group) => [group.name, []]));
  for (const node of project.nodes.values()) if (node.group !== null) map.get(node.group)?.push(node.unique_id);
  return Object.fromEntries(map);
}
