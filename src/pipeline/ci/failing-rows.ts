import type { Call } from '../../cli/engine/call.ts';
import type { Host } from '../../cli/engine/host.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import type { RunOutcome } from '../../cli/engine/run.ts';
import {
  type Node,
  Problem,
  type Session,
  StatementError,
  type StepFinished,
  searchName,
  type Table,
} from '../../core/index.ts';
import { handleQuarantine } from '../quarantine/quarantine.ts';

/** As many as a reader wants to see. */
const mostRows = 3;

export interface FailingRowsRequest {
  readonly loaded: Loaded;
  readonly given: Call;
  readonly host: Host;
  readonly session: Session;
}

/** Some of the rows that data tests found fault with, by the test's unique id. */
export async function failingRows(
  { results, compiled }: RunOutcome,
  request: FailingRowsRequest,
): Promise<ReadonlyMap<string, Table>> {
  const { graph, shelves } = request.loaded;
  const found = new Map<string, Table>();
  for (const step of results) {
    const { nodeId, status, failures } = step;
    const isFault = failures && (status === 'fail' || status === 'warn');
    if (!isFault || found.has(nodeId) || graph.nodes.get(nodeId)?.resource_type !== 'test') continue;
    try {
      const sql = compiled.get(nodeId)?.sql;
      const isHeldBack = status === 'fail' && step.staged !== undefined;
      const limited = sql && shelves.adapter.statements.limited(sql, mostRows);
      const rows = isHeldBack ? await heldBackRows(step, request) : limited && (await request.session.query(limited));
      if (rows) found.set(nodeId, rows);
    } catch (failure) {
      // What it read may be gone. How many rows there were is known all the same.
      if (!(failure instanceof StatementError || failure instanceof Problem)) throw failure;
    }
  }
  return found;
}

/** Of data that was put aside because of the test. */
async function heldBackRows(
  { nodeId: test, staged: [model = ''] = [], partition }: StepFinished,
  { loaded, given, host }: FailingRowsRequest,
): Promise<Table | undefined> {
  const node = loaded.graph.nodes.get(model) as Node | undefined;
  if (!node) return undefined;
  const asked = { model: searchName(node), run: undefined, partition, test, force: false, all: false };
  const call: Call = { ...given, command: 'quarantine', select: [], exclude: [], limit: mostRows };
  const { previews } = await handleQuarantine(loaded, { ...asked, action: 'show' }, call, host);
  return previews[0]?.table;
}
