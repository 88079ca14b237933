import { error, isMapping, type Json, type JsonObject, warning } from '../../core/index.ts';
import { readSource } from '../properties/read-source.ts';
import { entrySpan } from './entry-span.ts';
import type { Linking } from './linking.ts';
import { contextFor, patchPathOf } from './read-again.ts';
import type { SourceEntry } from './source.ts';

/**
 * Applies entries with `overrides:` to the sources of the packages that they name, and gives all sources that are left.
 * (dbt has deprecated this, and still does it.)
 */
export function overrideSources(linking: Linking, entries: readonly SourceEntry[]): readonly SourceEntry[] {
  const overrides = new Map<string, SourceEntry>();
  for (const one of entries) {
    const { overrides: packageName } = one.content;
    if (packageName === undefined) continue;
    const key = `${packageName}.${one.entry.name}`;
    const first = overrides.get(key);
    if (first === undefined) overrides.set(key, one);
    else reportTwice(linking, one, first);
  }
  if (overrides.size === 0) return entries;
  const used = new Set<SourceEntry>();
  const result = entries.flatMap((one) => {
    if (one.content.overrides !== undefined) return [];
    const override = overrides.get(`${one.file.found.packageName}.${one.entry.name}`);
    if (override === undefined) return [one];
    used.add(override);
    return [applyOverride(linking, one, override)];
  });
  for (const one of overrides.values()) if (!used.has(one)) reportUnused(linking, one);
  return result;
}

function applyOverride(linking: Linking, base: SourceEntry, over: SourceEntry): SourceEntry {
  const raw = mergeEntries(base.details().raw ?? {}, over.details().raw ?? {});
  const path = [base.entry.section, base.entry.index];
  const context = { ...contextFor(linking, base.file, base.details()), report: () => undefined };
  const content = readSource(context, raw, base.entry.name, path);
  // Tests that the override brings have no place of their own in the file of the source.
  const tables = content.tables.map((table) => ({
    ...table,
    range: table.range[1] === 0 ? base.entry.range : table.range,
    tests: table.tests.map((test) => ({ ...test, range: test.range[1] === 0 ? base.entry.range : test.range })),
  }));
  return { ...base, content: { ...content, tables }, details: () => ({ raw }), patchPath: patchPathOf(over.file) };
}

function mergeEntries(base: JsonObject, over: JsonObject): JsonObject {
  const { name: _, overrides: __, tables: overTables, ...changes } = over;
  const patches = new Map<Json, JsonObject>();
  for (const table of Array.isArray(overTables) ? (overTables as readonly Json[]) : []) {
    if (isMapping(table)) patches.set(table.name ?? null, table);
  }
  const tables = (Array.isArray(base.tables) ? (base.tables as readonly Json[]) : []).map((table) => {
    const patch = isMapping(table) ? patches.get(table.name ?? null) : undefined;
    if (!isMapping(table) || patch === undefined) return table;
    const { tests, data_tests: dataTests, ...rest } = table;
    const keepsTests = patch.tests === undefined && patch.data_tests === undefined;
    const own = keepsTests
      ? { ...(tests === undefined ? {} : { tests }), ...(dataTests === undefined ? {} : { data_tests: dataTests }) }
      : {};
    return { ...rest, ...own, ...patch };
  });
  return { ...base, ...changes, tables };
}

function reportTwice(linking: Linking, one: SourceEntry, first: SourceEntry): void {
  linking.report(
    error('parse/duplicate-override', `The source '${one.entry.name}' is overridden twice`, {
      span: entrySpan(one),
      notes: [{ message: 'the other is here', span: entrySpan(first) }],
    }),
  );
}

function reportUnused(linking: Linking, one: SourceEntry): void {
  const message = `'${one.content.overrides}.${one.entry.name}' is overridden, but there is no such source`;
  linking.report(warning('parse/unused-override', message, { span: entrySpan(one) }));
}
