import { isMapping, type Json, type JsonObject } from '../../core/index.ts';
import { flag, textList, type ValueType } from '../config/value-type.ts';
import { checkShape, type ReadContext, type Shape } from '../properties/context.ts';
import type { UnitTestContent, WrittenFixture } from '../properties/facts.ts';
import type { YamlPath } from '../yaml/index.ts';
import { fixtureShape, readFixture, report } from './read-fixture.ts';

const sameAsFullRefresh = 'same_as_full_refresh';

/** What `expect:` may be. */
export const expectation: ValueType = (value) =>
  isMapping(value) || value === sameAsFullRefresh ? undefined : `a mapping, or ${sameAsFullRefresh}`;

const refreshShape: Shape = { [sameAsFullRefresh]: flag, except: textList };
const nothing: WrittenFixture = { rows: [], format: 'dict', fixture: null };

/** Reads `expect:`: rows, or that the outcome is that of a full refresh. */
export function readExpectation(
  context: ReadContext,
  test: JsonObject,
  name: string,
  path: YamlPath,
): Pick<UnitTestContent, 'expect' | 'same_as_full_refresh'> {
  const { expect, sequence } = test;
  const at = [...path, 'expect'];
  const refresh = fullRefresh(context, expect, at);
  if (!refresh) return { expect: isMapping(expect) ? readExpectedRows(context, expect, name, at) : nothing };
  if (sequence === undefined) {
    const message = `The unit test '${name}' expects ${sameAsFullRefresh}, but has no 'sequence'`;
    const hint = 'Of one build there is nothing to compare: let the rows arrive in several steps, with sequence:';
    report(context, at, 'parse/unit-test-incomplete', message, hint);
  }
  return { expect: nothing, same_as_full_refresh: refresh };
}

/** Reads the expected rows. */
export function readExpectedRows(
  context: ReadContext,
  expected: JsonObject,
  name: string,
  path: YamlPath,
): WrittenFixture {
  checkShape(context, path, expected, fixtureShape, 'refuse');
  const fixture = readFixture(context, expected, name, path);
  if (fixture.rows === null && fixture.fixture === null && fixture.format === 'dict' && expected.rows === undefined) {
    report(context, path, 'parse/unit-test-incomplete', `What the unit test '${name}' expects needs 'rows'`);
  }
  return fixture;
}

function fullRefresh(
  context: ReadContext,
  expect: Json | undefined,
  path: YamlPath,
): UnitTestContent['same_as_full_refresh'] {
  if (expect === sameAsFullRefresh) return { except: [] };
  if (!isMapping(expect) || expect[sameAsFullRefresh] !== true) return undefined;
  checkShape(context, path, expect, refreshShape, 'refuse');
  return { except: Array.isArray(expect.except) ? expect.except.map(String) : [] };
}
