import type { PackedColumns } from '../3-compile/index.ts';
import type { Plan } from '../4-plan/index.ts';
import type { Call } from '../cli/engine/call.ts';
import type { Host } from '../cli/engine/host.ts';
import type { Loaded } from '../cli/engine/loaded.ts';
import { type Relation, RelationCache, type Warehouse } from '../core/index.ts';
import { openPartitionRun, type PartitionRun } from './backfill.ts';
import { earlierRelations } from './defer.ts';
import { type KeptResults, keptColumns } from './kept-results.ts';
import { lazyWarehouse } from './lazy-warehouse.ts';
import type { Chosen } from './plan/choose-steps.ts';
import { RunRecord } from './run-record.ts';
import { runsElsewhere } from './unit-tests.ts';

/** A command with what it holds open: close it, whatever happens. */
export interface OpenRun extends Chosen {
  readonly call: Call;
  readonly host: Host;
  readonly warehouse: Warehouse;
  readonly relations: RelationCache;
  /** What `clone` copies, by unique id. */
  readonly origins: ReadonlyMap<string, Relation> | undefined;
  readonly record: RunRecord;
  readonly known: KeptResults<PackedColumns>;
  /** What runs beside other processes: leases, the backfill. */
  readonly shared: PartitionRun;
  close(): Promise<void>;
}

/** Connects, and opens the history. Throws `Problem` where that cannot be. */
export async function openRun(chosen: Chosen, call: Call, host: Host): Promise<OpenRun> {
  const { loaded, plan } = chosen;
  const origins = plan.action === 'clone' ? earlierRelations(loaded, call, 'clone') : undefined;
  // To compile is to leave nothing behind that would have to be ended in order.
  if (plan.action !== 'compile') host.heedSignals?.();
  const record = new RunRecord(loaded, call, host);
  const warehouse = await openWarehouse(loaded, plan);
  const shared = await openPartitionRun(plan, loaded, call, host).catch(async (failure: unknown) => {
    await warehouse.close();
    throw failure;
  });
  const close = async (): Promise<void> => {
    await warehouse.close();
    shared.close();
    await record.finish();
  };
  const [relations, known] = [new RelationCache(), keptColumns(loaded)];
  return { ...chosen, call, host, warehouse, relations, origins, record, known, shared, close };
}

/** Compiling mostly needs no warehouse, and what has nothing to do needs none at all. */
async function openWarehouse(loaded: Loaded, plan: Plan): Promise<Warehouse> {
  const { shelves, environment } = loaded;
  const { output, threads } = environment.target;
  const connect = (): Promise<Warehouse> => shelves.adapter.connect(output, { threads });
  const mayNeedNone = plan.action === 'compile' || plan.steps.length === 0 || runsElsewhere(plan, loaded);
  return mayNeedNone ? lazyWarehouse(connect) : connect();
}
