import { existsSync } from 'node:fs';
import { partitionsOf } from '../1-parse/index.ts';
import { dataParents, mappingOf } from '../2-graph/index.ts';
import { type AssetState, byStatus, explain, type Fact, partitionStatuses } from '../4-plan/index.ts';
import { openStore, type Store, testsThatFailed } from '../6-record/index.ts';
import type { Call, Loaded } from '../cli/engine.ts';
import type { AssetPartitions, PartitionsOutcome, WhyAnswer, WhyOutcome } from '../cli/partition-outcomes.ts';
import {
  countKeys,
  error,
  formatKey,
  formatKeySet,
  grainText,
  type KeySet,
  keySetOf,
  linkPartitions,
  type PartitionDefinition,
  Problem,
  pointsOf,
  RelationCache,
  readKey,
  type Session,
  unionAllKeys,
  unpartitioned,
  wholeKey,
} from '../core/index.ts';
import { withCodeVersions } from './code-versions.ts';
import { lazyWarehouse } from './lazy-warehouse.ts';
import { type Asset, assetName, assetNamed, readAsked } from './named-asset.ts';
import { readStates, storeFile } from './partition-states.ts';
import { selectNodes } from './select.ts';

/** What there is of the partitions of some assets; of all that are selected, if none is named. */
export async function inspectPartitions(
  names: readonly string[],
  loaded: Loaded,
  call: Call,
): Promise<PartitionsOutcome> {
  const { graph, environment } = loaded;
  const found = names.length > 0 ? names.map((name) => assetNamed(name, graph)) : await selectedAssets(loaded, call);
  const assets = found.filter((node) => partitionsOf(node, graph.project.settings) !== undefined);
  const [other] = names.length > 0 ? found.filter((node) => !assets.includes(node)) : [];
  if (other) throw new Problem(withoutPartitions(other));
  const states = await withCodeVersions(loaded, (versionOf) =>
    withSession(loaded, (session) =>
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

function withoutPartitions(node: Asset) {
  const hint = `For what is known of it: ingot why ${assetName(node)}`;
  const message = `'${assetName(node)}' has no partitions: it is always built whole`;
  return error('cli/no-partitions', message, { hint, span: node.origin.properties ?? node.origin.definition });
}

function reportOf(node: Asset, state: AssetState, now: number, { graph }: Loaded): AssetPartitions {
  const { definition, publications, stale } = state;
  const keys = byStatus(state, now);
  const all = unionAllKeys(Object.values(keys));
  const described = (set: KeySet) => ({ count: countKeys(set), ranges: formatKeySet(definition, set) });
  const [last] = publications;
  return {
    id: node.unique_id,
    name: assetName(node),
    by: definition.dimensions
      .map((dimension) => (dimension.kind === 'time' ? grainText(dimension.grain) : dimension.name))
      .join('|'),
    total: countKeys(all),
    ranges: formatKeySet(definition, all),
    statuses: partitionStatuses.map((status) => ({ status, ...described(keys[status]) })),
    stale: stale.map(({ cause, keys: outdated }) => ({
      because: cause.kind === 'code' ? cause : { ...cause, parent: nameOf(cause.parent, graph) },
      ...described(outdated),
    })),
    last: last && { runId: last.runId, at: last.to },
  };
}

/** Why an asset, or one partition of it (`orders[2024-03-31]`), would be built, or not. */
export async function explainAsset(asked: string, loaded: Loaded, call: Call): Promise<WhyOutcome> {
  const { graph, environment } = loaded;
  const { name, key } = readAsked(asked);
  const node = assetNamed(name, graph);
  const definition = partitionsOf(node, graph.project.settings);
  const keys = keysNamed(node, definition, key);
  const now = environment.startedAt.getTime();
  const related = [node, ...dataParents(node, graph)];
  const texts = definition && relatedKeys(node, keys, definition, loaded);
  const states = await withCodeVersions(loaded, (versionOf) =>
    withSession(loaded, (session) =>
      readStates(related, loaded, { call, session, relations: new RelationCache(), versionOf, keys: texts }),
    ),
  );
  const state = states.get(node.unique_id);
  if (!state) throw new Error(`${node.unique_id} has no state`);
  const answer = await withHistory(loaded, call, (store) =>
    explain(state, keys, {
      now,
      stateOf: (id) => states.get(id),
      testsAgainst: (id, runId, partition) => (store ? testNames(id, { runId, partition }, store, loaded) : []),
    }),
  );
  const partition = definition ? formatKeySet(definition, keys) : '';
  const names = namesIn(answer.facts, loaded);
  const told: WhyAnswer = { ...answer, id: node.unique_id, name: assetName(node), partition, names };
  return { exitCode: 0, diagnostics: [], answer: told };
}

function keysNamed(node: Asset, definition: PartitionDefinition | undefined, key: string | undefined): KeySet {
  const name = assetName(node);
  if (!definition) {
    if (key === undefined) return wholeKey;
    throw new Problem(withoutPartitions(node));
  }
  if (key === undefined) {
    const hint = `Name one: ingot why '${name}[…]'; ingot partitions ${name} shows all`;
    throw new Problem(error('cli/which-partition', `'${name}' is kept by partitions`, { hint }));
  }
  const reading = readKey(definition, key);
  if (reading.kind === 'key') return keySetOf([reading.point]);
  throw new Problem(error('cli/which-partition', `${reading.message}, in '${name}'`, { hint: reading.hint }));
}

/** With more keys than these, reading everything is less work than looking for each. */
const mostKeys = 2000;

/** The partitions that the answer can depend on, so that the ledger need not be read whole. Undefined: there are too many. */
function relatedKeys(
  node: Asset,
  keys: KeySet,
  definition: PartitionDefinition,
  { graph, environment }: Loaded,
): readonly string[] | undefined {
  const extent = { now: environment.startedAt.getTime(), current: true };
  const texts = new Set([formatKeySet(definition, keys)]);
  for (const parent of dataParents(node, graph)) {
    const ofParent = partitionsOf(parent, graph.project.settings) ?? unpartitioned;
    if (ofParent === unpartitioned) continue;
    const link = linkPartitions(definition, ofParent, extent, mappingOf(node, parent, definition, ofParent));
    const read = link.upstream(keys);
    if (countKeys(read) + texts.size > mostKeys) return undefined;
    for (const point of pointsOf(read)) texts.add(formatKey(ofParent, point));
  }
  return [...texts];
}

function testNames(
  id: string,
  { runId, partition }: { readonly runId: string; readonly partition: string },
  store: Store,
  { graph }: Loaded,
): readonly string[] {
  const tests = [...graph.nodes.values()].filter(
    (node) => node.resource_type === 'test' && node.depends_on.nodes.includes(id),
  );
  const ids = tests.map((test) => test.unique_id);
  return testsThatFailed(store, { runId, partition, tests: ids }).map((test) => nameOf(test, graph));
}

function namesIn(facts: readonly Fact[], { graph }: Loaded): ReadonlyMap<string, string> {
  const ids = facts.flatMap((fact): string[] => {
    if (fact.kind === 'waits') return [fact.parent, ...namesIn([fact.why], { graph } as Loaded).keys()];
    if (fact.kind === 'stale' && fact.cause.kind === 'upstream') return [fact.cause.parent];
    if (fact.kind === 'unaffected') return [fact.parent];
    return fact.kind === 'skipped' && fact.because !== null ? [fact.because] : [];
  });
  return new Map(ids.map((id) => [id, nameOf(id, graph)]));
}

function nameOf(id: string, { nodes }: Loaded['graph']): string {
  const [, nodeId = id, part = ''] = /^(.+?)(\[.*\])?(?: staged)?$/s.exec(id) ?? [];
  const node = nodes.get(nodeId);
  if (node?.resource_type === 'model') return `${assetName(node)}${part}`;
  return node ? `${node.name}${part}` : id;
}

/** Where nothing has been built yet, there may be no warehouse to connect to: it is asked only if it must be. */
async function withSession<T>({ shelves, environment }: Loaded, work: (session: Session) => Promise<T>): Promise<T> {
  const warehouse = lazyWarehouse(() => shelves.adapter.connect(environment.target.output, { threads: 1 }));
  try {
    const session = await warehouse.openSession();
    try {
      return await work(session);
    } finally {
      await session.close();
    }
  } finally {
    await warehouse.close();
  }
}

async function withHistory<T>({ graph }: Loaded, call: Call, work: (store: Store | undefined) => T): Promise<T> {
  const file = storeFile(graph.project.root, call);
  const { store } = existsSync(file) ? await openStore(file) : {};
  try {
    return work(store);
  } finally {
    store?.close();
  }
}
