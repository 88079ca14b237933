import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, error } from '../../core/index.ts';
import type { Scope } from '../../jinja/index.ts';
import { type PackageEntry, type PackageList, readPackageList } from '../packages/package-list.ts';
import type { ProjectSettings } from '../project.ts';
import { openProjectFile } from './project-file.ts';
import { readSettings, type SettingsOptions } from './settings.ts';

export interface PackagesResult {
  /** Settings by the package's own name, without the root project. */
  readonly packages: ReadonlyMap<string, ProjectSettings>;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ReadPackagesOptions extends Omit<SettingsOptions, 'pathPrefix'> {
  /** What templates in the list of packages can use: secrets too. */
  readonly listScope: Scope;
}

/**
 * Reads the settings of every installed package: each folder under `packages-install-path`. Packages that the project
 * lists and that are not there are an error that says how to install them.
 */
export function readPackages(root: ProjectSettings, options: ReadPackagesOptions): PackagesResult {
  const folders = installedFolders(root);
  const listed = readPackageList(root.root, options.listScope);
  const diagnostics: Diagnostic[] = [...listed.diagnostics, ...checkInstalled(listed, folders, root)];
  const packages = new Map<string, ProjectSettings>();
  for (const folder of folders) {
    const pathPrefix = `${root.packagesInstallPath.replace(/\/+$/, '')}/${folder}/`;
    const file = openProjectFile(join(root.root, root.packagesInstallPath, folder), pathPrefix);
    const result = readSettings(file, { ...options, pathPrefix });
    diagnostics.push(...result.diagnostics);
    const { settings } = result;
    if (settings === undefined) continue;
    if (settings.name === root.name || packages.has(settings.name)) diagnostics.push(nameTaken(settings));
    else packages.set(settings.name, settings);
  }
  return { packages, diagnostics };
}

function installedFolders(root: ProjectSettings): readonly string[] {
  const folder = join(root.root, root.packagesInstallPath);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('__'))
    .map((entry) => entry.name)
    .sort();
}

function nameTaken(settings: ProjectSettings): Diagnostic {
  const message = `Two packages are named '${settings.name}'`;
  const span = { file: settings.file, start: 0, end: 1 };
  return error('parse/duplicate-package', message, { span, hint: 'Remove one of them from packages.yml' });
}

/** What identifies a package of a list: its name in the hub, its git address, its folder. */
function nameOf(entry: PackageEntry): string {
  if (entry.kind === 'local') return entry.folder;
  return entry.kind === 'git' ? entry.url : entry.name;
}

/** As dbt: the folders are counted, since their names are known only once they are there. */
function checkInstalled(listed: PackageList, folders: readonly string[], root: ProjectSettings): readonly Diagnostic[] {
  if (listed.file === undefined || listed.entries.length <= folders.length) return [];
  const names = listed.entries.map(nameOf);
  const twice = listed.entries.find((entry, index) => names.indexOf(nameOf(entry)) < index);
  if (twice !== undefined) {
    const message = `${listed.file} lists the package '${nameOf(twice)}' twice`;
    return [error('parse/duplicate-package', message, { span: twice.span, hint: 'Remove one of the entries' })];
  }
  const missing = names.filter((name) => !folders.includes(lastPart(name)));
  const what = (missing.length > 0 ? missing : names).join(', ');
  const message = `${listed.file} lists packages that are not installed in ${root.packagesInstallPath}: ${what}`;
  const span = { file: listed.file, start: 0, end: 1 };
  return [error('parse/packages-missing', message, { span, hint: 'Run: ingot deps' })];
}

function lastPart(name: string): string {
  return (name.split('/').at(-1) ?? name).replace(/\.git$/, '');
}
