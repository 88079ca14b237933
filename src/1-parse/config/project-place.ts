import { isMapping, type Json, type Node, type Span } from '../../core/index.ts';
import type { Project, ProjectSettings } from '../project.ts';
import { placeInProject } from '../settings/place.ts';
import { type ConfigKind, settingsKeys } from './fields.ts';

/** Where a project file sets something for a node: the deepest place that does, else the top of the file. */
export function projectPlace(settings: ProjectSettings, kind: ConfigKind, fqn: readonly string[], field: string): Span {
  const path = deepestPath(settings, kind, fqn, field);
  if (path === undefined) return { file: settings.file, start: 0, end: 0 };
  return placeInProject(settings, path, 'key');
}

/** Where the project file gives a setting of a node this value; undefined where it does not. */
export function valueInProject(
  { settings }: Pick<Project, 'settings'>,
  { fqn, resource_type: type }: Pick<Node, 'fqn' | 'resource_type'>,
  field: string,
  value: Json,
): Span | undefined {
  if (!Object.hasOwn(settingsKeys, type)) return undefined;
  const path = deepestPath(settings, type as ConfigKind, fqn, field);
  const said = path?.reduce<Json | undefined>(
    (level, part) => (isMapping(level) ? level[part] : undefined),
    settings.raw,
  );
  return path && said === value ? placeInProject(settings, path) : undefined;
}

function deepestPath(
  { raw }: ProjectSettings,
  kind: ConfigKind,
  fqn: readonly string[],
  field: string,
): readonly string[] | undefined {
  const names = [field, field.replace('-', '_')].flatMap((name) => [`+${name}`, name]);
  let found: readonly string[] | undefined;
  let path = [settingsKeys[kind]];
  let level = raw[settingsKeys[kind]];
  for (const part of [...fqn, '']) {
    if (!isMapping(level)) break;
    const name = names.find((one) => isMapping(level) && one in level);
    if (name !== undefined) found = [...path, name];
    path = [...path, part];
    level = level[part];
  }
  return found;
}
