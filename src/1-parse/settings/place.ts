import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataPath, Span } from '../../core/index.ts';
import type { ProjectSettings } from '../project.ts';
import { locator } from '../yaml/index.ts';

/** Where a project file says something; its top where that cannot be found out any more. */
export function placeInProject(
  { root, file, pathPrefix }: Pick<ProjectSettings, 'root' | 'file' | 'pathPrefix'>,
  path: DataPath,
  part: 'key' | 'value' = 'value',
): Span {
  return placeIn(join(root, file.slice(pathPrefix.length)), file, path, part);
}

/**
 * Where a YAML file says something, read again: places are wanted only of what is wrong.
 *
 * @param absolute its path; `file` is its name in messages.
 * @param from the offset of the mapping that the path goes from. Default: the whole file's.
 */
export function placeIn(
  absolute: string,
  file: string,
  path: DataPath,
  part: 'key' | 'value' = 'value',
  from?: number,
): Span {
  try {
    return locator(readFileSync(absolute, 'utf8'), file)(path, part, from);
  } catch {
    return { file, start: 0, end: 0 };
  }
}
