import { calledMacros, type DependsOn, type MacroNode } from '../../core/index.ts';
import type { World } from '../rendering/world.ts';
import { findTest, type TestDefinition } from './test-macro.ts';

/** What all uses of one generic test have in common. */
export interface TestKind {
  readonly definition: TestDefinition;
  readonly id: string;
  /** The template that runs the test's macro, as dbt writes it. */
  readonly code: string;
  /** What a use depends on that has nothing of its own to render. */
  readonly dependsOn: DependsOn;
  /** Whether dbt runs the test's code while parsing: all but its two simplest. */
  readonly isRun: boolean;
  /** Whether the macro has to be run to learn what it refers to. */
  readonly reaches: boolean;
}

const none: readonly never[] = Object.freeze([]);

/** Finds the kinds of tests, each once. */
export function createTestKinds(
  world: World,
  reaches: (macro: MacroNode) => boolean,
): (packageName: string, namespace: string | null, name: string) => TestKind | undefined {
  const known = new Map<string, Map<string, TestKind | undefined>>();
  return (packageName, namespace, name) => {
    const place = namespace === null ? packageName : `${packageName} ${namespace}`;
    let kinds = known.get(place);
    if (kinds === undefined) {
      kinds = new Map();
      known.set(place, kinds);
    }
    let kind = kinds.get(name);
    if (kind === undefined) {
      kind = makeKind(world, reaches, packageName, namespace, name);
      kinds.set(name, kind);
    }
    return kind;
  };
}

function makeKind(
  world: World,
  reaches: (macro: MacroNode) => boolean,
  packageName: string,
  namespace: string | null,
  name: string,
): TestKind | undefined {
  const definition = findTest(world, packageName, namespace, name);
  if (definition === undefined) return undefined;
  // As dbt, which looks for what a test depends on without its namespace.
  const named = world.search.findTest(packageName, `test_${name}`);
  const id = named?.unique_id ?? idOf(definition);
  const macro = namespace === null ? `test_${name}` : `${namespace}.test_${name}`;
  // dbt reads its two simplest tests without running them, and so does not see what they call.
  const isRun = id !== 'macro.dbt.test_not_null' && id !== 'macro.dbt.test_unique';
  const called = [id, ...calledBy(world, named, definition)];
  return {
    definition,
    id,
    code: `{{ ${macro}(**_dbt_generic_test_kwargs) }}`,
    dependsOn: { nodes: none, macros: isRun ? [...called, whereMacro(world, packageName)] : called },
    isRun,
    reaches: definition.kind === 'macro' && reaches(definition.macro),
  };
}

function idOf(definition: TestDefinition): string {
  if (definition.kind === 'built-in') return definition.id;
  return definition.of ?? definition.macro.unique_id;
}

/**
 * The macro that is run, where it is another than the one found by the bare name, and that one leads to it; or where dbt's
 * own dispatches to it.
 */
function calledBy(world: World, named: MacroNode | undefined, definition: TestDefinition): readonly string[] {
  if (definition.kind === 'built-in') return none;
  const { unique_id: run } = definition.macro;
  if (named === undefined) return definition.of === undefined ? none : [run];
  if (named.unique_id === run) return none;
  return calledMacros([named.unique_id], world.macros).has(run) ? [run] : none;
}

/** What narrows the tested relation down: dbt's macro, or the project's in its place. */
function whereMacro({ search }: World, packageName: string): string {
  return search.find(packageName, 'get_where_subquery')?.unique_id ?? 'macro.dbt.get_where_subquery';
}
