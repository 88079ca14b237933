import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { ProjectSettings } from '../project.ts';
import { readIgnore } from './ignore.ts';

/** What a file is for. Generic tests are macros. */
export type FileKind =
  | 'macro'
  | 'model'
  | 'function'
  | 'snapshot'
  | 'analysis'
  | 'test'
  | 'seed'
  | 'docs'
  | 'properties'
  | 'fixture';

/** A file of a package that parsing reads. */
export interface FoundFile {
  readonly kind: FileKind;
  readonly packageName: string;
  /** Relative to the folder it was found in: `staging/a.sql`. */
  readonly relativePath: string;
  /** Relative to its package: `models/staging/a.sql`. */
  readonly path: string;
  /** Relative to the root project: how spans name it. */
  readonly file: string;
  readonly absolute: string;
  /** True for a macro file that was found in a folder of tests. */
  readonly fromTests?: boolean;
}

/** Tells a file from all others; a file may be found as two kinds. */
export function fileKey({ kind, packageName, file }: FoundFile): string {
  return `${kind} ${packageName} ${file}`;
}

/** A folder that the system does not let us look into. */
export interface RefusedFolder {
  /** As the project file names it, and what lies below that. */
  readonly path: string;
  /** Whether the project file names it. */
  readonly isNamed: boolean;
  readonly failure: unknown;
}

/**
 * The files of one package, by what the project file says about folders, in the order of their paths.
 *
 * @param refused is told of each folder that cannot be looked into. Default: what it holds is not there.
 */
