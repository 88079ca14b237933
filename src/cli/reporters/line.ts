export type Level = 'debug' | 'info' | 'warn' | 'error';

/** Something to say, in one or more lines of text. */
export interface Line {
  readonly level: Level;
  readonly text: string;
  /** What `print()` said: as it is, whatever the level. */
  readonly print?: boolean;
  /** Says how far something is: to be left out where that is shown in another way. */
  readonly progress?: boolean;
}

const order: readonly (Level | 'none')[] = ['debug', 'info', 'warn', 'error', 'none'];

/** Whether a line of a level shows where `least` is the least important that does. */
export function shows(level: Level, least: Level | 'none'): boolean {
  return order.indexOf(level) >= order.indexOf(least);
}
