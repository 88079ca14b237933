import { join } from 'node:path';
import { describeTarget, type ReadTargetRequest, type ReadTargetResult } from '../../1-parse/index.ts';
import type { Call } from '../../cli/engine/call.ts';
import type { Host } from '../../cli/engine/host.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import { type SourceNode, warning } from '../../core/index.ts';
import { loadPrepared, prepareLoad } from '../loading/load.ts';
import { readSample, sampleFolder } from '../sample/sample-file.ts';
import { type ScratchAdapter, scratchAdapter } from '../scratch.ts';

/**
 * A project whose target is an empty warehouse in this process: no secret is read and no connection is made. Models stay in
 * the dialect that they are written in, and are translated. What it writes goes into a folder `offline` of the target folder.
 *
 * @throws Problem as `loadProject` does.
 */
export async function loadOffline(call: Call, host: Host): Promise<Loaded> {
  const adapter = await scratchAdapter('a project could be built in');
  const preparation = await prepareLoad(call, host, (request) => offlineTarget(request, adapter));
  return withOwnFolder(withSampledFiles(loadPrepared(preparation, call, undefined)));
}

/** Name and dialect are those of the target that is meant, the rest that of the warehouse in this process. */
async function offlineTarget(request: ReadTargetRequest, adapter: ScratchAdapter): Promise<ReadTargetResult> {
  const described = describeTarget(request);
  const { database, schema, output, visible } = adapter.resolveTarget({ type: adapter.type }, request.project.root);
  const written = request.project.content.dialect;
  const meant = described?.type === undefined ? undefined : await request.findAdapter(described.type);
  const dialect = described?.dialect ?? (typeof written === 'string' ? written : meant?.dialect);
  const target = {
    name: described?.name ?? 'offline',
    profileName: described?.profileName ?? 'offline',
    type: adapter.type,
    database,
    schema: request.schema ?? schema,
    threads: request.threads ?? 4,
    output,
    visible,
    ...(dialect === undefined ? {} : { dialect }),
  };
  return { target, adapter, diagnostics: dialect === undefined ? [unknownDialect(adapter)] : [] };
}

function unknownDialect({ dialect }: ScratchAdapter) {
  const message = `Neither the project nor a profile says in which SQL dialect the models are: they are read as ${dialect}`;
  return warning('cli/offline-dialect', message, {
    hint: "Write it into the project file: 'dialect:', with the name of a warehouse's type",
  });
}

/** A source that is a file elsewhere is the recorded one here. */
function withSampledFiles(loaded: Loaded): Loaded {
  const { sample, diagnostics } = readSample(sampleFolder(loaded.graph.project));
  const sampled = new Set(sample?.tables.map(({ id }) => id));
  const changed = new Map<string, SourceNode>();
  for (const [id, source] of loaded.graph.project.sources) {
    if (sampled.has(id) && isFile(source)) changed.set(id, withoutFile(source));
  }
  const { graph } = loaded;
  const { project } = graph;
  const sources = new Map([...project.sources, ...changed]);
  const nodes = new Map([...graph.nodes, ...changed]);
  return {
    ...loaded,
    graph: changed.size === 0 ? graph : { ...graph, nodes, project: { ...project, sources } },
    diagnostics: [...loaded.diagnostics, ...diagnostics],
  };
}

const isFile = ({ meta, config }: SourceNode): boolean => 'external_location' in meta || 'external_location' in config;

function withoutFile(source: SourceNode): SourceNode {
  const { external_location: _, ...meta } = source.meta;
  const { external_location: __, ...config } = source.config;
  return { ...source, meta, config: config as SourceNode['config'] };
}

function withOwnFolder(loaded: Loaded): Loaded {
  const { graph } = loaded;
  const { settings } = graph.project;
  const own = { ...settings, targetPath: join(settings.targetPath, 'offline') };
  return { ...loaded, graph: { ...graph, project: { ...graph.project, settings: own } } };
}
