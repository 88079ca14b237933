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
  try {
    return locator(readFileSync(join(root, file.slice(pathPrefix.length)), 'utf8'), file)(path, part);
  } catch {
    return { file, start: 0, end: 0 };
  }
}
