import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readableText } from '../core/index.ts';

const projectFiles = ['project.yml', 'dbt_project.yml'];

/**
 * The folder of the project: `--project-dir` as it is, or the current folder or the nearest above it that has a project
 * file. Undefined where there is none.
 */
export function findProject(cwd: string, given: string | undefined): string | undefined {
  if (given !== undefined) return resolve(cwd, given);
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (isProject(folder)) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** Whether a folder has a project file. */
export const isProject = (folder: string): boolean => projectFileIn(folder) !== undefined;

const projectFileIn = (folder: string): string | undefined =>
  projectFiles.map((name) => join(folder, name)).find((path) => existsSync(path));

/**
 * The folder for the log of the project in a folder: what its file says as `log-path`, which dbt reads as it is written,
 * else `logs`. Undefined where there is no project. The rest of the file is read later: what is wrong with it is logged.
 */
export function logFolderOf(folder: string): string | undefined {
  if (!isProject(folder)) return undefined;
  const text = projectFileText(folder);
  const [, quoted, plain = 'logs'] = /^log-path:[ \t]*(?:(["'].*?["'])|([^\s#"']+))/m.exec(text) ?? [];
  return resolve(folder, quoted?.slice(1, -1) ?? plain);
}

/** The text of the project file in a folder; empty where there is none. */
export function projectFileText(folder: string): string {
  const file = projectFileIn(folder);
  // What cannot be read is told by who needs it.
  return (file && readableText(file)) ?? '';
}
