import type { FoundChanges } from './find-changes.ts';
import type { ChangeSide } from './side.ts';

// Few commands need what is loaded here.

/**
 * Nodes whose code says what it said, though its text, or that of a macro that it calls, is another. Those of which
 * nobody can tell are not among them.
 */
export async function findSameCode(base: ChangeSide, head: ChangeSide): Promise<ReadonlySet<string>> {
  const found = await import('./same-code.ts');
  return found.findSameCode(base, head);
}

/**
 * Compares two states of a project by meaning: nodes by what their SQL makes of what it reads, and what follows from
 * that for those who read them, column by column. Nothing is asked of a warehouse.
 *
 * @param today the day on which breaks are accepted or not: `YYYY-MM-DD`.
 */
export async function findChanges(base: ChangeSide, head: ChangeSide, today: string): Promise<FoundChanges> {
  const found = await import('./find-changes.ts');
  return found.findChanges(base, head, today);
}
