/**
 * Those statements of a prelude whose macros a text calls, and the macros that they call in turn, in the prelude's
 * order: making all of them takes longer than most statements.
 */
export function usedMacros(prelude: readonly string[], sql: string): readonly string[] {
  const byName = new Map(prelude.map((statement) => [/ macro (\w+)/.exec(statement)?.[1] ?? '', statement]));
  const used = new Set<string>();
  const open = [sql];
  for (let text = open.pop(); text !== undefined; text = open.pop())
    for (const [word] of text.matchAll(/\w+/g)) {
      const statement = byName.get(word);
      if (statement === undefined || used.has(statement)) continue;
      used.add(statement);
      open.push(statement);
    }
  return prelude.filter((statement) => used.has(statement));
}
