import { asMapping, type Diagnostic, type Json, type JsonObject, readNamedPartitions } from '../../core/index.ts';
import type { Scope } from '../../jinja/index.ts';
import type { LayerRule, ProjectSettings } from '../project.ts';
import { check, renderYaml } from '../yaml/index.ts';
import { checkMeaning } from './check-meaning.ts';
import { isRenderedEarly } from './late-rendered.ts';
import type { ProjectFile } from './project-file.ts';
import { type ProjectFileContent, projectSchema } from './schema.ts';

export interface SettingsResult {
  /** Undefined where the file cannot be used at all; then `diagnostics` has an error. */
  readonly settings: ProjectSettings | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export interface SettingsOptions {
  /** The names that templates in the file can use. */
  readonly scope: Scope;
  readonly pathPrefix?: string;
  /** `--no-version-check`: do not ask whether the package is made for this version of dbt. Default true. */
  readonly versionCheck?: boolean;
  /** `--target-path`; wins over the file. */
  readonly targetPath?: string | undefined;
}

/** Renders and checks a project file, and fills in dbt's defaults. */
export function readSettings(file: ProjectFile, options: SettingsOptions): SettingsResult {
  const diagnostics: Diagnostic[] = [...file.diagnostics];
  if (diagnostics.some(isError)) return { settings: undefined, diagnostics };
  const unrendered = withDataTests(file.content);
  const rendered = renderYaml(unrendered, {
    scope: options.scope,
    text: file.text,
    file: file.file,
    shouldRender: isRenderedEarly,
  });
  diagnostics.push(...rendered.diagnostics);
  const raw = rendered.value as JsonObject;
  diagnostics.push(...check(projectSchema, raw, file.text, file.file));
  diagnostics.push(...checkMeaning(raw, file, options.versionCheck ?? true));
  if (typeof raw.name !== 'string' || diagnostics.some(isError)) return { settings: undefined, diagnostics };
  return { settings: toSettings(raw, unrendered, file, options), diagnostics };
}

const isError = (diagnostic: Diagnostic): boolean => diagnostic.severity === 'error';

/** `tests:` is the old name of `data_tests:`. */
function withDataTests(content: JsonObject): JsonObject {
  if (content.tests === undefined || content.data_tests !== undefined) return content;
  return Object.fromEntries(
    Object.entries(content).map(([key, value]) => [key === 'tests' ? 'data_tests' : key, value]),
  );
}

function toSettings(
  raw: JsonObject,
  unrendered: JsonObject,
  file: ProjectFile,
  options: SettingsOptions,
): ProjectSettings {
  const content = raw as unknown as ProjectFileContent;
  const folders = foldersOf(content);
  const targetPath = options.targetPath ?? content['target-path'] ?? 'target';
  return {
    name: content.name,
    version: content.version == null ? null : String(content.version),
    root: file.root,
    pathPrefix: options.pathPrefix ?? '',
    file: file.file,
    profile: content.profile ?? null,
    ...folders,
    docsPaths: content['docs-paths'] ?? uniquePaths(folders),
    assetPaths: content['asset-paths'] ?? [],
    targetPath,
    cleanTargets: content['clean-targets'] ?? [targetPath],
    packagesInstallPath: content['packages-install-path'] ?? 'dbt_packages',
    vars: mappingOf(raw.vars),
    quoting: mappingOf(raw.quoting),
    onRunStart: hooksOf(raw['on-run-start']),
    onRunEnd: hooksOf(raw['on-run-end']),
    dispatch: (content.dispatch ?? []).map((entry) => ({
      macroNamespace: entry.macro_namespace,
      searchOrder: entry.search_order,
    })),
    flags: mappingOf(raw.flags),
    dialect: content.dialect ?? null,
    partitions: readNamedPartitions((content.partitions ?? null) as Json).named,
    layers: layersOf(content),
    samplePath: content['sample-path'] ?? 'samples',
    masking: (content.masking ?? []).map(({ tag, meta, rule }) => ({
      tag,
      meta: meta && (meta as JsonObject),
      rule: rule ?? 'null',
    })),
    review: { schema: content.ci?.schema ?? undefined, productionTarget: content.ci?.production_target ?? undefined },
    queryComment: raw['query-comment'],
    unrendered,
    raw,
  };
}

function foldersOf(content: ProjectFileContent) {
  return {
    modelPaths: content['model-paths'] ?? content['source-paths'] ?? ['models'],
    seedPaths: content['seed-paths'] ?? content['data-paths'] ?? ['seeds'],
    snapshotPaths: content['snapshot-paths'] ?? ['snapshots'],
    analysisPaths: content['analysis-paths'] ?? ['analyses'],
    macroPaths: content['macro-paths'] ?? ['macros'],
    testPaths: content['test-paths'] ?? ['tests'],
    functionPaths: content['function-paths'] ?? ['functions'],
  };
}

/** Docs blocks are looked for in every folder, unless the project says where. */
function uniquePaths(folders: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return [...new Set(Object.values(folders).flatMap((paths) => paths.map((path) => path.replace(/\/+$/, ''))))];
}

function mappingOf(value: Json | undefined): JsonObject {
  return asMapping(value) ?? {};
}

function hooksOf(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((hook) => typeof hook === 'string') : [];
}

function layersOf(content: ProjectFileContent): ReadonlyMap<string, LayerRule> {
  const entries = Object.entries(content.layers ?? {});
  return new Map(entries.map(([name, rule]) => [name, { reads: rule?.reads ?? [] }]));
}
