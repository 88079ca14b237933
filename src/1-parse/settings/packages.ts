import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, error, type Json, type JsonObject } from '../../core/index.ts';
import type { ProjectSettings } from '../project.ts';
import { readYaml } from '../yaml/index.ts';
import { openProjectFile } from './project-file.ts';
import { readSettings, type SettingsOptions } from './settings.ts';

export interface PackagesResult {
  /** Settings by the package's own name, without the root project. */
  readonly packages: ReadonlyMap<string, ProjectSettings>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the settings of every installed package: each folder under `packages-install-path`. Packages that the project
 * lists and that are not there are an error that says how to install them.
 */
export function readPackages(root: ProjectSettings, options: Omit<SettingsOptions, 'pathPrefix'>): PackagesResult {
  const folders = installedFolders(root);
  const listed = listedPackages(root.root);
  const diagnostics: Diagnostic[] = [...listed.diagnostics, ...checkInstalled(listed, folders, root)];
  const packages = new Map<string, ProjectSettings>();
  for (const folder of folders) {
    const pathPrefix = `${root.packagesInstallPath.replace(/\/+$/, '')}/${folder}/`;
    const file = openProjectFile(join(root.root, pathPrefix), pathPrefix);
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

interface ListedPackages {
  readonly file: string;
  /** What identifies each: its name in the hub, its git address, its folder. */
  readonly names: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

const listFiles = ['packages.yml', 'dependencies.yml'] as const;

function listedPackages(root: string): ListedPackages {
  const found: ListedPackages[] = [];
  for (const file of listFiles) {
    const path = join(root, file);
    if (!existsSync(path)) continue;
    const { value, diagnostics } = readYaml(readFileSync(path, 'utf8'), file);
    const names = packageNames(value);
    if (names !== undefined || diagnostics.length > 0) found.push({ file, names: names ?? [], diagnostics });
  }
  const [first, second] = found;
  if (first === undefined) return { file: listFiles[0], names: [], diagnostics: [] };
  if (second === undefined) return first;
  const message = "The key 'packages' can stand in packages.yml or in dependencies.yml, not in both";
  const both = error('parse/two-package-lists', message, { span: { file: second.file, start: 0, end: 1 } });
  return { ...first, diagnostics: [...first.diagnostics, ...second.diagnostics, both] };
}

function packageNames(value: Json | undefined): readonly string[] | undefined {
  const packages = value !== null && typeof value === 'object' ? (value as JsonObject).packages : undefined;
  if (!Array.isArray(packages)) return undefined;
  return packages.map((entry: Json) => {
    const fields = entry !== null && typeof entry === 'object' ? (entry as JsonObject) : {};
    return String(fields.package ?? fields.git ?? fields.local ?? fields.tarball ?? fields.private ?? '?');
  });
}

/** As dbt: the folders are counted, since their names are known only once they are there. */
function checkInstalled(
  listed: ListedPackages,
  folders: readonly string[],
  root: ProjectSettings,
): readonly Diagnostic[] {
  if (listed.names.length <= folders.length) return [];
  const missing = listed.names.filter((name) => !folders.includes(lastPart(name)));
  const what = (missing.length > 0 ? missing : listed.names).join(', ');
  const message = `${listed.file} lists packages that are not installed in ${root.packagesInstallPath}: ${what}`;
  const span = { file: listed.file, start: 0, end: 1 };
  return [error('parse/packages-missing', message, { span, hint: 'Run: ingot deps' })];
}

function lastPart(name: string): string {
  return (name.split('/').at(-1) ?? name).replace(/\.git$/, '');
}
