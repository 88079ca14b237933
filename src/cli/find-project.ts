import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const projectFiles = ['project.yml', 'dbt_project.yml'];

/**
 * The folder of the project: `--project-dir` as it is, or the current folder or the nearest above it that has a project
 * file. Undefined where there is none.
 */
export function findProject(cwd: string, given: string | undefined): string | undefined {
  if (given !== undefined) return resolve(cwd, given);
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (projectFiles.some((file) => existsSync(join(folder, file)))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** Whether a folder has a project file. */
export function isProject(folder: string): boolean {
  return projectFiles.some((file) => existsSync(join(folder, file)));
}
