import type { DependsOn, MacroNode } from '../../core/index.ts';
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
  /** Whether the macro has to be run to learn what it refers to. */
  readonly reaches: boolean;
}

const none: readonly never[] = Object.freeze([]);
export const whereMacro = 'macro.dbt.get_where_subquery';

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
  const id = definition.kind === 'macro' ? definition.macro.unique_id : definition.id;
  const macro = namespace === null ? `test_${name}` : `${namespace}.test_${name}`;
  // dbt reads its two simplest tests without running them, and so does not see what they call.
  const unrendered = id === 'macro.dbt.test_not_null' || id === 'macro.dbt.test_unique';
  return {
    definition,
    id,
    code: `{{ ${macro}(**_dbt_generic_test_kwargs) }}`,
    dependsOn: { nodes: none, macros: unrendered ? [id] : [id, whereMacro] },
    reaches: definition.kind === 'macro' && reaches(definition.macro),
  };
}
