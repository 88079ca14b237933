import { error, type Json, type JsonObject } from '../../core/index.ts';
import type { YamlPath } from '../yaml/index.ts';
import type { ReadContext } from './context.ts';
import type { TestFacts } from './facts.ts';
import { readTest, type Tested } from './read-test.ts';

export interface WrittenTests {
  readonly key: 'tests' | 'data_tests';
  readonly list: readonly Json[];
}

/** The tests of a model, column or table, under their new or their old key. */
export function testsOf(context: ReadContext, path: YamlPath, owner: JsonObject): WrittenTests | undefined {
  const old = Array.isArray(owner.tests) && owner.tests.length > 0 ? owner.tests : undefined;
  if (old && 'data_tests' in owner) {
    const message = "There can be 'tests' or 'data_tests', not both";
    context.report(error('parse/tests-twice', message, { span: context.span([...path, 'tests'], 'key') }));
  }
  if (old) return { key: 'tests', list: old };
  return Array.isArray(owner.data_tests) && owner.data_tests.length > 0
    ? { key: 'data_tests', list: owner.data_tests as readonly Json[] }
    : undefined;
}

/** Reads a list of tests. @param path that of what they are tests of. */
export function readTests(
  context: ReadContext,
  path: YamlPath,
  { key, list }: WrittenTests,
  tested: Tested,
): readonly TestFacts[] {
  return list.flatMap((test, index) => {
    const at = [...path, key, index];
    return readTest(context, at, test, context.rangeOf(list, index, at), tested) ?? [];
  });
}
