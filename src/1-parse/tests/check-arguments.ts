import { type Diagnostic, didYouMeanHint, error, type Span } from '../../core/index.ts';
import { macroValue } from '../macros/macro-values.ts';
import type { TestFacts } from '../properties/facts.ts';
import type { World } from '../rendering/world.ts';
import type { TestKind } from './test-kind.ts';

/** dbt runs these two only when they test, and so does not see their arguments before. */
const unchecked = new Set(['not_null', 'unique']);

/** Arguments that a test does not take. */
export function unknownArguments(
  world: World,
  facts: TestFacts,
  kind: TestKind,
  placeOf: (name: string) => Span,
): readonly Diagnostic[] {
  const taken = argumentsOf(world, facts, kind);
  if (taken === undefined) return [];
  const { names, takes } = taken;
  return ['model', ...Object.keys(facts.kwargs)]
    .filter((name) => !takes(name))
    .map((name) =>
      error('parse/unknown-test-argument', `The test '${facts.name}' takes no argument '${name}'`, {
        span: placeOf(name),
        hint: neverWritten(name, facts) ?? didYouMeanHint(name, names) ?? `It takes ${names.join(', ') || 'none'}`,
      }),
    );
}

interface Taken {
  readonly names: readonly string[];
  readonly takes: (name: string) => boolean;
}

function argumentsOf(world: World, { name }: TestFacts, { definition }: TestKind): Taken | undefined {
  if (definition.kind === 'macro') {
    const macro = macroValue(definition.macro);
    return { names: macro.definition.arguments.map((argument) => argument.name), takes: (one) => macro.takes(one) };
  }
  const test = world.shelves.dataTests.get(name);
  if (test === undefined || unchecked.has(test.name)) return undefined;
  const names = test.arguments.map((argument) => argument.name);
  return { names, takes: (one) => one === 'model' || one === 'column_name' || names.includes(one) };
}

/** What every test gets, and every test of a column, without anybody writing it. */
function neverWritten(name: string, { columnName }: TestFacts): string | undefined {
  if (name === 'model') return "Give its macro a first argument 'model': the relation that is tested";
  if (name !== 'column_name' || columnName === undefined) return undefined;
  return "Give its macro an argument 'column_name', or put the test below the model instead of the column";
}
