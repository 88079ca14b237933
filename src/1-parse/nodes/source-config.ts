import { type Diagnostic, error, isMapping, type Json, type JsonObject, type Span } from '../../core/index.ts';

type Threshold = { readonly warn_after: JsonObject; readonly error_after: JsonObject; readonly filter: Json };

const noTime: JsonObject = { count: null, period: null };
const noThreshold: Threshold = { warn_after: noTime, error_after: noTime, filter: null };

/** `config:` of a source's table: what the source and the table say beside `config:` and in it, table over source. */
export function sourceSettings(
  source: JsonObject,
  table: JsonObject,
  span: Span,
  report: (diagnostic: Diagnostic) => void,
): JsonObject {
  const sourceConfig = mapping(source.config);
  const tableConfig = mapping(table.config);
  const settings: Record<string, Json> = { ...sourceConfig, ...tableConfig };
  const freshness = mergedFreshness([source.freshness, sourceConfig.freshness, table.freshness, tableConfig.freshness]);
  settings.freshness = freshness as Json;
  Object.assign(settings, loadedAt(source, table, span, report));
  settings.meta = {
    ...mapping(source.meta),
    ...mapping(sourceConfig.meta),
    ...mapping(table.meta),
    ...mapping(tableConfig.meta),
  };
  settings.tags = [source.tags, sourceConfig.tags, table.tags, tableConfig.tags]
    .flatMap((tags) =>
      Array.isArray(tags) ? (tags as readonly Json[]) : tags === undefined || tags === null ? [] : [tags],
    )
    .filter((tag): tag is string => typeof tag === 'string')
    .filter((tag, index, all) => all.indexOf(tag) === index)
    .sort();
  if (isEmptyThreshold(freshness)) {
    // Nobody set one here, so that of the project file counts.
    delete settings.freshness;
  }
  return settings;
}

function mapping(value: Json | undefined): JsonObject {
  return isMapping(value) ? value : {};
}

/** Left to right; an explicit null switches checks off, and a later setting switches them on again. */
function mergedFreshness(written: readonly (Json | undefined)[]): Threshold | null {
  let merged: Threshold | null | undefined;
  for (const value of written) {
    const threshold = value === null ? null : toThreshold(value);
    if (merged === undefined) merged = threshold;
    else if (merged !== null && threshold !== null) merged = mergeThresholds(merged, threshold, value);
    else merged = merged === null && threshold !== null && !isEmptyThreshold(threshold) ? threshold : null;
  }
  return merged ?? null;
}

function toThreshold(value: Json | undefined): Threshold {
  if (!isMapping(value)) return noThreshold;
  const time = (name: string): JsonObject => {
    const written = value[name];
    if (written === null) return null as unknown as JsonObject;
    return isMapping(written) ? { count: written.count ?? null, period: written.period ?? null } : noTime;
  };
  return { warn_after: time('warn_after'), error_after: time('error_after'), filter: value.filter ?? null };
}

function mergeThresholds(base: Threshold, update: Threshold, written: Json | undefined): Threshold {
  const time = (name: 'warn_after' | 'error_after'): JsonObject => {
    const [before, after] = [base[name], update[name]];
    if (after === null) return null as unknown as JsonObject;
    if (before === null || isEmptyTime(before)) return after;
    if (isEmptyTime(after)) return before;
    return { count: after.count ?? before.count ?? null, period: after.period ?? before.period ?? null };
  };
  const said = isMapping(written) && 'filter' in written;
  return {
    warn_after: time('warn_after'),
    error_after: time('error_after'),
    filter: said ? update.filter : (update.filter ?? base.filter),
  };
}

function isEmptyTime(time: JsonObject | null): boolean {
  return time === null || (time.count === null && time.period === null);
}

function isEmptyThreshold(threshold: Threshold | null): boolean {
  return (
    threshold !== null &&
    isEmptyTime(threshold.warn_after) &&
    isEmptyTime(threshold.error_after) &&
    threshold.filter === null
  );
}

function loadedAt(
  source: JsonObject,
  table: JsonObject,
  span: Span,
  report: (diagnostic: Diagnostic) => void,
): JsonObject {
  const sourceConfig = mapping(source.config);
  const tableConfig = mapping(table.config);
  const tableQuery = table.loaded_at_query || tableConfig.loaded_at_query || null;
  const tableField = table.loaded_at_field || tableConfig.loaded_at_field || null;
  const sourceQuery = source.loaded_at_query || sourceConfig.loaded_at_query || null;
  const sourceField = source.loaded_at_field || sourceConfig.loaded_at_field || null;
  const fieldIsSaid = 'loaded_at_field' in table || Boolean(tableConfig.loaded_at_field);
  if ((fieldIsSaid && tableQuery) || (sourceField && sourceQuery)) {
    const where = fieldIsSaid && tableQuery ? 'table' : 'source';
    report(error('parse/loaded-at', `A ${where} can have 'loaded_at_field' or 'loaded_at_query', not both`, { span }));
  }
  return {
    loaded_at_field: fieldIsSaid ? tableField : sourceField,
    loaded_at_query: tableQuery ?? (fieldIsSaid ? null : sourceQuery),
  };
}
