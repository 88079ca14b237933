import type { Json, JsonObject, NodeConfig } from '../../core/index.ts';
import type { ProjectSettings } from '../project.ts';
import { type ConfigFields, type ConfigKind, configFields, settingsKeys } from './fields.ts';
import { finalise } from './finalise.ts';
import { settingsLevels, settingsOf } from './levels.ts';
import { fieldName, type MergeProblem, mergeSettings } from './merge.ts';

export interface ConfigRequest {
  readonly kind: ConfigKind;
  readonly packageName: string;
  readonly fqn: readonly string[];
  /** `config:` of the properties file. */
  readonly properties?: JsonObject | undefined;
  /** `config()` of the file itself. */
  readonly call?: JsonObject | undefined;
}

export interface ConfigProblem extends MergeProblem {
  /** The place whose setting counts, and is wrong. */
  readonly from: 'call' | 'properties' | 'project';
}

export interface Configured {
  readonly config: NodeConfig;
  readonly unrendered: JsonObject;
  readonly problems: readonly ConfigProblem[];
}

/** Works out the settings of nodes from the project files, the properties and the file's own `config()`. */
export interface Configurator {
  configure(request: ConfigRequest): Configured;
  /** Whether a node is enabled by the project files and its own `config()`, properties aside. */
  enabled(request: ConfigRequest): boolean;
}

/**
 * Settings of a package's own project file come first, then properties, then `config()`; the root project's file has the
 * last word over its packages. Nodes whose places say the same share one object, since most nodes of a folder do.
 */
export function createConfigurator(root: ProjectSettings, packages: ReadonlyMap<string, ProjectSettings>): Configurator {
  const settled = new Map<string, Configured>();
  const identities = new Map<JsonObject, number>();
  const identity = (level: JsonObject | undefined): number => {
    if (level === undefined) return -1;
    let id = identities.get(level);
    if (id === undefined) {
      id = identities.size;
      identities.set(level, id);
    }
    return id;
  };
  const layersOf = (request: ConfigRequest): Layers => {
    const own = packages.get(request.packageName) ?? root;
    const section = sectionOf(own, request.kind);
    const ownLevels = settingsLevels(section, request.fqn);
    const rootLevels = own === root ? [] : settingsLevels(sectionOf(root, request.kind), request.fqn);
    return { own, ownLevels, rootLevels };
  };
  return {
    configure(request) {
      const layers = layersOf(request);
      const where = `${identity(layers.ownLevels.at(-1))}/${identity(layers.rootLevels.at(-1))}`;
      const said = `${keyOf(request.properties)}${keyOf(request.call)}`;
      const key = `${request.kind}/${where}/${said}`;
      let configured = settled.get(key);
      if (configured === undefined) {
        configured = settle(request, layers, root);
        settled.set(key, configured);
      }
      return configured;
    },
    enabled(request) {
      const layers = layersOf(request);
      let enabled: Json = true;
      for (const level of layers.ownLevels) enabled = settingsOf(level).enabled ?? enabled;
      enabled = request.call?.enabled ?? enabled;
      for (const level of layers.rootLevels) enabled = settingsOf(level).enabled ?? enabled;
      return enabled !== false;
    },
  };
}

interface Layers {
  readonly own: ProjectSettings;
  readonly ownLevels: readonly JsonObject[];
  readonly rootLevels: readonly JsonObject[];
}

function keyOf(settings: JsonObject | undefined): string {
  return settings === undefined ? '-' : JSON.stringify(settings);
}

function sectionOf(settings: ProjectSettings, kind: ConfigKind, raw: JsonObject = settings.raw): Json | undefined {
  const section = raw[settingsKeys[kind]];
  // The old name of `data_tests`.
  return kind === 'test' ? (section ?? raw.tests) : section;
}

function settle(request: ConfigRequest, layers: Layers, root: ProjectSettings): Configured {
  const fields = configFields[request.kind];
  const merged: MergeProblem[] = [];
  let config: JsonObject = initialOf(request.kind);
  const add = (settings: JsonObject): void => {
    config = mergeSettings(fields, config, settings, merged);
  };
  for (const level of layers.ownLevels) add(settingsOf(level));
  if (request.properties) add(request.properties);
  if (request.call) add(request.call);
  for (const level of layers.rootLevels) add(settingsOf(level));
  const finished = finalise(request.kind, config);
  const problems = [...merged, ...typeProblems(fields, finished.config), ...finished.problems];
  return {
    config: finished.config as NodeConfig,
    unrendered: unrenderedOf(request, layers, root),
    problems: problems.map((problem) => ({ ...problem, from: origin(problem.field, request) })),
  };
}

const initials = new Map<ConfigKind, JsonObject>();

function initialOf(kind: ConfigKind): JsonObject {
  let initial = initials.get(kind);
  if (initial === undefined) {
    initial = Object.fromEntries(Object.entries(configFields[kind]).map(([name, field]) => [name, field.initial]));
    initials.set(kind, initial);
  }
  return initial;
}

function typeProblems(fields: ConfigFields, config: JsonObject): readonly MergeProblem[] {
  const problems: MergeProblem[] = [];
  for (const [name, field] of Object.entries(fields)) {
    const value = config[name];
    if (value === undefined || value === field.initial) continue;
    const expected = field.type(value);
    if (expected !== undefined) problems.push({ field: name, expected, value });
  }
  return problems;
}

function origin(field: string, request: ConfigRequest): ConfigProblem['from'] {
  const says = (settings: JsonObject | undefined): boolean =>
    settings !== undefined && Object.keys(settings).some((name) => fieldName(name) === field);
  if (says(request.call)) return 'call';
  return says(request.properties) ? 'properties' : 'project';
}

/** As dbt: later places replace earlier ones whole, and nothing is filled in. */
function unrenderedOf(request: ConfigRequest, layers: Layers, root: ProjectSettings): JsonObject {
  const unrendered: Record<string, Json> = {};
  const levels = (settings: ProjectSettings): readonly JsonObject[] =>
    settingsLevels(sectionOf(settings, request.kind, settings.unrendered ?? settings.raw), request.fqn);
  for (const level of levels(layers.own)) Object.assign(unrendered, settingsOf(level));
  Object.assign(unrendered, request.properties, request.call);
  if (layers.own !== root) for (const level of levels(root)) Object.assign(unrendered, settingsOf(level));
  return unrendered;
}
