import { isMapping, type Json, type JsonObject } from '../../core/index.ts';

/**
 * The settings that a section of the project file (`models:`) gives to a node: those at its top, then those of each
 * part of the node's fqn (package, folders, name) as deep as the file names them.
 */
export function settingsLevels(section: Json | undefined, fqn: readonly string[]): readonly JsonObject[] {
  if (!isMapping(section)) return [];
  const levels: JsonObject[] = [section];
  let level: JsonObject = section;
  for (const part of fqn) {
    const next = level[part];
    if (!isMapping(next)) break;
    levels.push(next);
    level = next;
  }
  return levels;
}

const settingsOfLevel = new WeakMap<JsonObject, JsonObject>();

/** Of one level, what is a setting and no folder: keys with a `+`, and all whose value is no mapping. */
export function settingsOf(level: JsonObject): JsonObject {
  const known = settingsOfLevel.get(level);
  if (known !== undefined) return known;
  const settings: Record<string, Json> = {};
  for (const [key, value] of Object.entries(level)) {
    if (key.startsWith('+')) settings[key.slice(1).trim()] = value;
    else if (!isMapping(value)) settings[key] = value;
  }
  settingsOfLevel.set(level, settings);
  return settings;
}

/** All paths of a section that have settings, for the warning about those that no node uses. */
export function settingsPaths(section: Json | undefined): readonly (readonly string[])[] {
  const paths: (readonly string[])[] = [];
  const walk = (level: JsonObject, path: readonly string[]): void => {
    let leaf = true;
    for (const [key, value] of Object.entries(level)) {
      if (key.startsWith('+') || !isMapping(value)) continue;
      leaf = false;
      walk(value, [...path, key]);
    }
    if (path.length > 0 && (leaf || Object.keys(settingsOf(level)).length > 0)) paths.push(path);
  };
  if (isMapping(section)) walk(section, []);
  return paths;
}
