import { isMapping, type Json, type JsonObject, type NodeConfig, withoutMarks } from '../../core/index.ts';
import type { ProjectSettings } from '../project.ts';
import { type ConfigFields, type ConfigKind, checkedFields, configFields, settingsKeys } from './fields.ts';
import { finalise } from './finalise.ts';
import { settingsLevels, settingsOf } from './levels.ts';
import { misspeltNames } from './meant-field.ts';
import { fieldName, type MergeProblem, mergeSettings } from './merge.ts';
import { anything, faultIn } from './value-type.ts';

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
  /** The setting is not known, and looks like this one misspelt. */
  readonly meant?: string | undefined;
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
export function createConfigurator(
  root: ProjectSettings,
  packages: ReadonlyMap<string, ProjectSettings>,
): Configurator {
  const starts = new Map<ConfigKind, Map<string, Place>>();
  const startOf = (kind: ConfigKind, packageName: string): Place => {
    let ofKind = starts.get(kind);
    if (ofKind === undefined) {
      ofKind = new Map();
      starts.set(kind, ofKind);
    }
    let start = ofKind.get(packageName);
    if (start === undefined) {
      const settings = packages.get(packageName) ?? root;
      const over = settings === root ? undefined : mappingOrNothing(sectionOf(root, kind));
      start = makePlace(settings, mappingOrNothing(sectionOf(settings, kind)), over, undefined);
      ofKind.set(packageName, start);
    }
    return start;
  };
  const placeOf = ({ kind, packageName, fqn }: ConfigRequest): Place => {
    let place = startOf(kind, packageName);
    for (const part of fqn) {
      const next = childOf(place, part);
      if (next === undefined) break;
      place = next;
    }
    return place;
  };
  return {
    configure(request) {
      const place = placeOf(request);
      if (request.properties === undefined && request.call === undefined) {
        place.plain ??= settle(request, place, root);
        return place.plain;
      }
      const said = `${keyOf(request.properties)}${keyOf(request.call)}`;
      let configured = place.settled.get(said);
      if (configured === undefined) {
        configured = settle(request, place, root);
        place.settled.set(said, configured);
      }
      return configured;
    },
    enabled(request) {
      const place = placeOf(request);
      const called = request.call?.enabled;
      place.enabled ??= lastSaid(place.ownLevels, true);
      if (place.rootLevels.length === 0) return (called ?? place.enabled) !== false;
      return lastSaid(place.rootLevels, called ?? place.enabled) !== false;
    },
  };
}

/** A place in the project files: the settings that all nodes whose fqn leads there have in common. */
interface Place {
  readonly settings: ProjectSettings;
  readonly own: JsonObject | undefined;
  readonly root: JsonObject | undefined;
  /** From the top of the section to here. */
  readonly ownLevels: readonly JsonObject[];
  readonly rootLevels: readonly JsonObject[];
  readonly children: Map<string, Place>;
  readonly settled: Map<string, Configured>;
  plain: Configured | undefined;
  enabled: Json | undefined;
}

function makePlace(
  settings: ProjectSettings,
  own: JsonObject | undefined,
  root: JsonObject | undefined,
  above: Place | undefined,
): Place {
  return {
    settings,
    own,
    root,
    ownLevels: own === undefined ? (above?.ownLevels ?? []) : [...(above?.ownLevels ?? []), own],
    rootLevels: root === undefined ? (above?.rootLevels ?? []) : [...(above?.rootLevels ?? []), root],
    children: new Map(),
    settled: new Map(),
    plain: undefined,
    enabled: undefined,
  };
}

function childOf(place: Place, part: string): Place | undefined {
  const known = place.children.get(part);
  if (known !== undefined) return known;
  const own = mappingOrNothing(place.own?.[part]);
  const root = mappingOrNothing(place.root?.[part]);
  if (own === undefined && root === undefined) return undefined;
  const child = makePlace(place.settings, own, root, place);
  place.children.set(part, child);
  return child;
}

function mappingOrNothing(value: Json | undefined): JsonObject | undefined {
  return isMapping(value) ? value : undefined;
}

function lastSaid(levels: readonly JsonObject[], before: Json): Json {
  let enabled = before;
  for (const level of levels) enabled = settingsOf(level).enabled ?? enabled;
  return enabled;
}

