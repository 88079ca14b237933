import { partitionsOf } from '../../1-parse/index.ts';
import { dataParents, mappingOf } from '../../2-graph/index.ts';
import {
  type AssetState,
  type ChosenKeys,
  chooseAlone,
  type Explanation,
  explain,
  type Fact,
  hasMoreThanOneBuild,
  looksBack,
  noPartitionsYet,
} from '../../4-plan/index.ts';
import { type Store, testsThatFailed } from '../../6-record/index.ts';
import type { Call } from '../../cli/engine/call.ts';
import type { Host } from '../../cli/engine/host.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import type { WhyAnswer, WhyOutcome } from '../../cli/engine/partitions.ts';
import {
  countKeys,
  error,
  formatKey,
  formatKeySet,
  type KeySet,
  keySetOf,
  linkPartitions,
  type PartitionDefinition,
  Problem,
  pointsOf,
  RelationCache,
  readKey,
  searchName,
  unpartitioned,
  wholeKey,
} from '../../core/index.ts';
import { withHistory } from '../history.ts';
import { withSession } from '../lazy-warehouse.ts';
import { type Asset, assetNamed, nameOf, readAsked, withoutPartitions } from '../named-asset.ts';
import { withCodeVersions } from './code-versions.ts';
import { tablesThatLack } from './lacking-tables.ts';
import { plannedState, readStates, type StatesRequest, standingTables } from './partition-states.ts';

/** Why an asset, or one partition of it (`orders[2024-03-31]`), would be built, or not. */
export async function explainAsset(asked: string, loaded: Loaded, call: Call, host: Host): Promise<WhyOutcome> {
  const { graph, environment } = loaded;
  const { name, key } = readAsked(asked);
  const node = assetNamed(name, graph);
  const definition = partitionsOf(node, graph.project.settings);
  const now = environment.startedAt.getTime();
  const keys = keysNamed(node, definition, key, now);
  const related = [node, ...dataParents(node, graph)];
  const answer = await withCodeVersions(loaded, (versionOf) =>
    withSession(loaded, host, async (session) => {
      const request = { call, session, relations: new RelationCache() };
      const texts = definition && relatedKeys(node, keys, definition, loaded);
      const absent = call.defer ? [] : await tablesThatLack(node, loaded, request);
      const states = await readStates(related, loaded, { ...request, versionOf, keys: texts });
      const judge = (choice?: ChosenKeys): Promise<Explanation> =>
        withHistory(loaded, call, (store) =>
          explain(states.get(node.unique_id) as AssetState, keys, {
            now,
            stateOf: (id) => states.get(id),
            testsAgainst: (id, runId, partition) => (store ? testNames(id, { runId, partition }, store, loaded) : []),
            choice,
            absent,
          }),
        );
      const first = await judge();
      if (!definition) return first;
      const isOneOfMany = first.verdict === 'run' && hasMoreThanOneBuild(node, definition, now);
      if (!isOneOfMany && !looksBack(node)) return first;
      const all = texts ? await readStates(related, loaded, request) : states;
      return judge(await choiceOf(node, definition, { loaded, states: all, ...request }));
    }),
  );
  const partition = definition ? formatKeySet(definition, keys) : '';
  const names = namesIn(answer.facts, loaded);
  const told: WhyAnswer = { ...answer, id: node.unique_id, name: searchName(node), partition, names };
  return { exitCode: 0, diagnostics: [], answer: told };
}

interface Recorded extends Pick<StatesRequest, 'session' | 'relations'> {
  readonly loaded: Loaded;
  /** Of all partitions. */
  readonly states: ReadonlyMap<string, AssetState>;
}

/** What a build of an asset alone would choose. */
async function choiceOf(
  node: Asset,
  definition: PartitionDefinition,
  { loaded, states, session, relations }: Recorded,
): Promise<ChosenKeys> {
  const standing = await standingTables([node], relations, session, loaded);
  return chooseAlone(node, definition, {
    graph: loaded.graph,
    now: loaded.environment.startedAt.getTime(),
    state: (id) => plannedState(states.get(id)),
    stands: (id) => standing.has(id),
  });
}

function keysNamed(
  node: Asset,
  definition: PartitionDefinition | undefined,
  key: string | undefined,
  now: number,
): KeySet {
  const name = searchName(node);
  if (!definition) {
    if (key === undefined) return wholeKey;
    throw new Problem(withoutPartitions(node));
  }
  const none = noPartitionsYet(name, definition, now);
  if (key === undefined) {
    const hint = none ?? `Name one: ingot why '${name}[…]'; ingot partitions ${name} shows all`;
    throw new Problem(error('cli/which-partition', `'${name}' is kept by partitions`, { hint }));
  }
  const reading = readKey(definition, key);
  if (reading.kind === 'key') return keySetOf([reading.point]);
  throw new Problem(
    error('cli/which-partition', `${reading.message}, in '${name}'`, {
      hint: reading.hint ?? none ?? `ingot partitions ${name} shows all`,
    }),
  );
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
    if (fact.kind === 'unaffected' || fact.kind === 'no-table') return [fact.parent];
    return fact.kind === 'skipped' && fact.because !== null ? [fact.because] : [];
  });
  return new Map(ids.map((id) => [id, nameOf(id, graph)]));
}
