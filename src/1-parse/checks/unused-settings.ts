import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Diagnostic, isMapping, type Json, type Node, warning } from '../../core/index.ts';
import { type ConfigKind, configFields } from '../config/fields.ts';
import { settingsPaths } from '../config/levels.ts';
import { misspeltNames } from '../config/meant-field.ts';
import type { Linking } from '../nodes/linking.ts';
import { locator } from '../yaml/index.ts';

const sections = ['models', 'seeds', 'snapshots', 'sources', 'data_tests', 'exposures'] as const;

const kindOf: Readonly<Record<(typeof sections)[number], ConfigKind>> = {
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
  const find = locator(readFileSync(join(settings.root, basename(settings.file)), 'utf8'), settings.file);
  return found.map(({ path, meant }) =>
    warning('parse/unknown-setting', `'${path.at(-1)}' is no setting that Ingot knows, so it changes nothing`, {
      span: find(path, 'key'),
      hint: `Did you mean '${meant}'?`,
    }),
  );
}

function misspeltIn(
  level: Json | undefined,
  kind: ConfigKind,
  path: Path,
): readonly { readonly path: Path; readonly meant: string }[] {
  if (!isMapping(level)) return [];
  return Object.entries(level).flatMap(([key, value]) => {
    const plus = key.startsWith('+');
    if (!plus && isMapping(value)) return misspeltIn(value, kind, [...path, key]);
    const found = misspeltNames(configFields[kind], plus ? key.slice(1).trim() : key, value);
    return found.map(({ path: inside, meant }) => ({
      path: [...path, key, ...inside],
      meant: plus && inside.length === 0 ? `+${meant}` : meant,
    }));
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
  const text = readFileSync(join(settings.root, basename(settings.file)), 'utf8');
  const find = locator(text, settings.file);
  const names = unused.map((path) => path.join('.')).join(', ');
  return warning('parse/unused-settings', `${settings.file} has settings that apply to nothing: ${names}`, {
    span: find(first, 'key'),
    notes: others.map((path) => ({ message: `and '${path.join('.')}'`, span: find(path, 'key') })),
    hint: 'They name a package, then folders and files below its model path; was one renamed?',
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
function unusedPaths(linking: Linking, section: string, paths: readonly Path[]): readonly Path[] {
  let open = paths;
  const use = (fqn: Path): void => {
    if (open.some((path) => beginsWith(fqn, path))) open = open.filter((path) => !beginsWith(fqn, path));
  };
  const type = typeOf[section];
  const enabled = section === 'sources' ? linking.sources : section === 'exposures' ? linking.exposures : linking.nodes;
  for (const node of enabled.values()) {
    if (open.length === 0) return open;
    if (type === undefined || node.resource_type === type) use(node.fqn);
  }
  for (const nodes of linking.disabled.values()) for (const node of nodes) use(node.fqn);
  return open;
}

function beginsWith(fqn: Path, path: Path): boolean {
  return path.length <= fqn.length && path.every((part, index) => fqn[index] === part);
}
