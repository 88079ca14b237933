import {
  error,
  isMapping,
  type Json,
  type JsonObject,
  markedFloats,
  restoreFloatMarks,
  type UnitTestNode,
  type UnitTestOverrides,
  writtenVersion,
} from '../../core/index.ts';
import type { LoadedFile } from '../files/load-files.ts';
import { foldersOf } from '../names/fqn.ts';
import type { LinkedEntry } from '../nodes/entries.ts';
import { entryConfig } from '../nodes/entry-config.ts';
import { entrySpan } from '../nodes/entry-span.ts';
import { addDisabled, type Linking } from '../nodes/linking.ts';
import type { EntryFacts, UnitTestContent } from '../properties/facts.ts';
import { unitTestChecksum } from './checksum.ts';
import { type Fixtures, findFixtures } from './fixtures.ts';
import { type RowsContext, resolveInput, resolveRows, resolveStep } from './resolve-rows.ts';

/** Makes the nodes of all unit tests. What they test is found by the graph. */
export function linkUnitTests(linking: Linking, entries: readonly LinkedEntry[], files: readonly LoadedFile[]): void {
  const fixtures = findFixtures(linking, files);
  for (const { entry, file, content } of entries) {
    if (content.kind === 'unit-test') addUnitTest(linking, unitTestNode(linking, fixtures, file, entry, content));
  }
}

function addUnitTest(linking: Linking, node: UnitTestNode): void {
  if (!node.config.enabled) {
    addDisabled(linking, node);
    return;
  }
  const first = linking.unitTests.get(node.unique_id);
  if (first === undefined) {
    linking.unitTests.set(node.unique_id, node);
    return;
  }
  linking.report(
    error('parse/duplicate-unit-test', `The model '${node.model}' has two unit tests named '${node.name}'`, {
      span: node.origin.definition,
      hint: 'Rename one of them',
      notes: [{ message: 'the other is here', span: first.origin.definition }],
    }),
  );
}

function unitTestNode(
  linking: Linking,
  fixtures: Fixtures,
  file: LoadedFile,
  entry: EntryFacts,
  content: UnitTestContent,
): UnitTestNode {
  const { packageName, relativePath, path } = file.found;
  const { name } = entry;
  const { model } = content;
  const span = entrySpan({ entry, file });
  // As dbt: folders count from the second on, whatever the first is called.
  const folders = foldersOf(path).slice(1);
  const fqn = [packageName, ...folders, model, name];
  restoreFloatMarks(content as unknown as Json, content.floats);
  const { config, unrendered } = entryConfig(linking, { file, entry }, 'unit_test', fqn, content.config);
  const fixtureFiles: Record<string, string> = {};
  const tested = testedBy(content, {
    linking,
    fixtures,
    file,
    entry,
    onFixture: (fixture, from) => {
      fixtureFiles[fixture] = from;
    },
  });
  const floats = markedFloats(tested as unknown as Json);
  return {
    resource_type: 'unit_test',
    unique_id: `unit_test.${packageName}.${model}.${name}`,
    name,
    package_name: packageName,
    path: relativePath,
    original_file_path: path,
    fqn,
    description: linking.describer(packageName).text(content.description),
    ...tested,
    depends_on: { macros: [], nodes: [] },
    config,
    unrendered_config: unrendered,
    tags: config.tags,
    meta: config.meta,
    checksum: unitTestChecksum(tested),
    schema: null,
    created_at: linking.createdAt,
    version: null,
    origin: floats.length > 0 ? { definition: span, floats } : { definition: span },
    ...(Object.keys(fixtureFiles).length > 0 ? { fixture_files: fixtureFiles } : {}),
  };
}

/** What is tested, with which rows: all that the checksum is made of. */
function testedBy(content: UnitTestContent, context: RowsContext) {
  const { section, index: entryIndex } = context.entry;
  const at = [section, entryIndex];
  return {
    model: content.model,
    given: content.given.map((one, index) => ({
      input: one.input,
      ...resolveInput(one, [...at, 'given', index], context),
    })),
    ...(content.sequence
      ? { sequence: content.sequence.map((step, index) => resolveStep(step, [...at, 'sequence', index], context)) }
      : {}),
    expect: resolveRows(content.expect, [...at, 'expect'], context),
    ...(content.same_as_full_refresh ? { same_as_full_refresh: content.same_as_full_refresh } : {}),
    overrides: overridesOf(content.overrides),
    versions: versionsOf(content.versions),
  };
}

function overridesOf(written: JsonObject | undefined): UnitTestOverrides | null {
  if (written === undefined) return null;
  const members = (value: Json | undefined): JsonObject => (isMapping(value) ? value : {});
  return { macros: members(written.macros), vars: members(written.vars), env_vars: members(written.env_vars) };
}

function versionsOf(written: JsonObject | undefined): UnitTestNode['versions'] {
  if (written === undefined) return null;
  const list = (value: Json | undefined): readonly (string | number)[] | null =>
    Array.isArray(value) ? value.flatMap((_, index) => writtenVersion(value, index) ?? []) : null;
  return { include: list(written.include), exclude: list(written.exclude) };
}
