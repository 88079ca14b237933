import type { CommandToken } from '../../statement-tree.ts';

/** Tokens with a blank where there was white space. */
export function tokensText(tokens: readonly CommandToken[]): string {
  return tokens.map(({ text, spaced }, index) => (spaced && index > 0 ? ` ${text}` : text)).join('');
}
