import { didYouMeanHint, error, type Json, type JsonObject } from '../../core/index.ts';
import {
  anything,
  isMapping,
  mapping,
  members,
  optional,
  text,
  textOrTexts,
  type ValueType,
} from '../config/value-type.ts';
import { checkShape, type ReadContext, type Shape } from '../properties/context.ts';
import { docUses } from '../properties/doc-uses.ts';
import type { UnitTestContent, WrittenFixture } from '../properties/facts.ts';
import type { YamlPath } from '../yaml/index.ts';
import { csvRows } from './rows.ts';

const versionList: ValueType = (value) =>
  Array.isArray(value) && value.every((one) => typeof one === 'string' || typeof one === 'number')
    ? undefined
    : 'a list of versions';
const mappings: ValueType = (value) =>
  Array.isArray(value) && value.every(isMapping) ? undefined : 'a list of mappings';

const unitTestShape: Shape = {
  name: text,
  model: text,
  given: mappings,
  expect: mapping,
  description: text,
  overrides: optional(mapping),
  versions: optional(members({ include: optional(versionList), exclude: optional(versionList) })),
  config: members({ tags: textOrTexts }),
};
const fixtureShape: Shape = { rows: anything, format: text, fixture: optional(text) };
const givenShape: Shape = { input: text, ...fixtureShape };
const overridesShape: Shape = { macros: optional(mapping), vars: optional(mapping), env_vars: optional(mapping) };
const formats = ['dict', 'csv', 'sql'] as const;

/** Reads an entry of `unit_tests:`. Rows that stand in files come later. */
export function readUnitTest(context: ReadContext, entry: JsonObject, name: string, path: YamlPath): UnitTestContent {
  checkShape(context, path, entry, unitTestShape, 'warn');
  for (const key of ['model', 'given', 'expect']) {
    if (entry[key] !== undefined) continue;
    report(context, path, 'parse/unit-test-incomplete', `The unit test '${name}' needs '${key}'`, missing[key]);
  }
  const { model, description, overrides, versions, config } = entry;
  if (isMapping(overrides)) checkShape(context, [...path, 'overrides'], overrides, overridesShape, 'warn');
  const given = Array.isArray(entry.given) ? (entry.given as readonly Json[]).filter(isMapping) : [];
  const text = typeof description === 'string' ? description : '';
  return {
    kind: 'unit-test',
    model: typeof model === 'string' ? model : '',
    description: text,
    docs: docUses(text, [...path, 'description']),
    given: given.map((one, index) => {
      const at = [...path, 'given', index];
      checkShape(context, at, one, givenShape, 'warn');
      if (typeof one.input !== 'string') {
        report(
          context,
          at,
          'parse/unit-test-incomplete',
          `An input of the unit test '${name}' needs 'input'`,
          inputHint,
        );
      }
      const input = typeof one.input === 'string' ? one.input : '';
      return { input, ...readFixture(context, one, name, at) };
    }),
    expect: isMapping(entry.expect) ? readExpected(context, entry.expect, name, [...path, 'expect']) : nothing,
    ...(isMapping(overrides) ? { overrides } : {}),
    ...(isMapping(versions) ? { versions } : {}),
    config: isMapping(config) ? config : {},
  };
}

const inputHint = "For example: input: ref('orders')";
const missing: Readonly<Record<string, string>> = {
  model: 'Name the model that it tests: model: orders',
  given: 'Where the model reads nothing: given: []',
  expect: 'The rows that have to come of it: expect: {rows: [{id: 1}]}',
};

const nothing: WrittenFixture = { rows: [], format: 'dict', fixture: null };

function readExpected(context: ReadContext, expected: JsonObject, name: string, path: YamlPath): WrittenFixture {
  checkShape(context, path, expected, fixtureShape, 'warn');
  const fixture = readFixture(context, expected, name, path);
  if (fixture.rows === null && fixture.fixture === null && fixture.format === 'dict' && expected.rows === undefined) {
    report(context, path, 'parse/unit-test-incomplete', `What the unit test '${name}' expects needs 'rows'`);
  }
  return fixture;
}

function report(context: ReadContext, path: YamlPath, code: string, message: string, hint?: string): void {
  context.report(error(code, message, { span: context.span(path), hint }));
}

/** `rows`, `format` and `fixture`; rows are null where a file has them, or nothing says them. */
function readFixture(context: ReadContext, written: JsonObject, name: string, path: YamlPath): WrittenFixture {
  const format = formatOf(context, written.format, name, path);
  const fixture = typeof written.fixture === 'string' ? written.fixture : null;
  const { rows = null } = written;
  const refused = (expected: string): WrittenFixture => {
    const message = `The unit test '${name}' has rows that do not match the format '${format}': ${expected}`;
    const at = rows === null && fixture !== null ? [...path, 'fixture'] : [...path, 'rows'];
    report(
      context,
      at,
      'parse/unit-test-rows',
      message,
      fixture !== null ? "A file has 'format: csv' or 'format: sql'" : undefined,
    );
    return { rows: [], format, fixture: null };
  };
  if (format === 'dict') {
    if (rows === null && fixture === null) return { rows: null, format, fixture };
    if (fixture !== null || !Array.isArray(rows)) return refused('a list of mappings is wanted');
    return { rows: dictRows(context, rows, name, [...path, 'rows']), format, fixture };
  }
  if (fixture !== null) return { rows: null, format, fixture };
  if (typeof rows !== 'string') return refused(`text is wanted, or a 'fixture'`);
  if (format === 'sql') return { rows, format, fixture };
  const read = csvRows(rows);
  if (read.kind === 'rows') return { rows: read.rows, format, fixture };
  report(context, [...path, 'rows'], 'parse/unit-test-rows', `${read.message} (CSV of the unit test '${name}')`);
  return { rows: [], format, fixture };
}

function dictRows(context: ReadContext, rows: readonly Json[], name: string, path: YamlPath): readonly JsonObject[] {
  return rows.flatMap((row, index) => {
    if (isMapping(row)) return [row];
    const message = `A row of the unit test '${name}' has to be a mapping of columns to values`;
    report(context, [...path, index], 'parse/unit-test-rows', message, 'For example: {id: 1, name: Ada}');
    return [];
  });
}

function formatOf(
  context: ReadContext,
  written: Json | undefined,
  name: string,
  path: YamlPath,
): WrittenFixture['format'] {
  const known = formats.find((format) => format === written);
  if (known !== undefined || written === undefined || written === null) return known ?? 'dict';
  const message = `'format' of the unit test '${name}' has to be one of ${formats.join(', ')}, but is '${String(written)}'`;
  context.report(
    error('parse/wrong-value', message, {
      span: context.span([...path, 'format']),
      hint: didYouMeanHint(String(written), formats),
    }),
  );
  return 'dict';
}
