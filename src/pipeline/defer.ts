import { join } from 'node:path';
import { quotePart } from '../1-parse/index.ts';
import { readManifest } from '../6-record/index.ts';
import type { Call, Loaded } from '../cli/engine.ts';
import {
  error,
  type Json,
  type JsonObject,
  Problem,
  type Relation,
  type RelationCache,
  type Session,
  type Warehouse,
} from '../core/index.ts';

/** What `--defer` needs to look around. */
export interface DeferRequest {
  readonly selected: readonly string[];
  readonly relations: RelationCache;
  readonly warehouse: Warehouse;
}

/**
 * `--defer`: what `ref()` means for nodes that the command does not build and that do not exist here: their relations of
 * the earlier state. With `--favor-state`, also for those that exist. Throws `Problem` without a state.
 */
export async function deferredRelations(
  loaded: Loaded,
  call: Call,
  request: DeferRequest,
): Promise<ReadonlyMap<string, Relation>> {
  if (!call.defer) return new Map();
  const before = stateNodes(call);
  const session = await request.warehouse.openSession();
  try {
    return await findDeferred(loaded, call.favorState, before, request, session);
  } finally {
    await session.close();
  }
}

async function findDeferred(
  { graph, environment }: Loaded,
  favorState: boolean,
  before: JsonObject,
  { selected, relations }: DeferRequest,
  session: Session,
): Promise<ReadonlyMap<string, Relation>> {
  const deferred = new Map<string, Relation>();
  const chosen = new Set(selected);
  const quote = quotePart(graph.project.settings.quoting);
  for (const node of graph.nodes.values()) {
    const earlier = objectOf(before[node.unique_id]);
    if (chosen.has(node.unique_id) || typeof earlier?.relation_name !== 'string') continue;
    if (node.resource_type !== 'model' && node.resource_type !== 'seed' && node.resource_type !== 'snapshot') continue;
    if (node.relation_name === null) continue;
    const here = { database: node.database, schema: node.schema, identifier: node.alias };
    if (!favorState && (await relations.get(session, here)) !== undefined) continue;
    deferred.set(node.unique_id, { ...relationOf(earlier, environment.target.database), ...quote });
  }
  return deferred;
}

function stateNodes(call: Call): JsonObject {
  const folder = call.deferState ?? call.state;
  const manifest = folder === undefined ? undefined : readManifest(join(folder, 'manifest.json'));
  if (manifest) return manifest.nodes;
  const where = folder === undefined ? 'no folder with one was given' : `${folder} has none`;
  throw new Problem(
    error('cli/defer-without-state', `--defer needs the manifest.json of an earlier state, but ${where}`, {
      hint: 'Name the folder with --state or --defer-state',
    }),
  );
}

function relationOf(node: JsonObject, database: string | null): Relation {
  const text = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);
  return {
    database: text(node.database) ?? database,
    schema: text(node.schema),
    identifier: text(node.alias) ?? text(node.name),
    type: objectOf(node.config)?.materialized === 'view' ? 'view' : 'table',
  };
}

function objectOf(value: Json | undefined): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}
