import type { MacroFacts } from './macro-facts.ts';
import type { MacroSearch, SearchedMacro } from './macro-search.ts';

/** Calls that say something about the project, and what may hide them. */
const telling = new Set(['ref', 'source', 'config', 'metric', 'function', 'builtins', 'context', 'render']);

/**
 * Whether running a macro could call `ref()`, `source()` or `config()`, by its own text and that of all macros it may
 * call. Where it could not, it need not be run to learn what it refers to.
 */
export function createReach<Macro extends SearchedMacro>(
  search: MacroSearch<Macro>,
  factsOf: (macro: Macro) => MacroFacts,
): (macro: Macro) => boolean {
  const known = new Map<string, boolean>();
  const reaches = (macro: Macro): boolean => {
    const before = known.get(macro.unique_id);
    if (before !== undefined) return before;
    // A circle of macros reaches what its members reach.
    known.set(macro.unique_id, false);
    const result = reachesAny(macro, factsOf(macro));
    known.set(macro.unique_id, result);
    return result;
  };
  const reachesAny = (macro: Macro, facts: MacroFacts): boolean => {
    if (facts.dispatchesAnything) return true;
    for (const chain of facts.names) {
      const [first = '', second] = chain.split('.');
      if (telling.has(first)) return true;
      const called =
        second !== undefined && search.isPackage(first)
          ? search.findIn(first, second)
          : search.find(macro.package_name, first);
      if (called !== undefined && called.unique_id !== macro.unique_id && reaches(called)) return true;
    }
    for (const [name, namespace] of facts.dispatches) {
      const implementation = search.dispatch(macro.package_name, name, namespace);
      if (implementation !== undefined && implementation.unique_id !== macro.unique_id && reaches(implementation))
        return true;
    }
    return false;
  };
  return reaches;
}
