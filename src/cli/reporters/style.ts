import { type Paint, plainPaint } from '../../core/index.ts';

/** How to write emphasised parts of a report. */
export interface Style extends Paint {
  success(text: string): string;
}

export const plainStyle: Style = { ...plainPaint, success: (text) => text };

const ansi =
  (open: number, close: number) =>
  (text: string): string =>
    text === '' ? '' : `\u001b[${open}m${text}\u001b[${close}m`;

export const colourStyle: Style = {
  error: ansi(31, 39),
  warning: ansi(33, 39),
  success: ansi(32, 39),
  faint: ansi(2, 22),
  strong: ansi(1, 22),
};

/**
 * Whether to write colours: `--use-colors` and `--no-use-colors` decide; then FORCE_COLOR, NO_COLOR (no-color.org: set
 * and not empty) and whether anybody looks.
 */
export function wantsColours(flag: boolean | undefined, env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (flag !== undefined) return flag;
  const { FORCE_COLOR: force, NO_COLOR: none, TERM: terminal } = env;
  if (none !== undefined && none !== '') return false;
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  return isTerminal && terminal !== 'dumb';
}
