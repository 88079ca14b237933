import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { makeFolder } from '../../core/index.ts';
import { usageProblem } from '../command-line/usage.ts';
import { ownVersion } from '../version.ts';
import { scaffoldFolder, scaffoldText } from './scaffold.ts';

/** Where GitHub looks for the workflow. */
const place = join('.github', 'workflows', 'ingot.yml');

/**
 * Writes the workflow that reviews pull requests, at the top of the repository that the project is in.
 *
 * @returns the path of the file. Throws `UsageProblem` where there is one already.
 */
export function writeWorkflow(projectDir: string): string {
  const top = topOfRepository(projectDir);
  const path = join(top, place);
  if (existsSync(path)) {
    throw usageProblem('init-exists', `${path} is there already`, 'Move it away to have it written again');
  }
  const text = scaffoldText(join(scaffoldFolder('workflows'), 'github.yml.njk'), {
    folder: relative(top, projectDir).split(sep).join('/'),
    version: ownVersion(),
    isDependency: isDependency(top),
    hasPackages: ['packages.yml', 'dependencies.yml'].some((file) => existsSync(join(projectDir, file))),
  });
  makeFolder(dirname(path));
  writeFileSync(path, text);
  return path;
}

/** The nearest folder above with a `.git` (a file, in a second work tree), or the project's own. */
function topOfRepository(projectDir: string): string {
  for (let folder = projectDir; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (folder === dirname(folder)) return projectDir;
  }
}

/** Whether the repository brings its own Ingot, in a version that its lock file names. */
function isDependency(top: string): boolean {
  const file = join(top, 'package.json');
  return (
    existsSync(join(top, 'package-lock.json')) && existsSync(file) && readFileSync(file, 'utf8').includes('"ingot"')
  );
}
