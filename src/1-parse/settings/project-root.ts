import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { error, Problem } from '../../core/index.ts';

/** The names of a project file, the native one first: it wins where both are there. */
export const projectFileNames = ['project.yml', 'dbt_project.yml'] as const;

export interface FindProjectRequest {
  /** `--project-dir`, if given. */
  readonly projectDir?: string | undefined;
  /** The folder in which the command was started. */
  readonly workingFolder: string;
}

/**
 * The absolute path of the project's folder: `--project-dir`, else the nearest folder at or above the working folder
 * that has a project file.
 *
 * @throws Problem `parse/no-project` where there is none.
 */
export function findProjectRoot({ projectDir, workingFolder }: FindProjectRequest): string {
  if (projectDir !== undefined) {
    const root = resolve(workingFolder, projectDir);
    if (projectFileIn(root) !== undefined) return root;
    throw noProject(`There is no project in ${root}`, `It should hold a file ${projectFileNames.join(' or ')}`);
  }
  for (let folder = resolve(workingFolder); ; folder = dirname(folder)) {
    if (projectFileIn(folder) !== undefined) return folder;
    if (dirname(folder) === folder) break;
  }
  const message = `There is no project in ${workingFolder} or above`;
  throw noProject(
    message,
    'Change to the folder of a project, name it with --project-dir, or make one with ingot init',
  );
}

/** The name of the project file in a folder, or undefined. */
export function projectFileIn(folder: string): string | undefined {
  return projectFileNames.find((name) => existsSync(join(folder, name)));
}

function noProject(message: string, hint: string): Problem {
  return new Problem(error('parse/no-project', message, { hint }));
}
