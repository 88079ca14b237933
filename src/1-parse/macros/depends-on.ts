import type { MacroFacts } from './macro-facts.ts';
import type { MacroSearch, SearchedMacro } from './macro-search.ts';

/** Unique ids of the macros that a macro may call, as far as they can be read off it. */
export function macroDependencies(
  macro: SearchedMacro,
  facts: MacroFacts,
  search: MacroSearch<SearchedMacro>,
): readonly string[] {
  const ids = new Set<string>();
  const add = (found: SearchedMacro | undefined): void => {
    if (found !== undefined && found.unique_id !== macro.unique_id) ids.add(found.unique_id);
  };
  for (const chain of facts.names) {
    const [first = '', second, ...rest] = chain.split('.');
    if (rest.length > 0) continue;
    if (second === undefined) add(search.find(macro.package_name, first));
    else if (search.isPackage(first)) add(search.findIn(first, second));
    else if (first === 'builtins') {
      // As dbt, which takes `builtins.ref` for the macro that hides it.
      const hiding = search.find(macro.package_name, second);
      if (hiding !== undefined) ids.add(hiding.unique_id);
    }
  }
  for (const [name, namespace] of facts.dispatches) {
    // dbt counts the macro that has the dispatched name, too.
    add(search.find(macro.package_name, name));
    add(search.dispatch(macro.package_name, name, namespace));
  }
  return [...ids];
}
