const none: readonly string[] = [];
const known = new Map<string, readonly string[]>();

/** Folders of a path, file name dropped: `staging/jaffle/a.sql` → `['staging', 'jaffle']`. */
export function foldersOf(relativePath: string): readonly string[] {
  const end = relativePath.lastIndexOf('/');
  if (end < 0) return none;
  const folder = relativePath.slice(0, end);
  let folders = known.get(folder);
  if (folders === undefined) {
    folders = folder.split('/');
    known.set(folder, folders);
  }
  return folders;
}

/** A path without the extension of its file name. */
export function withoutExtension(path: string): string {
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf('/') + 1 ? path.slice(0, dot) : path;
}

/** The file name without folders and extension. */
export function baseName(path: string): string {
  return withoutExtension(path.slice(path.lastIndexOf('/') + 1));
}

/** The fully qualified name: package, folders below the resource path, name. */
export function fqnOf(packageName: string, relativePath: string, name: string): readonly string[] {
  return [packageName, ...foldersOf(relativePath), name];
}
