import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Call } from '../../cli/engine/call.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import { targetFolder } from '../locations.ts';
import { withRecorded } from './offline-warehouse.ts';
import type { OfflinePlan } from './plan-offline.ts';

/**
 * The project as a plan is built of it: its adapter opens an empty warehouse in this process, which has what the plan reads
 * and is gone afterwards.
 */
export function readyOffline(loaded: Loaded, plan: OfflinePlan): Promise<Loaded> {
  return withRecorded(withoutHooks(loaded, plan), plan.recorded);
}

/**
 * The call that builds a plan. Its history has a file of its own, which begins empty: nobody is to take what is built here
 * for what is in a warehouse.
 */
export function offlineCall(loaded: Loaded, plan: OfflinePlan, call: Call): Call {
  const stateFile = join(targetFolder(loaded), 'state.db');
  for (const file of [stateFile, `${stateFile}-wal`, `${stateFile}-shm`]) rmSync(file, { force: true });
  return { ...call, command: 'build', only: plan.ids, stateFile, defer: false, state: undefined };
}

/** What a hook says to another warehouse, and this one has no words for, has nothing to do here. */
function withoutHooks(loaded: Loaded, { droppedHooks }: OfflinePlan): Loaded {
  const { graph } = loaded;
  const dropped = new Set(droppedHooks);
  const nodes = new Map([...graph.nodes].filter(([id]) => !dropped.has(id)));
  return { ...loaded, graph: { ...graph, nodes, order: graph.order.filter((id) => !dropped.has(id)) } };
}
