import type { MacroNode, Shelves } from '../../core/index.ts';
import type { World } from '../rendering/world.ts';

/** What stands behind the name of a generic test. */
export type TestDefinition =
  /** `of`: the id of dbt's own test that dispatches to the macro. Undefined: it is the test. */
  | { readonly kind: 'macro'; readonly macro: MacroNode; readonly of?: string | undefined }
  | { readonly kind: 'built-in'; readonly id: string };

/**
 * The definition of a generic test: a macro `{% test name %}` of the named package, of the package that uses it, of the
 * root project or any other; else one that comes with Ingot, or what dbt's own would dispatch to (`default__test_not_null`).
 */
export function findTest(
  world: World,
  packageName: string,
  namespace: string | null,
  name: string,
): TestDefinition | undefined {
  const { search, shelves } = world;
  const macro = search.findTest(namespace ?? packageName, `test_${name}`);
  if (
    macro !== undefined &&
    (namespace === null || macro.package_name === namespace || !isBuiltIn(shelves, namespace, name))
  ) {
    return { kind: 'macro', macro };
  }
  if (!isBuiltIn(shelves, namespace, name)) return undefined;
  const home = shelves.dataTests.get(name)?.namespace ?? 'dbt';
  const id = `macro.${home}.test_${name}`;
  const implementation = home === 'dbt' ? search.dispatch(packageName, `test_${name}`, home) : undefined;
  return implementation ? { kind: 'macro', macro: implementation, of: id } : { kind: 'built-in', id };
}

function isBuiltIn(shelves: Pick<Shelves, 'dataTests'>, namespace: string | null, name: string): boolean {
  const test = shelves.dataTests.get(name);
  if (test === undefined) return false;
  return namespace === null ? test.namespace === null : namespace === (test.namespace ?? 'dbt');
}

/** Names that a test could have been meant to have. */
export function testNamesKnown(world: World): readonly string[] {
  const macros = [...world.search.names()].filter((name) => name.startsWith('test_')).map((name) => name.slice(5));
  const builtIn = [...world.shelves.dataTests.values()].map(({ name, namespace }) =>
    namespace === null ? name : `${namespace}.${name}`,
  );
  return [...macros, ...builtIn];
}
