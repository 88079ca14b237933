import { hash } from 'node:crypto';
import { resolve } from 'node:path';
import type { Diagnostic, Environment, MacroNode } from '../core/index.ts';
import type { CacheKeys } from './cache/cache-format.ts';
import { cacheKeys } from './cache/cache-keys.ts';
import { callsMark, readsFlags } from './cache/edited-code.ts';
import { noCache, openParseCache } from './cache/parse-cache.ts';
import { seenNow, stampOf } from './cache/stamp.ts';
import type { FileRecord } from './files/file-facts.ts';
import { type LoadedFile, loadFiles } from './files/load-files.ts';
import { linkFiles } from './link.ts';
import { createMacroSearch } from './macros/macro-search.ts';
import { createReach } from './macros/reach.ts';
import type { Capturer } from './nodes/capture-drafts.ts';
import { createLinking, createWorld } from './nodes/create-linking.ts';
import { docNodes } from './nodes/doc-nodes.ts';
import { linkMacros, macroNodes } from './nodes/macro-nodes.ts';
import { argumentsProperty } from './nodes/read-again.ts';
import type { ParseProjectInput, Project, ProjectSettings } from './project.ts';
import { besideMacros } from './settings/beside-macros.ts';

/** Where the parse cache of a project is kept: in its target folder. */
export function parseCacheFile(settings: ProjectSettings): string {
  return resolve(settings.root, settings.targetPath, 'ingot-parse-cache.bin');
}

/**
 * Reads all files of a project and its packages. Never throws for a faulty project: what is wrong stands in
 * `diagnostics`, all of it together.
 */
export function parseProject(input: ParseProjectInput): Project {
  const { settings, packages, environment, shelves } = input;
  const diagnostics: Diagnostic[] = [...(input.diagnostics ?? [])];
  const report = (diagnostic: Diagnostic): void => {
    diagnostics.push(diagnostic);
  };
  const keys = cacheKeys(input);
  const { cacheFile } = input;
  const cache = cacheFile === undefined ? noCache : openParseCache(cacheFile, keys, environment.invocationId);
  const loaded = loadFiles(packages.values(), cache.records, {
    quote: (identifier) => shelves.adapter.statements.quote(identifier),
    argumentsProperty: argumentsProperty(settings.flags),
  });
  input.onFiles?.(loaded.files.length);
  diagnostics.push(...loaded.diagnostics, ...loaded.files.flatMap(({ record }) => record.diagnostics));
  const env = new Map<string, string | undefined>();
  const createdAt = environment.startedAt.getTime() / 1000;
  const macros = macroNodes(loaded.files, createdAt, report);
  const search = createMacroSearch(
    macros.macros.values(),
    settings,
    packages,
    [shelves.adapter.type],
    shelves.adapter.capabilities.ownMacros,
  );
  linkMacros(macros, search);
  const world = createWorld(input, {
    macros: macros.macros,
    search,
    docs: docNodes(loaded.files, report),
    versionOf: (macro) => macros.files.get(macro.unique_id)?.record.checksum.slice(0, 16) ?? '',
    onEnv: (name, value) => env.set(name, value),
    report,
  });
  const linking = createLinking(
    world,
    report,
    createdAt,
    createReach<MacroNode>(search, (macro) => factsOf(macros.facts, macro)),
  );
  const capturer = linkFiles(linking, loaded.files, macros);
  const isNews = input.keepsCache !== false && (loaded.changed || renderingsChanged(loaded.files, capturer));
  if (isNews) cache.save(recordsToKeep(loaded.files, capturer));
  return {
    name: settings.name,
    version: settings.version,
    root: settings.root,
    settings: besideMacros(settings, macros.macros),
    packages,
    nodes: linking.nodes,
    sources: linking.sources,
    exposures: linking.exposures,
    macros: macros.macros,
    docs: world.docs,
    groups: linking.groups,
    unit_tests: linking.unitTests,
    functions: linking.functions,
    metrics: linking.metrics,
    semantic_models: linking.semanticModels,
    saved_queries: linking.savedQueries,
    disabled: linking.disabled,
    selectors: input.selectors ?? new Map(),
    diagnostics,
    fingerprint: fingerprint(keys, loaded.files, environment, env),
    stamp: stampOf(input, {
      files: loaded.files.map((file) => {
        const { mtime, size } = file.record;
        return seenNow(file.key, mtime, size, callsMark(file.record, capturer.kept.get(file)), environment.startedAt);
      }),
      env: [...env.keys()].sort(),
      readsFlags: [...capturer.kept.values()].some((renderings) => Object.values(renderings).some(readsFlags)),
    }),
  };
}

function factsOf<Facts>(facts: ReadonlyMap<string, Facts>, macro: MacroNode): Facts {
  const found = facts.get(macro.unique_id);
  if (found === undefined) throw new Error(`nothing is known of ${macro.unique_id}`);
  return found;
}

function renderingsChanged(files: readonly LoadedFile[], { kept, rendered }: Capturer): boolean {
  if (rendered > 0) return true;
  return files.some((file) => file.record.renderings !== undefined && !kept.has(file));
}

function recordsToKeep(files: readonly LoadedFile[], { kept }: Capturer): ReadonlyMap<string, FileRecord> {
  const records = new Map<string, FileRecord>();
  for (const file of files) {
    const renderings = kept.get(file);
    const { record } = file;
    records.set(file.key, sameRenderings(record.renderings, renderings) ? record : { ...record, renderings });
  }
  return records;
}

function sameRenderings(a: FileRecord['renderings'], b: FileRecord['renderings']): boolean {
  if (a === undefined || b === undefined) return a === b;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

/** One text for everything that a project is made of. */
function fingerprint(
  keys: CacheKeys,
  files: readonly LoadedFile[],
  { vars, flags }: Environment,
  env: ReadonlyMap<string, string | undefined>,
): string {
  const parts = [keys.facts, keys.renderings, JSON.stringify(vars), String(flags.storeFailures)];
  for (const { key, record } of files) parts.push(key, record.checksum, String(record.size));
  for (const [name, value] of [...env].sort()) parts.push(name, value ?? '\0');
  return hash('sha256', parts.join('\n'));
}
