import type { MacroNode } from '../../core/index.ts';
import type { Project } from '../project.ts';

/** What a warehouse brings of a materialization itself. */
export interface BuiltInMaterialization {
  /** `adapter`: one made for this warehouse, which a project's `default` does not replace. */
  readonly kind: 'adapter' | 'default';
}

/**
 * The `{% materialization %}` block that a name means, by dbt's order: one for the adapter before a default one, and
 * among these the root project's before a package's. Undefined: there is none, or the built-in one comes first. A
 * package may not replace a built-in one, unless the project turned `require_explicit_package_overrides_for_builtin_…`
 * off.
 *
 * @param builtIn what there is under this name without any project.
 */
export function findMaterialization(
  project: Pick<Project, 'macros' | 'name' | 'settings'>,
  name: string,
  adapterType: string,
  builtIn: BuiltInMaterialization['kind'] | undefined,
): MacroNode | undefined {
  const packagesMay = project.settings.flags[packageFlag] === false || builtIn === undefined;
  const inProject = (kind: string): MacroNode | undefined =>
    project.macros.get(`macro.${project.name}.materialization_${name}_${kind}`);
  const inPackage = (kind: string): MacroNode | undefined => {
    const wanted = `materialization_${name}_${kind}`;
    if (!packagesMay) return undefined;
    return [...project.macros.values()].find((macro) => macro.name === wanted);
  };
  for (const kind of [adapterType, 'default'] as const) {
    const found = inProject(kind) ?? inPackage(kind);
    if (found !== undefined) return found;
    if (kind === adapterType && builtIn === 'adapter') return undefined;
  }
  return undefined;
}

const packageFlag = 'require_explicit_package_overrides_for_builtin_materializations';
