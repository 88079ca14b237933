import { join } from 'node:path';
import { isMapping, type Json, readableText, type Span, type UnitTestNode } from '../../core/index.ts';
import type { Project } from '../project.ts';
import { type Locator, locator, readYaml, type YamlPath } from '../yaml/index.ts';

/**
 * Where a part of a unit test stands in its properties file: `['given', 0, 'rows', 2, 'id']`, the value or its key;
 * undefined where the file has no such part.
 */
export type UnitTestPlaces = (path: YamlPath, part?: 'key' | 'value') => Span | undefined;

/** Looks for parts of a unit test in its file, which is read when the first is asked for: when something is wrong. */
export function unitTestPlaces(
  { root }: Pick<Project, 'root'>,
  { origin }: Pick<UnitTestNode, 'origin'>,
): UnitTestPlaces {
  let entry: Entry | undefined;
  return (path, part = 'value') => {
    entry ??= readEntry(root, origin.definition);
    return has(entry.value, path) ? entry.locate(['unit_tests', entry.index, ...path], part) : undefined;
  };
}

/** One place of a unit test. Reads the file. */
export function unitTestPlace(
  project: Pick<Project, 'root'>,
  test: Pick<UnitTestNode, 'origin'>,
  path: YamlPath,
  part?: 'key' | 'value',
): Span | undefined {
  return unitTestPlaces(project, test)(path, part);
}

/** A unit test as its file has it. */
interface Entry {
  /** Undefined where the file does not have it any more. */
  readonly value: Json | undefined;
  readonly index: number;
  readonly locate: Locator;
}

function readEntry(root: string, { file, start }: Span): Entry {
  const text = readableText(join(root, file)) ?? '';
  const yaml = readYaml(text.trimEnd(), file);
  const written = isMapping(yaml.value) ? yaml.value.unit_tests : undefined;
  const list: readonly Json[] = Array.isArray(written) ? written : [];
  const index = list.findIndex((_, at) => yaml.spanOf(list, at)?.start === start);
  return { value: list[index], index, locate: locator(text, file) };
}

function has(value: Json | undefined, [first, ...rest]: YamlPath): boolean {
  if (value === undefined) return false;
  if (first === undefined) return true;
  if (value === null || typeof value !== 'object') return false;
  return has((value as Readonly<Record<string | number, Json>>)[first], rest);
}
