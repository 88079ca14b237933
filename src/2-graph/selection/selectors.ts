import { type Project, placeInSelectors, type SelectorDefinition } from '../../1-parse/index.ts';
import type { Diagnostic } from '../../core/index.ts';
import { didYouMeanHint, error, Problem } from '../../core/index.ts';
import { DefinitionReader, type SelectorDiagnostic } from './definition.ts';
import type { IndirectSelection } from './request.ts';
import type { Specification } from './specification.ts';

/** Everything wrong with the project's YAML selectors, whether they are used or not; dbt too stops at a faulty one. */
export function validateSelectors({ selectors, settings }: Pick<Project, 'selectors' | 'settings'>): Diagnostic[] {
  const diagnostics: SelectorDiagnostic[] = [];
  for (const name of selectors.keys()) {
    try {
      parseSelector(selectors, name, 'eager', diagnostics);
    } catch (thrown) {
      if (!(thrown instanceof Problem)) throw thrown;
      // One that inherits a faulty one is faulty by the same words.
      const said = new Set(diagnostics.map(({ message }) => message));
      const found = thrown.diagnostics as readonly SelectorDiagnostic[];
      diagnostics.push(...found.filter(({ message }) => !said.has(message)));
    }
  }
  return diagnostics.map(({ at, part, ...problem }) => ({ ...problem, span: placeInSelectors(settings, at, part) }));
}

/** The name of the selector that is used when nothing is selected, or undefined. */
export function defaultSelector(selectors: ReadonlyMap<string, SelectorDefinition>): string | undefined {
  return [...selectors.values()].find(isDefault)?.name;
}

/** A YAML selector as a tree. Throws `Problem` where it is unknown or faulty. */
export function parseSelector(
  selectors: ReadonlyMap<string, SelectorDefinition>,
  name: string,
  indirectSelection: IndirectSelection,
  warnings: SelectorDiagnostic[] = [],
): Specification {
  const selector = selectors.get(name);
  const names = [...selectors.keys()];
  if (selector === undefined) throw unknownSelector(name, names);
  const reader = new DefinitionReader(selector, {
    earlier: names.slice(0, names.indexOf(name)),
    indirectSelection,
    inherit: (other) => parseSelector(selectors, other, indirectSelection),
    warnings,
  });
  return reader.readRoot();
}

function unknownSelector(name: string, known: readonly string[]): Problem {
  const all =
    known.length === 0 ? 'selectors.yml defines none that can be used' : `The selectors are ${known.join(', ')}`;
  const hint = didYouMeanHint(name, known) ?? all;
  return new Problem(error('graph/unknown-selector', `Could not find a selector named '${name}'`, { hint }));
}

function isDefault(selector: SelectorDefinition): boolean {
  return selector.default === true || selector.default === 'true' || selector.default === 'True';
}
