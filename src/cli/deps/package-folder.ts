import { openProjectFile, type PackageEntry, readPackageList } from '../../1-parse/index.ts';
import { error, Problem } from '../../core/index.ts';
import type { DepsContext } from './pinned.ts';

/**
 * What a fetched package says of itself. Throws `Problem` where it is no package.
 *
 * @param title how messages call it.
 */
export function readPackageFolder(
  folder: string,
  title: string,
  { scope }: DepsContext,
): { projectName: string; packages: readonly PackageEntry[] } {
  const shown = `${title}/`;
  const { content, file, diagnostics } = openProjectFile(folder, shown);
  const list = readPackageList(folder, scope, shown);
  const errors = [...diagnostics, ...list.diagnostics].filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Problem(...errors);
  const { name } = content;
  if (typeof name !== 'string' || !/^[^\d\W]\w*$/.test(name)) {
    throw new Problem(error('cli/package-name', `The package ${title} has no name that can be used, in ${file}`));
  }
  return { projectName: name, packages: list.entries };
}
