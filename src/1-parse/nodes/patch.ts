import { isMapping, type Json, type JsonObject } from '../../core/index.ts';
import type { LoadedFile } from '../files/load-files.ts';
import type { DescribedContent, EntryDetails, EntryFacts, VersionFacts } from '../properties/facts.ts';

/** What properties say about one node. */
export interface Patch {
  readonly entry: EntryFacts;
  readonly file: LoadedFile;
  readonly content: DescribedContent;
  readonly details: () => EntryDetails;
  readonly version?: VersionFacts | undefined;
  readonly latestVersion?: string | number | null | undefined;
}

export function patchPath(patch: Patch): string {
  return `${patch.file.found.packageName}://${patch.file.found.path}`;
}

/** `config:` of the entry, with that of the version over it: mappings member by member, lists one after the other. */
export function patchConfig({ content, version }: Patch): JsonObject | undefined {
  const config = version ? (deepMerge(content.config, version.config) as JsonObject) : content.config;
  for (const _ in config) return config;
  return undefined;
}

function deepMerge(base: JsonObject, over: JsonObject): JsonObject {
  const merged: Record<string, JsonObject[string]> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key];
    merged[key] = mergeMember(before, value);
  }
  return merged;
}

function mergeMember(before: Json | undefined, over: Json): Json {
  if (isMapping(before) && isMapping(over)) return deepMerge(before, over);
  return Array.isArray(before) && Array.isArray(over) ? [...over, ...before] : over;
}
