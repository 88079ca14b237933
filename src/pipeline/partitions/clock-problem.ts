import { nodeRelation } from '../../1-parse/index.ts';
import type { AssetState } from '../../4-plan/index.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import {
  type Diagnostic,
  error,
  intersectKeys,
  isNone,
  type KeySet,
  ledgerOf,
  noKeys,
  warning,
} from '../../core/index.ts';

/** Clocks of several machines are never quite the same; and others may publish while this run is planned. Milliseconds. */
const usual = 5 * 60_000;

/**
 * What was published in the future, by a clock that was wrong. The ledger tells by time what came after what, so that all
 * that is built until then counts as older: its readers do not become stale. What is to take the place of such partitions
 * would not be seen, or not even be built, since another run has published them after this one began: that is an error.
 *
 * @param keys what is built of the assets that have partitions.
 */
export function clockProblem(
  states: ReadonlyMap<string, AssetState>,
  keys: ReadonlyMap<string, KeySet>,
  { graph, shelves, environment }: Loaded,
): readonly Diagnostic[] {
  const now = environment.startedAt.getTime();
  const ahead = [...states.values()]
    .flatMap(({ node, publications }) => publications.map(({ to, keys: there }) => ({ node, to, there })))
    .filter(({ to }) => to > now + usual)
    .sort((one, other) => other.to - one.to);
  const [newest] = ahead;
  if (!newest) return [];
  const again = ahead.find(({ node, there }) => !isNone(intersectKeys(there, keys.get(node.unique_id) ?? noKeys)));
  const { node, to } = again ?? newest;
  const { statements } = shelves.adapter;
  const ledger = statements.renderRelation(ledgerOf(nodeRelation(node, graph.project.settings.quoting)));
  const moment = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');
  const message = `'${node.name}' was published at ${moment(to)} UTC, and it is ${moment(now)}: what is built before then counts as older`;
  const hint = `Look at the clock of this machine. If another's was wrong: update ${ledger} set at_ms = at_ms - ${newest.to - now} where at_ms > ${now}`;
  return [(again ? error : warning)('plan/clock', message, { hint })];
}
