import { isMapping, type JsonObject } from '../../core/index.ts';
import type { Project, ProjectSettings } from '../project.ts';

type HasVars = Pick<Project, 'settings' | 'packages'>;

/**
 * The variables among which files of a package find one: `--vars`, then what the root project says for the package, then
 * for all, then what the package's own project file says. Undefined: nobody sets it.
 */
export function varsWith(
  project: HasVars,
  packageName: string,
  given: JsonObject,
  name: string,
): JsonObject | undefined {
  return scopesOf(project, packageName, given).find((scope) => Object.hasOwn(scope, name));
}

/** Names of all variables that files of a package can read. */
export function varNames(project: HasVars, packageName: string, given: JsonObject): Iterable<string> {
  return new Set(scopesOf(project, packageName, given).flatMap((scope) => Object.keys(scope)));
}

function scopesOf(project: HasVars, packageName: string, given: JsonObject): readonly JsonObject[] {
  const own = project.packages.get(packageName);
  const scopes = [given, ...varsOf(project.settings, packageName)];
  return own === undefined || own === project.settings ? scopes : [...scopes, ...varsOf(own, packageName)];
}

function varsOf(settings: ProjectSettings, packageName: string): readonly JsonObject[] {
  const scoped = settings.vars[packageName];
  return isMapping(scoped) ? [scoped, settings.vars] : [settings.vars];
}
