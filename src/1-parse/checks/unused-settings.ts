import { type Diagnostic, type Node, warning } from '../../core/index.ts';
import { settingsPaths } from '../config/levels.ts';
import type { Linking } from '../nodes/linking.ts';

const sections = ['models', 'seeds', 'snapshots', 'sources', 'data_tests', 'exposures'] as const;

/** Settings of the project file that apply to nothing, mostly folders that were renamed. */
export function unusedSettings(linking: Linking): Diagnostic | undefined {
  const { settings } = linking.world;
  const unused: string[] = [];
  let used: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  for (const section of sections) {
    const paths = settingsPaths(settings.raw[section]);
    if (paths.length === 0) continue;
    used ??= usedPaths(linking);
    for (const path of paths) {
      if (!used.get(section)?.has(path.join('.'))) unused.push([section, ...path].join('.'));
    }
  }
  if (unused.length === 0) return undefined;
  const message = `${settings.file} has settings that apply to nothing: ${unused.join(', ')}`;
  return warning('parse/unused-settings', message, { span: { file: settings.file, start: 0, end: 0 } });
}

const sectionOf: Partial<Record<Node['resource_type'] | 'source' | 'exposure', string>> = {
  model: 'models',
  seed: 'seeds',
  snapshot: 'snapshots',
  test: 'data_tests',
  source: 'sources',
  exposure: 'exposures',
};

/** All beginnings of all fqns, by section. */
function usedPaths(linking: Linking): ReadonlyMap<string, ReadonlySet<string>> {
  const used = new Map<string, Set<string>>();
  const add = (section: string | undefined, fqn: readonly string[]): void => {
    if (section === undefined) return;
    let paths = used.get(section);
    if (paths === undefined) {
      paths = new Set();
      used.set(section, paths);
    }
    let path = '';
    for (const part of fqn) {
      path = path === '' ? part : `${path}.${part}`;
      paths.add(path);
    }
  };
  for (const node of linking.nodes.values()) add(sectionOf[node.resource_type], node.fqn);
  for (const node of linking.sources.values()) add('sources', node.fqn);
  for (const node of linking.exposures.values()) add('exposures', node.fqn);
  // Disabled ones count everywhere, as in dbt.
  for (const nodes of linking.disabled.values()) {
    for (const node of nodes) for (const section of sections) add(section, node.fqn);
  }
  return used;
}
