import { existsSync } from 'node:fs';
import {
  type BackfillRecord,
  backfillsNamed,
  cancelBackfill,
  endedSteps,
  inStore,
  latestBackfills,
  openStore,
  runsOfBackfill,
  type Store,
} from '../6-record/index.ts';
import type { BackfillEntry, BackfillOutcome, BackfillRequest } from '../cli/engine/backfill.ts';
import type { Call } from '../cli/engine/call.ts';
import type { Loaded } from '../cli/engine/loaded.ts';
import {
  countKeys,
  error,
  formatKeySet,
  type JsonObject,
  type KeySet,
  noKeys,
  Problem,
  RelationCache,
  readKeySet,
  subtractKeys,
  unionKeys,
} from '../core/index.ts';
import { stateFile } from './locations.ts';
import { type Planned, plannedAssets, type Since, sinceInLedger } from './resumed.ts';
import { hasError } from './unusable.ts';

/** Lists, shows or cancels backfills. Throws `Problem` for one that there is not. */
export async function handleBackfills(loaded: Loaded, request: BackfillRequest, call: Call): Promise<BackfillOutcome> {
  const { diagnostics } = loaded;
  if (hasError(diagnostics)) return { exitCode: 2, diagnostics, entries: [] };
  const file = stateFile(loaded, call);
  const { store = undefined, diagnostics: found } = existsSync(file) ? await openStore(file) : { diagnostics: [] };
  const problems = [...diagnostics, ...found];
  try {
    const entries = await inStore(file, () => entriesIn(store, request, loaded));
    return { exitCode: 0, diagnostics: problems, entries };
  } finally {
    store?.close();
  }
}

async function entriesIn(
  store: Store | undefined,
  request: BackfillRequest,
  loaded: Loaded,
): Promise<readonly BackfillEntry[]> {
  const rows = store ? await meant(store, request) : [];
  if (rows.length === 0 && request.id !== undefined) throw new Problem(unknown(request.id));
  const entries: BackfillEntry[] = [];
  for (const row of rows) entries.push(await entryOf(row, store as Store, { request, loaded }));
  if (request.action === 'cancel') for (const row of rows) cancel(row, store as Store);
  return entries;
}

async function meant(store: Store, { action, id }: BackfillRequest): Promise<readonly BackfillRecord[]> {
  if (id === undefined) return latestBackfills(store);
  const rows = await backfillsNamed(store, id);
  if (action === 'ls' || rows.length < 2) return rows;
  const names = rows.map((row) => row.backfill_id).join(', ');
  throw new Problem(error('run/backfill', `More than one backfill begins with '${id}': ${names}`));
}

const unknown = (id: string) =>
  error('run/backfill', `There is no backfill '${id}'`, { hint: 'ingot backfill ls says which there are' });

function cancel(row: BackfillRecord, store: Store): void {
  if (row.status !== 'running' && row.status !== 'interrupted') {
    throw new Problem(error('run/backfill', `The backfill ${row.backfill_id} has ended already: ${row.status}`));
  }
  cancelBackfill(store, row);
}

interface Showing {
  readonly request: BackfillRequest;
  readonly loaded: Loaded;
}

async function entryOf(row: BackfillRecord, store: Store, { request, loaded }: Showing): Promise<BackfillEntry> {
  const args = JSON.parse(row.request) as JsonObject;
  const planned = plannedAssets(row, loaded);
  const runs = await runsOfBackfill(store, row.backfill_id);
  const states = request.action === 'show' ? await statesOf(row, planned, { loaded, store, runs }) : undefined;
  const assets = planned.map((asset) => {
    const { node, definition, keys } = asset;
    const about = {
      id: node.unique_id,
      name: node.name,
      planned: formatKeySet(definition, keys),
      count: countKeys(keys),
    };
    return { ...about, ...progress(asset, states?.get(node.unique_id)) };
  });
  return {
    id: row.backfill_id,
    status: row.status,
    target: row.target,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    command: String(args.invocation_command ?? 'ingot backfill'),
    args,
    partitions: assets.reduce((sum, { count }) => sum + count, 0),
    assets,
    runs,
  };
}

function progress({ definition, keys }: Planned, state: Since | undefined): Partial<BackfillEntry['assets'][number]> {
  if (!state) return {};
  const left = subtractKeys(keys, state.filled);
  const failed = subtractKeys(left, subtractKeys(left, state.failed));
  const open = subtractKeys(left, failed);
  return {
    filled: countKeys(keys) - countKeys(left),
    failed: formatKeySet(definition, failed),
    failedCount: countKeys(failed),
    left: formatKeySet(definition, open),
    leftCount: countKeys(open),
  };
}

interface Sources {
  readonly loaded: Loaded;
  readonly store: Store;
  readonly runs: readonly string[];
}

/**
 * The warehouse knows best what was published. While the backfill runs, it may not let anybody else in; and that of another
 * target knows nothing of it.
 */
async function statesOf(
  row: BackfillRecord,
  planned: readonly Planned[],
  sources: Sources,
): Promise<ReadonlyMap<string, Since>> {
  const recorded = await fromHistory(planned, sources);
  const { shelves, environment } = sources.loaded;
  if (row.status === 'running' || row.target !== environment.target.name) return recorded;
  try {
    const warehouse = await shelves.adapter.connect(environment.target.output, { threads: 1 });
    try {
      const place = { loaded: sources.loaded, session: await warehouse.openSession(), relations: new RelationCache() };
      const states = new Map<string, Since>();
      for (const asset of planned) {
        const { filled, failed } = await sinceInLedger(asset, row.created_at, place);
        // What failed with an error was never near the ledger.
        const other = recorded.get(asset.node.unique_id)?.failed ?? noKeys;
        states.set(asset.node.unique_id, { filled, failed: unionKeys(failed, other) });
      }
      return states;
    } finally {
      await warehouse.close();
    }
  } catch (failure) {
    if (failure instanceof Problem) return recorded;
    throw failure;
  }
}

async function fromHistory(planned: readonly Planned[], { store, runs }: Sources): Promise<Map<string, Since>> {
  const steps = await endedSteps(store, runs);
  return new Map(
    planned.map(({ node, definition }) => {
      let [filled, failed]: [KeySet, KeySet] = [noKeys, noKeys];
      for (const { node_id: id, partition_key: text, status } of steps) {
        if (id !== node.unique_id || text === '') continue;
        const keys = readKeySet(definition, text).set;
        if (status === 'success') [filled, failed] = [unionKeys(filled, keys), subtractKeys(failed, keys)];
        else failed = unionKeys(failed, keys);
      }
      return [node.unique_id, { filled, failed }];
    }),
  );
}
