import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMapping, type Json, type Span, type UnitTestNode } from '../../core/index.ts';
import type { Project } from '../project.ts';
import { locator, readYaml, type YamlPath } from '../yaml/index.ts';

/**
 * Where a part of a unit test stands in its properties file: `['given', 0, 'rows', 2, 'id']`, the value or its key;
 * undefined where the file has no such part. Reads the file, so it is for when something is wrong.
 */
export function unitTestPlace(
  { root }: Pick<Project, 'root'>,
  { origin }: Pick<UnitTestNode, 'origin'>,
  path: YamlPath,
  part: 'key' | 'value' = 'value',
): Span | undefined {
  const { definition } = origin;
  try {
    const text = readFileSync(join(root, definition.file), 'utf8');
    const yaml = readYaml(text.trimEnd(), definition.file);
    const list = isMapping(yaml.value) ? yaml.value.unit_tests : undefined;
    if (!Array.isArray(list)) return undefined;
    const index = (list as readonly Json[]).findIndex((_, at) => yaml.spanOf(list, at)?.start === definition.start);
    if (index < 0 || !has(list[index] as Json, path)) return undefined;
    return locator(text, definition.file)(['unit_tests', index, ...path], part);
  } catch {
    return undefined;
  }
}

function has(value: Json | undefined, [first, ...rest]: YamlPath): boolean {
  if (value === undefined) return false;
  if (first === undefined) return true;
  if (value === null || typeof value !== 'object') return false;
  return has((value as Readonly<Record<string | number, Json>>)[first], rest);
}
