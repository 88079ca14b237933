import type { Analyst, AnalystInput } from './analyst.ts';

/** Loads all that reads SQL, which most commands do without. Undefined where the dialect is not known. */
export async function openAnalyst(input: AnalystInput): Promise<Analyst | undefined> {
  return (await import('./create-analyst.ts')).createAnalyst(input);
}
