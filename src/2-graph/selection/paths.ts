import type { Project } from '../../1-parse/index.ts';
import type { GraphNode } from '../../core/index.ts';
import type { Graph } from '../graph.ts';
import { globMatcher, hasWildcard } from './glob.ts';
import { invalidValue } from './invalid-value.ts';

/**
 * Finds nodes by the place of their files. A pattern is matched, as by Python's `Path.glob`, against the files and
 * folders of the root project (those that the project was read from); a node is found by its own file, by the
 * properties file that describes it, or by a folder above its own file.
 */
export class PathIndex {
  readonly #files: ReadonlySet<string>;
  readonly #folders: ReadonlySet<string>;
  readonly #byFile = new Map<string, string[]>();
  readonly #byPropertiesFile = new Map<string, string[]>();

  constructor(graph: Graph) {
    for (const node of graph.nodes.values()) {
      append(this.#byFile, clean(node.original_file_path), node.unique_id);
      const properties = patchPathOf(node);
      if (properties) append(this.#byPropertiesFile, withoutPackage(properties), node.unique_id);
    }
    this.#files = new Set(filesOf(graph.project));
    this.#folders = foldersOf(this.#files);
  }

  /** Ids of nodes under a path or pattern relative to the project root. Throws `Problem` for an impossible pattern. */
  find(pattern: string): Iterable<string> {
    const paths = this.#existing(segmentsOf(pattern));
    const isBelow = belowAny(paths);
    const found = new Set<string>();
    for (const [file, ids] of this.#byFile) if (paths.has(file) || isBelow(folderOf(file))) addAll(found, ids);
    for (const [file, ids] of this.#byPropertiesFile) if (paths.has(file)) addAll(found, ids);
    return found;
  }

  #existing(pattern: readonly string[]): ReadonlySet<string> {
    if (!pattern.some(hasWildcard)) {
      const path = pattern.join('/');
      return new Set(this.#files.has(path) || this.#folders.has(path) ? [path] : []);
    }
    const folders = [...this.#folders].filter((path) => matchesPath(segmentsOfPath(path), pattern));
    // '**' stands for folders only, so no file ends in one.
    const files = pattern.at(-1) === '**' ? [] : [...this.#files];
    return new Set([...folders, ...files.filter((path) => matchesPath(segmentsOfPath(path), pattern))]);
  }
}

function segmentsOf(pattern: string): readonly string[] {
  const segments = pattern.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (pattern.startsWith('/')) {
    throw invalidValue(`'${pattern}' starts with a slash; paths are relative to the project folder`);
  }
  if (segments.length === 0) throw invalidValue(`'${pattern}' is not a path that can be selected`);
  if (segments.some((segment) => segment.includes('**') && segment !== '**')) {
    throw invalidValue(`'${pattern}': '**' can only be an entire part of a path`);
  }
  return segments;
}

function matchesPath(path: readonly string[], pattern: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return path.length === 0;
  if (first === '**') return path.some((_, at) => matchesPath(path.slice(at), rest)) || matchesPath([], rest);
  return path[0] !== undefined && globMatcher(first)(path[0]) && matchesPath(path.slice(1), rest);
}

/** Every file of the root project that something was read from. */
function* filesOf(project: Project): Iterable<string> {
  const disabled = [...project.disabled.values()].flat();
  for (const nodes of [
    project.nodes.values(),
    project.sources.values(),
    project.exposures.values(),
    project.unit_tests.values(),
    disabled,
  ]) {
    yield* filesOfNodes(nodes, project.name);
  }
  for (const thing of [...project.macros.values(), ...project.docs.values()]) {
    if (thing.package_name === project.name) yield thing.original_file_path;
  }
}

function* filesOfNodes(nodes: Iterable<GraphNode>, packageName: string): Iterable<string> {
  for (const node of nodes) {
    if (node.package_name !== packageName) continue;
    yield clean(node.original_file_path);
    const properties = patchPathOf(node);
    if (properties) yield withoutPackage(properties);
  }
}

/** The properties file that describes a node, where that is not the file that defines it. */
function patchPathOf(node: GraphNode): string | null {
  return 'patch_path' in node ? node.patch_path : null;
}

/** `shop://models/schema.yml` → `models/schema.yml` */
function withoutPackage(path: string): string {
  return path.slice(path.indexOf('://') + 1).replace(/^\/\//, '');
}

/** Hooks are written in `./dbt_project.yml`. */
function clean(path: string): string {
  return path.startsWith('./') ? path.slice(2) : path;
}

function segmentsOfPath(path: string): readonly string[] {
  return path === '' ? [] : path.split('/');
}

/** The folder that a file or folder is in; `''` is the project folder. */
function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Every folder above the files, the project folder included. */
function foldersOf(files: Iterable<string>): Set<string> {
  const folders = new Set(['']);
  for (const file of files) {
    for (let folder = folderOf(file); !folders.has(folder); folder = folderOf(folder)) folders.add(folder);
  }
  return folders;
}

/** Tells of folders whether they or one above them is among `paths`; each is looked at once. */
function belowAny(paths: ReadonlySet<string>): (folder: string) => boolean {
  const known = new Map<string, boolean>();
  const isBelow = (folder: string): boolean => {
    let answer = known.get(folder);
    if (answer === undefined) {
      answer = paths.has(folder) || (folder !== '' && isBelow(folderOf(folder)));
      known.set(folder, answer);
    }
    return answer;
  };
  return isBelow;
}

function addAll(found: Set<string>, ids: Iterable<string>): void {
  for (const id of ids) found.add(id);
}

function append(index: Map<string, string[]>, key: string, id: string): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, [id]);
  else known.push(id);
}
