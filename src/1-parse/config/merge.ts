import { type HookConfig, isMapping, type Json, type JsonObject } from '../../core/index.ts';
import type { ConfigFields, MergeRule } from './fields.ts';

/** A setting that cannot be merged because it has the wrong shape. */
export interface MergeProblem {
  readonly field: string;
  readonly expected: string;
  readonly value: Json;
  /** The member of the value that is wrong, from the outside in. Default: all of it. */
  readonly path?: readonly string[] | undefined;
  /** The entry of a list that is wrong. */
  readonly item?: string | undefined;
  /** The words that it can be, where these are all. */
  readonly words?: readonly string[] | undefined;
}

/**
 * Puts later settings over earlier ones by dbt's rules: tags, hooks and packages are added, meta and other mappings are
 * merged key by key, grants by privilege, the rest is replaced. Neither input is changed.
 */
export function mergeSettings(
  fields: ConfigFields,
  earlier: JsonObject,
  later: JsonObject,
  problems: MergeProblem[] = [],
): JsonObject {
  const merged: Record<string, Json> = { ...earlier };
  for (const [written, value] of Object.entries(later)) {
    const name = fieldName(written);
    const rule = fields[name]?.merge ?? 'replace';
    const before = merged[name];
    merged[name] =
      before === undefined ? normalise(name, value, problems) : mergeValue(name, rule, before, value, problems);
  }
  return merged;
}

/** dbt accepts `pre_hook` and `post_hook` besides its own spelling. Blanks around a name are dropped. */
export function fieldName(written: string): string {
  if (written === 'pre_hook') return 'pre-hook';
  if (written === 'post_hook') return 'post-hook';
  return written.trim();
}

function mergeValue(name: string, rule: MergeRule, before: Json, value: Json, problems: MergeProblem[]): Json {
  if (rule === 'replace') return value;
  if (rule === 'append') return [...listOf(before), ...(listOf(normalise(name, value, problems)) as Json[])];
  if (!isMapping(value)) {
    problems.push({ field: name, expected: 'a mapping', value });
    return before;
  }
  if (!isMapping(before)) return value;
  return rule === 'update' ? { ...before, ...value } : mergeGrants(before, value);
}

function mergeGrants(before: JsonObject, value: JsonObject): JsonObject {
  const merged: Record<string, Json> = {};
  for (const [privilege, grantees] of Object.entries(before)) merged[privilege] = listOf(grantees);
  for (const [written, grantees] of Object.entries(value)) {
    const extend = written.startsWith('+');
    const privilege = written.replace(/^\++/, '');
    const kept = extend ? listOf(merged[privilege] ?? []) : [];
    merged[privilege] = [...kept, ...listOf(grantees)];
  }
  return merged;
}

function normalise(name: string, value: Json, problems: MergeProblem[]): Json {
  if (name !== 'pre-hook' && name !== 'post-hook') return value;
  const empty = listOf(value).find((hook) => isMapping(hook) && typeof hook.sql !== 'string');
  if (empty !== undefined) problems.push({ field: name, expected: "SQL, or a mapping with 'sql'", value: empty });
  return listOf(value).map(hookOf) as unknown as Json;
}

/** A hook as text, as a mapping, or as JSON text of a mapping. */
function hookOf(written: Json): HookConfig {
  if (isMapping(written)) return fromMapping(written);
  if (typeof written !== 'string') return { sql: String(written), transaction: true, index: null };
  if (written.trimStart().startsWith('{') && !written.trimStart().startsWith('{{')) {
    try {
      const parsed = JSON.parse(written) as Json;
      if (isMapping(parsed)) return fromMapping(parsed);
    } catch {
      // Not JSON: it is SQL.
    }
  }
  return { sql: written, transaction: true, index: null };
}

function fromMapping(written: JsonObject): HookConfig {
  return {
    sql: typeof written.sql === 'string' ? written.sql : '',
    transaction: written.transaction !== false,
    index: typeof written.index === 'number' ? written.index : null,
  };
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}

const appended = new Set(['pre-hook', 'post-hook', 'tags', 'packages']);
const updated = new Set(['quoting', 'column_types', 'meta', 'docs', 'contract', 'snapshot_meta_column_names']);

/** Adds what one `config()` call says to what earlier calls of the same file said. */
export function mergeConfigCall(earlier: JsonObject | undefined, call: JsonObject): JsonObject {
  if (earlier === undefined || Object.keys(earlier).length === 0) return renameHooks(call);
  const merged: Record<string, Json> = { ...earlier };
  for (const [written, value] of Object.entries(call)) {
    const name = fieldName(written);
    const before = merged[name];
    if (appended.has(name)) merged[name] = [...(before === undefined ? [] : listOf(before)), ...listOf(value)];
    else if (updated.has(name) && isMapping(value)) merged[name] = { ...(isMapping(before) ? before : {}), ...value };
    else if (name === 'grants' && isMapping(value)) merged[name] = mergeCalledGrants(before, value);
    else merged[name] = value;
  }
  return merged;
}

/** Unlike `mergeGrants`, keeps a `+`, since the project's settings are still to be extended by it. */
function mergeCalledGrants(before: Json | undefined, value: JsonObject): JsonObject {
  const merged: Record<string, Json> = {};
  for (const [privilege, grantees] of Object.entries(isMapping(before) ? before : {}))
    merged[privilege] = listOf(grantees);
  for (const [privilege, grantees] of Object.entries(value)) {
    const kept = privilege.startsWith('+') ? listOf(merged[privilege] ?? []) : [];
    merged[privilege] = [...kept, ...listOf(grantees)];
  }
  return merged;
}

function renameHooks(call: JsonObject): JsonObject {
  if (!('pre_hook' in call) && !('post_hook' in call)) return call;
  return Object.fromEntries(Object.entries(call).map(([name, value]) => [fieldName(name), value]));
}
