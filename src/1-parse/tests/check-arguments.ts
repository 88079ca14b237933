import { type Diagnostic, didYouMeanHint, error, type Span } from '../../core/index.ts';
import type { TestFacts } from '../properties/facts.ts';
import type { World } from '../rendering/world.ts';
import type { TestKind } from './test-kind.ts';

/** dbt runs these two only when they test, and so does not see their arguments before. */
const unchecked = new Set(['not_null', 'unique']);

/** Arguments that a test which comes with Ingot does not take; those of macros show when the macro is called. */
export function unknownArguments(
  world: World,
  facts: TestFacts,
  kind: TestKind,
  placeOf: (name: string) => Span,
): readonly Diagnostic[] {
  const test = kind.definition.kind === 'built-in' ? world.shelves.dataTests.get(facts.name) : undefined;
  if (test === undefined || unchecked.has(test.name)) return [];
  const known = test.arguments.map(({ name }) => name);
  return Object.keys(facts.kwargs)
    .filter((name) => name !== 'model' && name !== 'column_name' && !known.includes(name))
    .map((name) =>
      error('parse/unknown-test-argument', `The test '${facts.name}' takes no argument '${name}'`, {
        span: placeOf(name),
        hint: didYouMeanHint(name, known) ?? `It takes ${known.join(', ') || 'none'}`,
      }),
    );
}
