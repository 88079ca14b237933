import { buildsInOneStep, partitionsOf } from '../../1-parse/index.ts';
import { type Fact, noPartitionsYet } from '../../4-plan/index.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import { type ModelNode, searchName } from '../../core/index.ts';
import type { Asset } from '../named-asset.ts';
import { type StatesRequest, standingTables } from './partition-states.ts';

/** What says by which partitions a model is kept. */
const keeping = ['partitions', 'materialized', 'incremental_strategy', 'event_time', 'batch_size', 'begin'];

/** What a node reads, directly or further up, that has no table and no partition that a build could make. */
export async function tablesThatLack(
  node: Asset,
  loaded: Loaded,
  { session, relations }: Pick<StatesRequest, 'session' | 'relations'>,
): Promise<Extract<Fact, { kind: 'no-table' }>[]> {
  const { graph, environment } = loaded;
  const lacking = new Map<ModelNode, string>();
  // Hundreds of models are kept by the same few partitions, and to list those takes most of the time.
  const haveSome = new Set<string>();
  for (const model of modelsAbove(node, loaded)) {
    const kept = JSON.stringify(keeping.map((name) => model.config[name]));
    if (haveSome.has(kept)) continue;
    const definition = partitionsOf(model, graph.project.settings);
    const advice = definition && noPartitionsYet(searchName(model), definition, environment.startedAt.getTime());
    if (advice === undefined) haveSome.add(kept);
    else lacking.set(model, advice);
  }
  const standing = await standingTables([...lacking.keys()], relations, session, loaded);
  return [...lacking]
    .filter(([model]) => !standing.has(model.unique_id))
    .map(([model, advice]) => ({ kind: 'no-table', parent: model.unique_id, advice }));
}

/** The models above a node that are built partition by partition. */
function* modelsAbove(node: Asset, { graph: { nodes, parents } }: Loaded): Generator<ModelNode> {
  const seen = new Set([node.unique_id]);
  for (const id of seen) {
    for (const above of parents.get(id) ?? []) seen.add(above);
    const found = nodes.get(id);
    if (found?.resource_type === 'model' && found !== node && !buildsInOneStep(found)) yield found;
  }
}
