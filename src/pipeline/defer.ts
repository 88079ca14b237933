import { join } from 'node:path';
import { nodeRelation, quotePart } from '../1-parse/index.ts';
import { readManifest } from '../6-record/index.ts';
import type { Call } from '../cli/engine/call.ts';
import type { Loaded } from '../cli/engine/loaded.ts';
import {
  asMapping,
  asText,
  error,
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
  /** Whether the command builds what is selected, so that it is there when something reads it. */
  readonly builds: boolean;
  readonly relations: RelationCache;
  readonly warehouse: Warehouse;
}

/**
 * `--defer`: what `ref()` means for nodes that the command does not build and that do not exist here: their relations of
 * the earlier state. With `--favor-state`, also for those that exist and are not selected. Of functions nobody knows
 * whether they exist; unless they are built, they are the earlier ones. Throws `Problem` without a state.
 */
export async function deferredRelations(
  loaded: Loaded,
  call: Call,
  request: DeferRequest,
): Promise<ReadonlyMap<string, Relation>> {
  if (!call.defer) return new Map();
  const before = stateNodes(call, '--defer');
  const session = await request.warehouse.openSession();
  try {
    return await findDeferred(loaded, call.favorState, before, request, session);
  } finally {
    await session.close();
  }
}

/**
 * What the nodes of an earlier state left in the warehouse, by unique id. Throws `Problem` without a state.
 *
 * @param what needs it: `clone`.
 */
export function earlierRelations(loaded: Loaded, call: Call, what: string): ReadonlyMap<string, Relation> {
  return relationsIn(stateNodes(call, what), loaded);
}

/**
 * What nodes of a manifest left in the warehouse, by unique id: of those that a project still has.
 *
 * @param leaves whether a node of the manifest is asked for. Default: all that have relations are.
 */
export function relationsIn(
  before: JsonObject,
  { graph, environment }: Loaded,
  leaves = (node: JsonObject): boolean => typeof node.relation_name === 'string',
): ReadonlyMap<string, Relation> {
  const quote = quotePart(graph.project.settings.quoting);
  const origins = new Map<string, Relation>();
  for (const id of graph.nodes.keys()) {
    const earlier = asMapping(before[id]);
    if (!earlier || !leaves(earlier) || asMapping(earlier.config)?.materialized === 'ephemeral') continue;
    origins.set(id, { ...relationOf(earlier, environment.target.database), ...quote });
  }
  return origins;
}

async function findDeferred(
  { graph, environment }: Loaded,
  favorState: boolean,
  before: JsonObject,
  { selected, builds, relations }: DeferRequest,
  session: Session,
): Promise<ReadonlyMap<string, Relation>> {
  const deferred = new Map<string, Relation>();
  const chosen = new Set(selected);
  const quote = quotePart(graph.project.settings.quoting);
  const earlierRelation = (earlier: JsonObject): Relation => ({
    ...relationOf(earlier, environment.target.database),
    ...quote,
  });
  for (const node of graph.nodes.values()) {
    const earlier = asMapping(before[node.unique_id]);
    const isChosen = chosen.has(node.unique_id);
    if (earlier === undefined || (builds && isChosen)) continue;
    if (node.resource_type === 'function') deferred.set(node.unique_id, earlierRelation(earlier));
    if (typeof earlier.relation_name !== 'string') continue;
    if (node.resource_type !== 'model' && node.resource_type !== 'seed' && node.resource_type !== 'snapshot') continue;
    if (node.relation_name === null) continue;
    const here = nodeRelation(node, graph.project.settings.quoting);
    const prefersEarlier = favorState && !isChosen;
    if (!prefersEarlier && (await relations.get(session, here)) !== undefined) continue;
    deferred.set(node.unique_id, earlierRelation(earlier));
  }
  return deferred;
}

function stateNodes(call: Call, what: string): JsonObject {
  const folder = call.deferState ?? call.state;
  const manifest = folder === undefined ? undefined : readManifest(join(folder, 'manifest.json'));
  if (manifest) return { ...manifest.functions, ...manifest.nodes };
  const where = folder === undefined ? 'no folder with one was given' : `${folder} has none`;
  throw new Problem(
    error('cli/defer-without-state', `${what} needs the manifest.json of an earlier state, but ${where}`, {
      hint: 'Name the folder with --state or --defer-state',
    }),
  );
}

function relationOf(node: JsonObject, database: string | null): Relation {
  return {
    database: asText(node.database) ?? database,
    schema: asText(node.schema),
    identifier: asText(node.alias) ?? asText(node.name),
    type: asMapping(node.config)?.materialized === 'view' ? 'view' : 'table',
  };
}
