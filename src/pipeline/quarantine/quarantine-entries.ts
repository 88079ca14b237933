import { nodeRelation, partitionsOf, quotePart } from '../../1-parse/index.ts';
import type { Graph } from '../../2-graph/index.ts';
import { type KeptAsset, modelName, type Quarantined, readQuarantined } from '../../5-execute/index.ts';
import { failedTests, lastBuilt, type Store } from '../../6-record/index.ts';
import type { Call } from '../../cli/engine/call.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import type { QuarantineEntry, QuarantineRequest } from '../../cli/engine/quarantine.ts';
import {
  didYouMeanHint,
  error,
  type LedgerEntry,
  Problem,
  type Relation,
  type RelationCache,
  type Session,
} from '../../core/index.ts';
import { withHistory } from '../history.ts';
import { selectNodes } from '../select.ts';

/** Data in quarantine, with what the history says of it. */
export interface Found {
  readonly quarantined: Quarantined;
  readonly entry: QuarantineEntry;
}

/** What is in quarantine in the schemas of the project's models, oldest first. */
export async function readEntries(
  loaded: Loaded,
  call: Call,
  { session, relations }: { readonly session: Session; readonly relations: RelationCache },
): Promise<readonly Found[]> {
  const { statements } = loaded.shelves.adapter;
  const found = await readQuarantined(schemasOf(loaded.graph), { session, relations, statements }, (asset) =>
    keptAs(asset, loaded.graph),
  );
  if (found.length === 0) return [];
  return withHistory(loaded, call, async (store) => {
    const entries: Found[] = [];
    for (const quarantined of found) {
      entries.push({ quarantined, entry: await describe(quarantined, loaded, store) });
    }
    return entries;
  });
}

function keptAs(asset: string, { nodes, project }: Graph): KeptAsset | undefined {
  const node = nodes.get(asset);
  if (node?.resource_type === 'model') return { alias: node.alias, partitions: partitionsOf(node, project.settings) };
  return node?.resource_type === 'snapshot' ? { alias: node.alias, partitions: undefined } : undefined;
}

/** The schemas in which models and snapshots stand, each once. */
function schemasOf({ nodes, project }: Graph): readonly Relation[] {
  const schemas = new Map<string, Relation>();
  for (const node of nodes.values()) {
    if (node.resource_type !== 'model' && node.resource_type !== 'snapshot') continue;
    schemas.set(`${node.database ?? ''}.${node.schema}`.toLowerCase(), nodeRelation(node, project.settings.quoting));
  }
  return [...schemas.values()];
}

async function describe(
  { entry, relation, supersededAt }: Quarantined,
  { graph, shelves, environment }: Loaded,
  store: Store | undefined,
): Promise<QuarantineEntry> {
  // Partitions are published in no other way than by the ledger.
  const builtAt = entry.partitionKey === '' && store && (await lastBuilt(store, entry.asset, environment.target.name));
  const newer = supersededAt ?? (typeof builtAt === 'number' && builtAt > entry.at ? builtAt : undefined);
  const quoted = { ...relation, ...quotePart(graph.project.settings.quoting) };
  return {
    id: entry.asset,
    model: modelName(graph.nodes.get(entry.asset), entry.asset),
    partition: entry.partitionKey,
    run: entry.runId,
    at: entry.at,
    rows: entry.rows,
    content: entry.content === 'rows' ? 'rows' : 'table',
    relation: shelves.adapter.statements.renderRelation(quoted),
    tests: store ? testsOf(entry, graph, store) : null,
    readers: (graph.children.get(entry.asset) ?? []).filter((id) => graph.nodes.get(id)?.resource_type === 'model')
      .length,
    supersededAt: newer ?? null,
  };
}

function testsOf({ asset, runId, partitionKey }: LedgerEntry, graph: Graph, store: Store): readonly string[] | null {
  const failed = failedTests(store, runId, { asset, partition: partitionKey });
  const tests = failed.flatMap((id) => {
    const test = graph.nodes.get(id);
    return test?.resource_type === 'test' && test.depends_on.nodes.includes(asset) ? [test.name] : [];
  });
  return tests.length > 0 ? tests : null;
}

/** Those entries that the call means. Throws `Problem` for a model that nobody knows. */
export async function matching(
  found: readonly Found[],
  { model, run, partition }: QuarantineRequest,
  loaded: Loaded,
  call: Call,
): Promise<readonly Found[]> {
  const hasSelection = call.select.length > 0 || call.exclude.length > 0 || call.selector !== undefined;
  const selected = hasSelection ? new Set((await selectNodes(loaded, call)).ids) : undefined;
  const wantedRun = run?.replaceAll('-', '');
  const those = found.filter(
    ({ entry }) =>
      (model === undefined || isNamed(entry, model)) &&
      (selected === undefined || selected.has(entry.id)) &&
      (partition === undefined || entry.partition === partition) &&
      (wantedRun === undefined || entry.run.replaceAll('-', '').startsWith(wantedRun)),
  );
  if (those.length === 0 && model !== undefined) requireModel(model, found, loaded.graph);
  return those;
}

const isNamed = ({ id, model }: Pick<QuarantineEntry, 'id' | 'model'>, name: string): boolean =>
  name === model || name === id || id.replace(/^\w+\./, '') === name || name === model.replace(/\.v[^.]*$/, '');

function requireModel(name: string, found: readonly Found[], graph: Graph): void {
  const models = [...graph.nodes.values()].filter(({ resource_type: type }) => type === 'model' || type === 'snapshot');
  const names = models.map((node) => ({ id: node.unique_id, model: modelName(node, node.unique_id) }));
  if ([...names, ...found.map(({ entry }) => entry)].some((one) => isNamed(one, name))) return;
  const hint = didYouMeanHint(
    name,
    names.map(({ model }) => model),
  );
  throw new Problem(error('cli/unknown-node', `There is no model '${name}'`, { hint }));
}
