import type { MacroNode } from './node.ts';

/** The ids of some macros and of all that they call, directly or through others, be they there or not. */
export function calledMacros(
  ids: Iterable<string>,
  macros: ReadonlyMap<string, Pick<MacroNode, 'depends_on'>>,
): ReadonlySet<string> {
  const found = new Set(ids);
  // What is added on the way comes at its end.
  for (const id of found) for (const next of macros.get(id)?.depends_on.macros ?? []) found.add(next);
  return found;
}
