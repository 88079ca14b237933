import { behaviourFlags } from './behaviour.ts';
import type { Flag } from './flag.ts';
import { loggingFlags } from './logging.ts';
import { projectFlags } from './project.ts';
import { runningFlags } from './running.ts';
import { selectionFlags } from './selection.ts';

/** Flags that every command takes, before or behind its name. */
export const globalFlags: readonly Flag[] = [
  ...behaviourFlags,
  ...loggingFlags,
  ...projectFlags.filter((flag) => flag.name === 'profile' || flag.name === 'target' || flag.name === 'state-file'),
];

const named = new Map([...projectFlags, ...selectionFlags, ...runningFlags].map((flag) => [flag.name, flag]));

/** Flags by their names, for a command to list what it takes beside the global ones. */
export function flags(...names: readonly string[]): Flag[] {
  return names.map((name) => {
    const flag = named.get(name);
    if (!flag) throw new Error(`there is no flag --${name}`);
    return flag;
  });
}

/** What a command that reads a project takes. */
export const projectSet = ['project-dir', 'profiles-dir', 'target-path', 'vars'] as const;

/** What a command that runs selected nodes takes. */
export const runSet = [...projectSet, 'threads', 'select', 'exclude', 'selector', 'sqlparse'] as const;
