import { foldName, suggest } from '../names/index.ts';
import { mostGuesses } from '../nearest.ts';
import type { Context } from './context.ts';

/** The hint for a name that nothing is called by: what was probably meant, as one would write it. */
export function meant(context: Context, written: string, candidates: Iterable<string>): string | undefined {
  if (/^[‘’‚“”„«»]/.test(written)) return `A text stands between straight quotation marks: '${written.slice(1, -1)}'.`;
  if (context.problems.length >= mostGuesses) return undefined;
  const near = suggest(written, candidates);
  if (near === undefined) return undefined;
  const plain = /^[A-Za-z_][\w$.]*$/.test(near) && context.rules.folding !== 'insensitive';
  const folded = plain && foldName({ text: near, quoted: false }, context.rules) === near;
  return `Did you mean "${folded && written === written.toLowerCase() ? near.toLowerCase() : near}"?`;
}
