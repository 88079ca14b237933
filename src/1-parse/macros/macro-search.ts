import type { ProjectSettings } from '../project.ts';

/** What the search needs to know of a macro. */
export interface SearchedMacro {
  readonly unique_id: string;
  readonly name: string;
  readonly package_name: string;
}

/**
 * Which macro a name means. The order for plain names is dbt's: the package whose file is rendered, then the root
 * project. (What comes with Ingot stands behind both, and is not a macro.) A macro of another package is only found
 * under the package's name.
 */
export interface MacroSearch<Macro extends SearchedMacro> {
  /** A plain name in a file of `packageName`. */
  find(packageName: string, name: string): Macro | undefined;
  /** `package.name`. */
  findIn(packageName: string, name: string): Macro | undefined;
  /** Whether a name is that of a package with macros. */
  isPackage(name: string): boolean;
  /** The implementation that `adapter.dispatch` picks, looking as a file of `packageName` does. */
  dispatch(packageName: string, name: string, namespace: string | null): Macro | undefined;
  /** A generic test by its name in YAML: its own package first, then any other, the root project's before the rest. */
  findTest(packageName: string, name: string): Macro | undefined;
  /** All names of macros, for a did-you-mean. */
  names(): Iterable<string>;
  /** All that means something in a file of `packageName`: plain names of macros, and packages. */
  namesFrom(packageName: string): Iterable<string>;
}

/**
 * @param prefixes of implementations in the order of preference, `default` not among them: the adapter's type.
 * @param own names for which Ingot has an implementation with such a prefix. Default: none.
 */
export function createMacroSearch<Macro extends SearchedMacro>(
  macros: Iterable<Macro>,
  root: ProjectSettings,
  packages: ReadonlyMap<string, ProjectSettings>,
  prefixes: readonly string[],
  own: readonly string[] = [],
): MacroSearch<Macro> {
  const byPackage = new Map<string, Map<string, Macro>>();
  const anywhere = new Map<string, Macro>();
  for (const macro of macros) {
    let own = byPackage.get(macro.package_name);
    if (own === undefined) {
      own = new Map();
      byPackage.set(macro.package_name, own);
    }
    own.set(macro.name, macro);
    if (macro.package_name === root.name || anywhere.get(macro.name)?.package_name !== root.name) {
      anywhere.set(macro.name, macro);
    }
  }
  const findIn = (packageName: string, name: string): Macro | undefined => byPackage.get(packageName)?.get(name);
  const find = (packageName: string, name: string): Macro | undefined =>
    findIn(packageName, name) ?? (packageName === root.name ? undefined : findIn(root.name, name));
  return {
    find,
    findIn,
    isPackage: (name) => byPackage.has(name),
    dispatch(packageName, name, namespace) {
      for (const searched of dispatchOrder(root, packages, namespace)) {
        for (const prefix of [...prefixes, 'default']) {
          if (prefix === 'default' && namespace === null && own.includes(name)) return undefined;
          const implementation = `${prefix}__${name}`;
          const macro = searched === null ? find(packageName, implementation) : findIn(searched, implementation);
          if (macro !== undefined) return macro;
        }
      }
      return undefined;
    },
    findTest: (packageName, name) => findIn(packageName, name) ?? anywhere.get(name),
    names: () => anywhere.keys(),
    namesFrom: (packageName) => [
      ...new Set([packageName, root.name].flatMap((name) => [...(byPackage.get(name)?.keys() ?? [])])),
      ...byPackage.keys(),
    ],
  };
}

/**
 * The same for a rendering, which does not know in whose macro a dispatch without namespace stands: after the order of
 * plain names, all other packages.
 */
export function renderingOrder(
  root: ProjectSettings,
  packages: ReadonlyMap<string, ProjectSettings>,
  namespace: string | null,
): readonly (string | null)[] {
  if (namespace !== null) return dispatchOrder(root, packages, namespace);
  return [null, ...[...packages.keys()].filter((name) => name !== root.name)];
}

/** Packages in which a dispatch looks, null meaning the order of plain names. */
function dispatchOrder(
  root: ProjectSettings,
  packages: ReadonlyMap<string, ProjectSettings>,
  namespace: string | null,
): readonly (string | null)[] {
  if (namespace === null) return [null];
  const configured = root.dispatch.find(({ macroNamespace }) => macroNamespace === namespace)?.searchOrder ?? [];
  if (configured.length > 0) return configured;
  return packages.has(namespace) ? [root.name, namespace] : [null];
}
