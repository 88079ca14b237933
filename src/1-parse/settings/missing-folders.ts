import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, didYouMeanHint, type JsonObject, warning } from '../../core/index.ts';
import type { Locator } from '../yaml/index.ts';
import type { ProjectFile } from './project-file.ts';

const keys = ['model', 'seed', 'snapshot', 'macro', 'test', 'analysis', 'function', 'docs', 'asset'].map(
  (kind) => `${kind}-paths`,
);

/**
 * Folders that a project file names and that are not there, where one of nearly that name is there and named nowhere.
 * Others may be left out: Git keeps no empty folders, and `dbt init` names some that many projects never fill.
 */
export function missingFolders(raw: JsonObject, { root }: ProjectFile, find: Locator): readonly Diagnostic[] {
  const named = keys.flatMap((key) => {
    const paths = raw[key];
    return Array.isArray(paths) ? paths.map((path, index) => ({ key, path, index })) : [];
  });
  return named.flatMap(({ key, path, index }) => {
    if (typeof path !== 'string' || existsSync(join(root, path))) return [];
    const free = foldersIn(root).filter((folder) => named.every((other) => other.path !== folder));
    const hint = didYouMeanHint(path, free);
    if (hint === undefined) return [];
    const message = `'${key}' names the folder '${path}', which is not there`;
    return [warning('parse/no-folder', message, { span: find([key, index]), hint })];
  });
}

function foldersIn(root: string): readonly string[] {
  const entries = readdirSync(root, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() && !entry.name.startsWith('.') ? entry.name : []));
}
