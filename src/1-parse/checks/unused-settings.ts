import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Diagnostic, didYouMeanHint, isMapping, type Json, type Node, warning } from '../../core/index.ts';
import { type ConfigKind, checkedFields } from '../config/fields.ts';
import { settingsPaths } from '../config/levels.ts';
import { misspeltNames } from '../config/meant-field.ts';
import { fieldName } from '../config/merge.ts';
import type { Linking } from '../nodes/linking.ts';
import type { ProjectSettings } from '../project.ts';
import { locator } from '../yaml/index.ts';

type Section = (typeof sections)[number];

const sections = ['models', 'seeds', 'snapshots', 'sources', 'data_tests', 'exposures'] as const;

const kindOf: Readonly<Record<Section, ConfigKind>> = {
  models: 'model',
  seeds: 'seed',
  snapshots: 'snapshot',
  sources: 'source',
  data_tests: 'test',
  exposures: 'exposure',
};

/** Settings of the project file that look like known ones misspelt. */
export function misspeltSettings({ world: { settings } }: Linking): readonly Diagnostic[] {
  const found = sections.flatMap((section) => misspeltIn(settings.raw[section], kindOf[section], [section]));
  if (found.length === 0) return [];
  const find = finderIn(settings);
  return found.map(({ path, meant }) =>
    warning('parse/unknown-setting', `'${path.at(-1)}' is no setting that Ingot knows, so it changes nothing`, {
      span: find(path, 'key'),
      hint: `Did you mean '${meant}'?`,
    }),
  );
}

const finderIn = ({ root, file }: ProjectSettings): ReturnType<typeof locator> =>
  locator(readFileSync(join(root, basename(file)), 'utf8'), file);

function misspeltIn(
  level: Json | undefined,
  kind: ConfigKind,
  path: Path,
): readonly { readonly path: Path; readonly meant: string }[] {
  if (!isMapping(level)) return [];
  return Object.entries(level).flatMap(([key, value]) => {
    const plus = key.startsWith('+');
    if (!plus && isMapping(value)) return misspeltIn(value, kind, [...path, key]);
    const found = misspeltNames(checkedFields[kind], plus ? key.slice(1).trim() : key, value);
    return found.map(({ path: inside, meant }) => ({
      path: [...path, key, ...inside],
      meant: plus && inside.length === 0 ? `+${meant}` : meant,
    }));
  });
}

/**
 * Packages, folders and files of the project file that have a value in place of settings: mostly a setting below them without
 * its colon, which makes text of all that stands there.
 */
export function strayValues(linking: Linking): readonly Diagnostic[] {
  const { settings } = linking.world;
  const found = sections.flatMap((section) => strayIn(linking, section, settings.raw[section], []));
  if (found.length === 0) return [];
  const find = finderIn(settings);
  return found.map(({ path, value }) =>
    warning('parse/wrong-type', `'${path.at(-1)}' has to be a mapping of settings; as it is, it changes nothing`, {
      span: find(path, 'value'),
      hint: typeof value === 'string' ? 'Write each setting as +name: value' : undefined,
    }),
  );
}

function strayIn(
  linking: Linking,
  section: Section,
  level: Json | undefined,
  path: Path,
): readonly { readonly path: Path; readonly value: Json }[] {
  if (!isMapping(level)) return [];
  return Object.entries(level).flatMap(([key, value]) => {
    if (key.startsWith('+') || value === null) return [];
    const at = [...path, key];
    if (isMapping(value)) return strayIn(linking, section, value, at);
    if (Object.hasOwn(checkedFields[kindOf[section]], fieldName(key))) return [];
    const isPlace = [...placesOf(linking, section)].some((fqn) => beginsWith(fqn, at));
    return isPlace ? [{ path: [section, ...at], value }] : [];
  });
}

/** Settings of the project file that apply to nothing, mostly folders that were renamed. */
export function unusedSettings(linking: Linking): Diagnostic | undefined {
  const { settings } = linking.world;
  const unused = sections.flatMap((section) => {
    const paths = settingsPaths(settings.raw[section]);
    return unusedPaths(linking, section, paths).map((path) => [section, ...path]);
  });
  const [first, ...others] = unused;
  if (first === undefined) return undefined;
  const find = finderIn(settings);
  const names = unused.map((path) => path.join('.')).join(', ');
  return warning('parse/unused-settings', `${settings.file} has settings that apply to nothing: ${names}`, {
    span: find(first, 'key'),
    notes: others.map((path) => ({ message: `and '${path.join('.')}'`, span: find(path, 'key') })),
    hint:
      meantPlace(linking, first) ??
      'They name a package, then folders and files below its model path; was one renamed?',
  });
}

const typeOf: Readonly<Record<string, Node['resource_type']>> = {
  models: 'model',
  seeds: 'seed',
  snapshots: 'snapshot',
  data_tests: 'test',
};

type Path = readonly string[];

/** Paths that no fqn begins with; disabled nodes of any kind count, as in dbt. */
function unusedPaths(linking: Linking, section: Section, paths: readonly Path[]): readonly Path[] {
  let open = paths;
  for (const fqn of placesOf(linking, section)) {
    if (open.length === 0) return open;
    if (open.some((path) => beginsWith(fqn, path))) open = open.filter((path) => !beginsWith(fqn, path));
  }
  return open;
}

function* placesOf(linking: Linking, section: Section): Iterable<Path> {
  const type = typeOf[section];
  const enabled = section === 'sources' ? linking.sources : section === 'exposures' ? linking.exposures : linking.nodes;
  for (const node of enabled.values()) if (type === undefined || node.resource_type === type) yield node.fqn;
  for (const nodes of linking.disabled.values()) for (const node of nodes) yield node.fqn;
}

/** Which package, folder or file is probably meant by the first part of a path that there is none of. */
function meantPlace(linking: Linking, [section, ...path]: Path): string | undefined {
  const places = [...placesOf(linking, section as Section)];
  const wrong = path.findIndex((_, index) => !places.some((fqn) => beginsWith(fqn, path.slice(0, index + 1))));
  const above = path.slice(0, wrong);
  return didYouMeanHint(
    path[wrong] ?? '',
    places.flatMap((fqn) => (beginsWith(fqn, above) ? (fqn[wrong] ?? []) : [])),
  );
}

function beginsWith(fqn: Path, path: Path): boolean {
  return path.length <= fqn.length && path.every((part, index) => fqn[index] === part);
}
