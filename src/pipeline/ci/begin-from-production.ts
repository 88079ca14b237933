import type { Loaded } from '../../cli/engine/loaded.ts';
import type { Node, ProjectChanges, Relation, RelationCache, Session } from '../../core/index.ts';
import { relationOf } from '../diff.ts';
import type { Asset } from '../named-asset.ts';

export interface BeginRequest {
  readonly changes: ProjectChanges;
  /** What production has, by unique id. */
  readonly production: ReadonlyMap<string, Relation>;
  readonly session: Session;
  readonly relations: RelationCache;
}

/**
 * Gives models that grow what production has: a clone where the warehouse makes such without copying, else a copy. A
 * review then builds what a deployment would, the newest increment or partition, and what reads such a model finds all
 * rows. A model that would not keep its columns in step begins empty: its old table could not hold the new rows.
 *
 * @returns the unique ids of those that have what production has.
 */
export async function beginFromProduction(
  built: readonly string[],
  { graph, shelves, environment }: Loaded,
  { changes, production, session, relations }: BeginRequest,
): Promise<readonly string[]> {
  const { statements } = shelves.adapter;
  const begun: string[] = [];
  for (const id of built) {
    const node = graph.nodes.get(id) as Asset;
    const origin = production.get(id);
    if (!origin || !grows(node, environment.flags.fullRefresh) || !keepsColumns(node, changes)) continue;
    if ((await relations.get(session, origin))?.type !== 'table') continue;
    const target: Relation = { ...relationOf(node, { graph }), type: 'table' };
    const copy = (): string =>
      statements.createTableAs(target, `select * from ${statements.renderRelation(origin)}`, { config: node.config });
    await session.execute(statements.cloneTable?.(target, origin, node.config) ?? copy());
    begun.push(id);
  }
  return begun;
}

function grows({ resource_type: type, config }: Node, fullRefresh: boolean): boolean {
  if (type === 'snapshot') return true;
  return type === 'model' && config.materialized === 'incremental' && !(config.full_refresh ?? fullRefresh);
}

/** Snapshots and models that follow their columns take whatever comes. */
function keepsColumns({ unique_id: id, config }: Node, { nodes }: ProjectChanges): boolean {
  if (config.materialized === 'snapshot') return true;
  if (config.on_schema_change === 'append_new_columns' || config.on_schema_change === 'sync_all_columns') return true;
  const columns = nodes.find((change) => change.id === id)?.columns ?? [];
  return columns.every(({ kind }) => kind === 'meaning' || kind === 'nullable');
}
