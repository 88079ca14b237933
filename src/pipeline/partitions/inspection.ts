import { partitionsOf } from '../../1-parse/index.ts';
import { type AssetState, byStatus, noPartitionsYet, partitionStatuses } from '../../4-plan/index.ts';
import type { Call } from '../../cli/engine/call.ts';
import type { Host } from '../../cli/engine/host.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import type { AssetPartitions, PartitionsOutcome } from '../../cli/engine/partitions.ts';
import {
  countKeys,
  formatKeySet,
  grainText,
  isNone,
  type KeySet,
  Problem,
  RelationCache,
  searchName,
  unionAllKeys,
} from '../../core/index.ts';
import { withSession } from '../lazy-warehouse.ts';
import { type Asset, assetNamed, nameOf, withoutPartitions } from '../named-asset.ts';
import { selectNodes } from '../select.ts';
import { withCodeVersions } from './code-versions.ts';
import { readStates } from './partition-states.ts';

/** What there is of the partitions of some assets; of all that are selected, if none is named. */
export async function inspectPartitions(
  names: readonly string[],
  loaded: Loaded,
  call: Call,
  host: Host,
): Promise<PartitionsOutcome> {
  const { graph, environment } = loaded;
  const found = names.length > 0 ? names.map((name) => assetNamed(name, graph)) : await selectedAssets(loaded, call);
  const assets = found.filter((node) => partitionsOf(node, graph.project.settings) !== undefined);
  const [other] = names.length > 0 ? found.filter((node) => !assets.includes(node)) : [];
  if (other) throw new Problem(withoutPartitions(other));
  const states = await withCodeVersions(loaded, (versionOf) =>
    withSession(loaded, host, (session) =>
      readStates(assets, loaded, { call, session, relations: new RelationCache(), versionOf }),
    ),
  );
  const now = environment.startedAt.getTime();
  const reports = assets.flatMap((node) => {
    const state = states.get(node.unique_id);
    return state ? [reportOf(node, state, now, loaded)] : [];
  });
  return { exitCode: 0, diagnostics: [], assets: reports };
}

async function selectedAssets(loaded: Loaded, call: Call): Promise<Asset[]> {
  const { ids, diagnostics } = await selectNodes(loaded, { ...call, command: 'build' });
  if (diagnostics.some(({ severity }) => severity === 'error')) throw new Problem(...diagnostics);
  return ids.flatMap((id) => {
    const node = loaded.graph.nodes.get(id);
    return node?.resource_type === 'model' ? [node] : [];
  });
}

function reportOf(node: Asset, state: AssetState, now: number, { graph }: Loaded): AssetPartitions {
  const { definition, publications, stale } = state;
  const keys = byStatus(state, now);
  const all = unionAllKeys(Object.values(keys));
  const described = (set: KeySet) => ({ count: countKeys(set), ranges: formatKeySet(definition, set) });
  const [last] = publications;
  return {
    id: node.unique_id,
    name: searchName(node),
    by: definition.dimensions
      .map((dimension) => (dimension.kind === 'time' ? grainText(dimension.grain) : dimension.name))
      .join('|'),
    total: countKeys(all),
    none: isNone(all) ? noPartitionsYet(searchName(node), definition, now) : undefined,
    ranges: formatKeySet(definition, all),
    statuses: partitionStatuses.map((status) => ({ status, ...described(keys[status]) })),
    stale: stale.map(({ cause, keys: outdated }) => ({
      because: cause.kind === 'code' ? cause : { ...cause, parent: nameOf(cause.parent, graph) },
      ...described(outdated),
    })),
    last: last && { runId: last.runId, at: last.to },
  };
}