export function walkPackage(
  settings: ProjectSettings,
  refused: (folder: RefusedFolder) => void = () => {},
): readonly FoundFile[] {
  const found: FoundFile[] = [];
  const ignore = readIgnore(settings.root);
  const folders = foldersOf(settings);
  for (const [folder, rules] of folders) {
    const searched = folder.replace(/\/+$/, '').replace(/^\.\//, '');
    const folderPath = resolve(settings.root, searched);
    const file = (relativePath: string): void => {
      const kinds = kindsOf(relativePath, rules);
      if (kinds.length === 0) return;
      const path = searched === '' || searched === '.' ? relativePath : `${searched}/${relativePath}`;
      if (ignore?.(path)) return;
      const shown = isAbsolute(path) ? insidePath(settings, path) : settings.pathPrefix + path;
      const absolute = `${folderPath}/${relativePath}`;
      const fromTests = rules.has('test');
      for (const kind of kinds)
        found.push({ kind, packageName: settings.name, relativePath, path, file: shown, absolute, fromTests });
    };
    const told = (below: string, failure: unknown): void =>
      refused({
        path: (settings.pathPrefix + join(searched, below)).replace(/\/$/, ''),
        isNamed: below === '',
        failure,
      });
    walk(folderPath, '', { file, refused: told });
  }
  return distinct(found, folders.keys()).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** How spans name a file of a folder that the project file names by its absolute path. */
function insidePath({ root, pathPrefix }: ProjectSettings, path: string): string {
  const inside = relative(root, path);
  return inside.startsWith('..') || isAbsolute(inside) ? path : pathPrefix + inside.split(sep).join('/');
}

type Rule = 'macro' | 'model' | 'function' | 'snapshot' | 'analysis' | 'test' | 'seed' | 'docs' | 'properties';

function foldersOf(settings: ProjectSettings): ReadonlyMap<string, ReadonlySet<Rule>> {
  const folders = new Map<string, Set<Rule>>();
  const add = (paths: readonly string[], ...rules: readonly Rule[]): void => {
    for (const path of paths) {
      const known = folders.get(path) ?? new Set<Rule>();
      for (const rule of rules) known.add(rule);
      folders.set(path, known);
    }
  };
  add(settings.macroPaths, 'macro', 'properties');
  add(settings.modelPaths, 'model', 'properties');
  add(settings.snapshotPaths, 'snapshot', 'properties');
  add(settings.analysisPaths, 'analysis', 'properties');
  add(settings.testPaths, 'test', 'properties');
  add(settings.seedPaths, 'seed', 'properties');
  add(settings.functionPaths ?? [], 'function', 'properties');
  add(settings.docsPaths.length > 0 ? settings.docsPaths : [...folders.keys()], 'docs');
  return folders;
}

function kindsOf(relativePath: string, rules: ReadonlySet<Rule>): readonly FileKind[] {
  const name = relativePath.slice(relativePath.lastIndexOf('/') + 1);
  // As dbt: hidden files and editors' leftovers are none of the project's.
  if (/^[.#~]/.test(name)) return [];
  const dot = name.lastIndexOf('.');
  switch (name.slice(dot + 1).toLowerCase()) {
    case 'sql':
      return sqlKinds(relativePath, rules);
    case 'py':
      return (['model', 'function'] as const).filter((rule) => rules.has(rule));
    case 'yml':
    case 'yaml':
      return rules.has('properties') ? ['properties'] : [];
    case 'md':
      return rules.has('docs') ? ['docs'] : [];
    case 'csv':
      return csvKinds(relativePath, rules);
    default:
      return [];
  }
}

function sqlKinds(relativePath: string, rules: ReadonlySet<Rule>): readonly FileKind[] {
  const kinds: FileKind[] = [];
  for (const rule of ['macro', 'model', 'function', 'snapshot', 'analysis'] as const)
    if (rules.has(rule)) kinds.push(rule);
  if (rules.has('test')) {
    if (relativePath.startsWith('generic/')) kinds.push('macro');
    else kinds.push(relativePath.startsWith('fixtures/') ? 'fixture' : 'test');
  }
  return kinds;
}

function csvKinds(relativePath: string, rules: ReadonlySet<Rule>): readonly FileKind[] {
  if (rules.has('test') && relativePath.startsWith('fixtures/')) return ['fixture'];
  return rules.has('seed') ? ['seed'] : [];
}

/** What is told of what is found. */
interface Visitor {
  readonly file: (relativePath: string) => void;
  /** Of a folder, with a slash at the end; the first is `''`. */
  readonly refused: (relativePath: string, failure: unknown) => void;
}

/**
 * What is neither file nor folder (a pipe) is none of the project's, nor is a link that leads nowhere.
 *
 * @param above real paths of the folders in which links were followed to here.
 */
function walk(folder: string, prefix: string, visit: Visitor, above: readonly string[] = []): void {
  for (const entry of entriesOf(folder, (failure) => visit.refused(prefix, failure))) {
    const relativePath = prefix + entry.name;
    if (entry.isDirectory()) walk(join(folder, entry.name), `${relativePath}/`, visit, above);
    else if (entry.isFile()) visit.file(relativePath);
    else if (entry.isSymbolicLink()) followLink(folder, entry, relativePath, visit, above);
  }
}

/** As dbt, to files and to folders; not to a folder that the link itself lies in, which would have no end. */
function followLink(
  folder: string,
  { name }: Dirent,
  relativePath: string,
  visit: Visitor,
  above: readonly string[],
): void {
  const path = join(folder, name);
  const found = whatIsAt(path);
  if (found?.isFile()) visit.file(relativePath);
  if (!found?.isDirectory()) return;
  const place = realpathSync(path);
  const within = [...above, realpathSync(folder)];
  const isCircle = within.some((one) => one === place || one.startsWith(place + sep));
  if (!isCircle) walk(path, `${relativePath}/`, visit, within);
}

/** Undefined where a link leads nowhere, or to itself. */
function whatIsAt(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** Nothing where there is no such folder: one that the project file names need not exist. */
function entriesOf(folder: string, refused: (failure: unknown) => void): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code !== 'ENOENT') refused(failure);
    return [];
  }
}

/** Folders may lie in each other (`models` and `models/marts`); the outermost finds a file first. */
function distinct(found: FoundFile[], folders: Iterable<string>): FoundFile[] {
  const paths = [...folders];
  const nested = paths.some((path) =>
    paths.some((other) => other !== path && (other === '.' || other === '' || path.startsWith(`${other}/`))),
  );
  if (!nested) return found;
  const seen = new Set<string>();
  return found.filter(({ kind, path }) => {
    const key = `${kind} ${path}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