function keyOf(settings: JsonObject | undefined): string {
  return settings === undefined ? '-' : JSON.stringify(settings);
}

function sectionOf(settings: ProjectSettings, kind: ConfigKind, raw: JsonObject = settings.raw): Json | undefined {
  const section = raw[settingsKeys[kind]];
  // The old name of `data_tests`.
  return kind === 'test' ? (section ?? raw.tests) : section;
}

function settle(request: ConfigRequest, layers: Place, root: ProjectSettings): Configured {
  const fields = checkedFields[request.kind];
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
  const wrong = typeProblems(fields, finished.config);
  const problems = [...merged, ...wrong, ...finished.problems];
  return {
    // What is wrong is told once; the rest of the project is looked at as if it had not been said.
    config: withoutMarks({ ...finished.config, ...initialsOf(fields, wrong) }) as NodeConfig,
    unrendered: withoutMarks(unrenderedOf(request, layers, root)),
    problems: [
      ...problems.map((problem) => ({ ...problem, from: origin(problem.field, fields, request) })),
      ...misspelt(fields, request.call, 'call'),
      ...misspelt(fields, request.properties, 'properties'),
    ],
  };
}

function misspelt(
  fields: ConfigFields,
  settings: JsonObject | undefined,
  from: 'call' | 'properties',
): readonly ConfigProblem[] {
  return Object.entries(settings ?? {}).flatMap(([written, value]) =>
    misspeltNames(fields, written, value).map((found) => ({
      ...found,
      field: fieldName(written),
      expected: '',
      value,
      from,
    })),
  );
}

const initials = new Map<ConfigKind, JsonObject>();

/** The settings of a node of which nobody says anything. */
export function initialOf(kind: ConfigKind): JsonObject {
  let initial = initials.get(kind);
  if (initial === undefined) {
    initial = Object.fromEntries(Object.entries(configFields[kind]).map(([name, field]) => [name, field.initial]));
    initials.set(kind, initial);
  }
  return initial;
}

function initialsOf(fields: ConfigFields, problems: readonly MergeProblem[]): JsonObject | undefined {
  if (problems.length === 0) return undefined;
  return Object.fromEntries(problems.map(({ field }) => [field, fields[field]?.initial ?? null]));
}

function typeProblems(fields: ConfigFields, config: JsonObject): readonly MergeProblem[] {
  const problems: MergeProblem[] = [];
  for (const [name, field] of Object.entries(fields)) {
    const value = config[name];
    if (value === undefined || value === field.initial) continue;
    const fault = faultIn(field.type, value);
    if (fault) problems.push({ field: name, ...fault });
  }
  return problems;
}

/** The last place that says it; where values are put together, the last that says what is wrong by itself. */
function origin(field: string, fields: ConfigFields, request: ConfigRequest): ConfigProblem['from'] {
  const said = (['call', 'properties'] as const).flatMap((from) =>
    Object.entries(request[from] ?? {}).flatMap(([name, value]) => (fieldName(name) === field ? { from, value } : [])),
  );
  const { merge = 'replace', type = anything } = fields[field] ?? {};
  const wrong = said.find(({ value }) => faultIn(type, value) !== undefined);
  const isPutTogether = merge !== 'replace' && type !== anything;
  return (isPutTogether ? wrong : said[0])?.from ?? 'project';
}

/** Of these, dbt looks for what the project file says under a name that it cannot have there: with `_` for `-`. */
const withoutProjectFile: ReadonlySet<ConfigKind> = new Set(['semantic_model', 'saved_query']);

/** As dbt: later places replace earlier ones whole, and nothing is filled in. */
function unrenderedOf(request: ConfigRequest, layers: Place, root: ProjectSettings): JsonObject {
  if (withoutProjectFile.has(request.kind)) return { ...request.properties, ...request.call };
  const unrendered: Record<string, Json> = {};
  const levels = (settings: ProjectSettings): readonly JsonObject[] =>
    settingsLevels(sectionOf(settings, request.kind, settings.unrendered ?? settings.raw), request.fqn);
  for (const level of levels(layers.settings)) Object.assign(unrendered, settingsOf(level));
  Object.assign(unrendered, request.properties, request.call);
  if (layers.settings !== root) for (const level of levels(root)) Object.assign(unrendered, settingsOf(level));
  return unrendered;
}
