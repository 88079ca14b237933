import { join, resolve } from 'node:path';
import type { Call } from '../cli/engine/call.ts';
import type { Loaded } from '../cli/engine/loaded.ts';

/** Absolute path of the target folder. */
export function targetFolder({ graph: { project } }: Loaded): string {
  return resolve(project.root, project.settings.targetPath);
}

/** Where the history is kept, whether or not there is any. */
export const stateFile = ({ graph: { project } }: Pick<Loaded, 'graph'>, call: Call): string =>
  stateFileBelow(project.root, call);

/** The same of a project that was not loaded. */
export const stateFileBelow = (root: string, { stateFile }: Call): string =>
  stateFile ?? join(root, '.ingot', 'state.db');

/** Leases of two projects, or of two targets, have nothing to do with each other. */
export const targetKey = ({ graph, environment }: Loaded): string => `${graph.project.name}.${environment.target.name}`;
