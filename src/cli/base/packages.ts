import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { lockFile, packageFiles, packageListScope, readLock } from '../../1-parse/index.ts';
import { type Diagnostic, makeFolder, warning } from '../../core/index.ts';
import type { Host } from '../engine/host.ts';
import type { Loaded } from '../engine/loaded.ts';

/** Folders of the repository that stand among the installed packages by a link: `local:` packages. */
export function linkedFolders(loaded: Loaded): readonly string[] {
  const place = installed(loaded);
  return entriesOf(place).flatMap((name) => {
    const path = join(place, name);
    return lstatSync(path).isSymbolicLink() && existsSync(path) ? [realpathSync(path)] : [];
  });
}

export interface PackagesRequest {
  /** The project's folder of the base. */
  readonly projectDir: string;
  /** Where a folder of the repository stands in the base; undefined for one outside. */
  readonly inTree: (path: string) => string | undefined;
  readonly ref: string;
}

/**
 * Gives the base the packages that it has to have: the installed ones where its list says the same, else those that its
 * lock file names. Where they cannot be had, the installed ones stand in for them, which is told.
 */
export async function providePackages(
  { projectDir, inTree, ref }: PackagesRequest,
  loaded: Loaded,
  host: Host,
  downloads: string,
): Promise<readonly Diagnostic[]> {
  const { root, settings } = loaded.graph.project;
  const place = resolve(projectDir, settings.packagesInstallPath);
  // They are kept in the repository.
  if (existsSync(place)) return [];
  const sameLists = [lockFile, ...packageFiles].every(
    (file) => textOf(join(root, file)) === textOf(join(projectDir, file)),
  );
  if (!sameLists && (await installLocked(projectDir, loaded, host, downloads))) return [];
  linkAll(installed(loaded), place, inTree);
  if (sameLists || textOf(join(projectDir, lockFile)) === textOf(join(root, lockFile))) return [];
  const message = `'${ref}' has other packages, which could not be installed: what is other in them is not seen`;
  return [warning('cli/base-packages', message, { hint: 'Commit package-lock.yml, which ingot deps writes' })];
}

const installed = ({ graph }: Loaded): string =>
  resolve(graph.project.root, graph.project.settings.packagesInstallPath);

const entriesOf = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : []);

function linkAll(from: string, to: string, inTree: PackagesRequest['inTree']): void {
  const names = entriesOf(from);
  if (names.length > 0) makeFolder(to);
  for (const name of names) {
    const path = join(from, name);
    if (!existsSync(path)) continue;
    const isLink = lstatSync(path).isSymbolicLink();
    const there = isLink ? inTree(realpathSync(path)) : undefined;
    symlinkSync(there && existsSync(there) ? there : realpathSync(path), join(to, name), 'junction');
  }
}

async function installLocked(projectDir: string, loaded: Loaded, host: Host, downloads: string): Promise<boolean> {
  const { graph, environment, shelves } = loaded;
  const scope = packageListScope({ environment, functions: shelves.functions });
  try {
    const locked = readLock(projectDir, scope);
    if (!locked || locked.diagnostics.length > 0) return false;
    if (locked.entries.length === 0) return true;
    const { install, lockedPackages } = await import('../deps/install-packages.ts');
    mkdirSync(downloads);
    const context = {
      root: projectDir,
      scope,
      downloads,
      env: host.env,
      signal: host.signal,
      versionCheck: false,
      say: () => undefined,
    };
    const place = resolve(projectDir, graph.project.settings.packagesInstallPath);
    makeFolder(dirname(place));
    await install(lockedPackages(locked.entries, context), place, context, host.uuid());
    return true;
  } catch (failure) {
    if (host.signal.aborted) throw failure;
    return false;
  }
}

function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
