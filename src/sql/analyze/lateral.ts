import type { Scope } from '../names/index.ts';
import type { FromScope } from './context.ts';

/** What an expression inside FROM sees: the tables before it. */
export function lateralScope({ outer, tables, reads, level, before }: FromScope): Scope {
  return { outer, tables, reads, level, frame: before, clause: 'from' };
}
