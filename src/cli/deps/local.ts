import { cpSync, existsSync, symlinkSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { LocalPackage } from '../../1-parse/index.ts';
import { error, Problem } from '../../core/index.ts';
import { readPackageFolder } from './package-folder.ts';
import type { DepsContext, Pinned } from './pinned.ts';

/**
 * A folder beside the project. It is linked, so that what is changed there counts at once.
 *
 * @param from folder of the package that lists it. As in dbt the path counts from the project; where nothing is there,
 *   from the package that lists it.
 */
export function pinLocal(entry: LocalPackage, context: DepsContext, from: string): Pinned {
  const folder = [context.root, from].map((base) => resolve(base, entry.folder)).find((path) => existsSync(path));
  if (folder === undefined) {
    throw new Problem(
      error('cli/package-missing', `The folder ${entry.folder} does not exist`, {
        span: entry.span,
        hint: 'Paths of local packages count from the project',
      }),
    );
  }
  const { projectName, packages } = readPackageFolder(folder, entry.folder, context);
  return {
    projectName,
    packages,
    lock: { local: folder === resolve(context.root, entry.folder) ? entry.folder : relative(context.root, folder) },
    title: `<local @ ${entry.folder}>`,
    async install(destination) {
      try {
        symlinkSync(folder, destination, 'dir');
      } catch {
        // Links need rights on some systems; a copy needs none.
        cpSync(folder, destination, { recursive: true });
      }
    },
  };
}
