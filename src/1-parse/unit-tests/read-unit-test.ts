import { isMapping, type Json, type JsonObject, markedFloats } from '../../core/index.ts';
import { mapping, members, optional, text, textOrTexts, type ValueType } from '../config/value-type.ts';
import { checkShape, type ReadContext, type Shape } from '../properties/context.ts';
import { docUses } from '../properties/doc-uses.ts';
import type { UnitTestContent } from '../properties/facts.ts';
import type { YamlPath } from '../yaml/index.ts';
import { expectation, readExpectation } from './read-expectation.ts';
import { report } from './read-fixture.ts';
import { mappings, readInput } from './read-input.ts';
import { readSequence } from './read-sequence.ts';

const versionList: ValueType = (value) =>
  Array.isArray(value) && value.every((one) => typeof one === 'string' || typeof one === 'number')
    ? undefined
    : 'a list of versions';

const unitTestShape: Shape = {
  name: text,
  model: text,
  given: mappings,
  sequence: mappings,
  expect: expectation,
  description: text,
  overrides: optional(mapping),
  versions: optional(members({ include: optional(versionList), exclude: optional(versionList) })),
  config: members({ tags: textOrTexts }),
};
const overridesShape: Shape = { macros: optional(mapping), vars: optional(mapping), env_vars: optional(mapping) };

/** Reads an entry of `unit_tests:`. Rows that stand in files come later. */
export function readUnitTest(context: ReadContext, entry: JsonObject, name: string, path: YamlPath): UnitTestContent {
  checkShape(context, path, entry, unitTestShape, 'refuse');
  const { model, description, sequence, overrides, versions, config } = entry;
  for (const key of sequence === undefined ? ['model', 'given', 'expect'] : ['model', 'expect']) {
    if (entry[key] !== undefined) continue;
    report(context, path, 'parse/unit-test-incomplete', `The unit test '${name}' needs '${key}'`, missing[key]);
  }
  if (isMapping(overrides)) checkShape(context, [...path, 'overrides'], overrides, overridesShape, 'refuse');
  const text = typeof description === 'string' ? description : '';
  const given = Array.isArray(entry.given) ? entry.given.filter(isMapping) : [];
  const content: UnitTestContent = {
    kind: 'unit-test',
    model: typeof model === 'string' ? model : '',
    description: text,
    docs: docUses(text, path),
    given: given.map((one, index) => readInput(context, one, name, [...path, 'given', index])),
    ...(sequence === undefined ? {} : { sequence: readSequence(context, sequence, name, [...path, 'sequence']) }),
    ...readExpectation(context, entry, name, path),
    ...(isMapping(overrides) ? { overrides } : {}),
    ...(isMapping(versions) ? { versions } : {}),
    config: isMapping(config) ? config : {},
  };
  const floats = markedFloats(content as unknown as Json);
  return floats.length === 0 ? content : { ...content, floats };
}

const missing: Readonly<Record<string, string>> = {
  model: 'Name the model that it tests: model: orders',
  given: 'Where the model reads nothing: given: []',
  expect: 'The rows that have to come of it: expect: {rows: [{id: 1}]}',
};
