import { isMapping, type Json, type JsonObject } from '../../core/index.ts';
import type { ConfigKind } from './fields.ts';
import type { MergeProblem } from './merge.ts';

/** What settings mean for each other, once all places were heard. */
export function finalise(
  kind: ConfigKind,
  config: JsonObject,
): { readonly config: JsonObject; readonly problems: readonly MergeProblem[] } {
  const final: Record<string, Json> = { ...config };
  const problems: MergeProblem[] = [];
  if (typeof final.tags === 'string') final.tags = [final.tags];
  // YAML reads an unquoted `off` as a boolean.
  if (typeof final.static_analysis === 'boolean') final.static_analysis = final.static_analysis ? 'on' : 'off';
  if (isMapping(final.docs)) final.docs = pick(final.docs, { show: true, node_color: null });
  if (isMapping(final.contract)) final.contract = pick(final.contract, { enforced: false, alias_types: true });
  if (kind === 'test') settleStoreFailures(final);
  if (kind === 'model') settleFreshness(final, problems);
  if (kind === 'model' || kind === 'node') checkContract(final, problems);
  if (final.incremental_strategy === 'microbatch' && typeof final.begin === 'string')
    final.begin = isoTime(final.begin);
  return { config: final, problems };
}

/** A time as dbt writes it into its manifest; what is none stays as it is. */
function isoTime(written: string): string {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(\.\d+)?)?)?(Z|[-+]\d\d:?\d\d)?$/.exec(written);
  if (match === null) return written;
  const [, day, minutes = '00:00', seconds = '00', fraction = '', zone = ''] = match;
  const micros = Number(fraction) > 0 ? fraction.slice(0, 7).padEnd(7, '0') : '';
  return `${day}T${minutes}:${seconds}${micros}${zone === 'Z' ? '+00:00' : zone}`;
}

function pick(written: JsonObject, initial: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(initial).map(([name, value]) => [name, written[name] ?? value]));
}

/** Each of the two settings says what the other is; `store_failures_as` wins. */
function settleStoreFailures(config: Record<string, Json>): void {
  const { store_failures: stores, store_failures_as: as } = config;
  if (as === null || as === undefined) {
    config.store_failures_as = stores === true ? 'table' : stores === false ? 'ephemeral' : null;
  } else config.store_failures = as !== 'ephemeral';
}

function settleFreshness(config: Record<string, Json>, problems: MergeProblem[]): void {
  const { freshness } = config;
  const rule = isMapping(freshness) ? freshness.build_after : undefined;
  if (!isMapping(freshness) || rule === undefined) {
    config.freshness = null;
    return;
  }
  if (!isMapping(rule)) {
    problems.push({ field: 'freshness', expected: "a mapping whose 'build_after' is a mapping", value: freshness });
    return;
  }
  const count = rule.count ?? null;
  const period = rule.period ?? null;
  if ((count === null) !== (period === null)) {
    const expected = "a mapping whose 'build_after' has both 'count' and 'period'";
    problems.push({ field: 'freshness', expected, value: freshness });
  }
  config.freshness = { ...freshness, build_after: { ...rule, count, period, updates_on: rule.updates_on ?? 'any' } };
}

function checkContract(config: JsonObject, problems: MergeProblem[]): void {
  const enforced = isMapping(config.contract) && config.contract.enforced === true;
  if (!enforced || config.materialized !== 'incremental') return;
  const value = config.on_schema_change ?? null;
  if (value === 'append_new_columns' || value === 'fail') return;
  const expected = "'append_new_columns' or 'fail' in an incremental model with an enforced contract";
  problems.push({ field: 'on_schema_change', expected, value });
}
