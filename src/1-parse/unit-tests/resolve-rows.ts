import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  didYouMeanHint,
  error,
  type SeedNode,
  type Span,
  type UnitTestFixture,
  type UnitTestStep,
} from '../../core/index.ts';
import type { LoadedFile } from '../files/load-files.ts';
import type { Linking } from '../nodes/linking.ts';
import type { EntryFacts, WrittenFixture, WrittenStep } from '../properties/facts.ts';
import type { YamlPath } from '../yaml/index.ts';
import type { Fixtures } from './fixtures.ts';
import { unitTestInput } from './input.ts';
import { csvRows, withFullRowFirst } from './rows.ts';

/** The rows of a unit test, wherever they stand. */
export interface RowsContext {
  readonly linking: Linking;
  readonly fixtures: Fixtures;
  /** The properties file. */
  readonly file: LoadedFile;
  readonly entry: EntryFacts;
  /** Told of each file that rows are taken from. */
  readonly onFixture: (name: string, file: string) => void;
}

/** A fixture with its rows read, in the order that dbt gives them. Rows are null where they cannot be had. */
export function resolveRows(written: WrittenFixture, path: YamlPath, context: RowsContext): UnitTestFixture {
  const { format, fixture } = written;
  const rows = fixture === null ? written.rows : fixtureRows(fixture, format, path, context);
  return { rows: Array.isArray(rows) ? withFullRowFirst(rows) : rows, format, fixture };
}

/** As `resolveRows`; an input without rows stands for a seed, whose file has them. */
export function resolveInput(
  written: WrittenFixture & { readonly input: string },
  path: YamlPath,
  context: RowsContext,
): UnitTestFixture {
  const isSeed = written.rows === null && written.fixture === null && written.format === 'dict';
  if (!isSeed) return resolveRows(written, path, context);
  const rows = seedRows(written.input, path, context);
  return { rows: rows && withFullRowFirst(rows), format: written.format, fixture: null };
}

/** A step of a sequence with all rows read. */
export function resolveStep(step: WrittenStep, path: YamlPath, context: RowsContext): UnitTestStep {
  return {
    ...step,
    given: step.given.map((one, index) => ({
      input: one.input,
      replace: one.replace,
      ...resolveInput(one, [...path, 'given', index], context),
    })),
    expect: step.expect && resolveRows(step.expect, [...path, 'expect'], context),
  };
}

function fixtureRows(
  name: string,
  format: WrittenFixture['format'],
  path: YamlPath,
  { linking, fixtures, file, entry, onFixture }: RowsContext,
): UnitTestFixture['rows'] {
  const { packageName } = file.found;
  const found = fixtures.find(packageName, name);
  const span = (): Span | undefined => linking.spanIn(file, [...path, 'fixture']);
  if (found === undefined) {
    const message = `The unit test '${entry.name}' names the fixture '${name}', which is no file below tests/fixtures`;
    const hint = didYouMeanHint(name, fixtures.names(packageName)) ?? 'Name the file without folder and ending';
    linking.report(error('parse/unknown-fixture', message, { span: span(), hint }));
    return null;
  }
  const ending = found.found.path.toLowerCase().endsWith('.sql') ? 'sql' : 'csv';
  if (ending !== format) {
    const message = `The fixture '${name}' of the unit test '${entry.name}' is a ${ending.toUpperCase()} file, but the format is '${format}'`;
    linking.report(error('parse/unit-test-rows', message, { span: span(), hint: `Write format: ${ending}` }));
    return null;
  }
  onFixture(name, found.found.file);
  // As dbt, which reads files without the blanks around their text.
  const text = found.record.detail.read().trim();
  return format === 'sql' ? text : readCsvFile(text, found.found.file, linking);
}

function readCsvFile(
  text: string,
  file: string,
  linking: Linking,
  delimiter?: string,
  empty?: '' | null,
): UnitTestFixture['rows'] {
  const read = csvRows(text, delimiter, empty);
  if (read.kind === 'rows') return read.rows;
  linking.report(error('parse/unit-test-rows', read.message, { span: { file, start: read.at, end: read.at } }));
  return null;
}

function seedRows(input: string, path: YamlPath, context: RowsContext) {
  const { linking, file, entry } = context;
  const seed = findSeed(input, file.found.packageName, linking);
  if (seed === undefined) {
    const message = `The input ${input} of the unit test '${entry.name}' has no rows, and is no seed that could give them`;
    const span = linking.spanIn(file, path);
    linking.report(error('parse/unit-test-rows', message, { span, hint: 'For no rows at all, write rows: []' }));
    return null;
  }
  try {
    const text = readFileSync(join(seed.root_path, seed.original_file_path), 'utf8');
    const delimiter = typeof seed.config.delimiter === 'string' ? seed.config.delimiter : ',';
    const rows = readCsvFile(text.trim(), seed.origin.definition.file, linking, delimiter, '');
    return Array.isArray(rows) ? rows : null;
  } catch {
    // A seed that cannot be read has its own error.
    return null;
  }
}

function findSeed(input: string, packageName: string, { nodes }: Linking): SeedNode | undefined {
  const read = unitTestInput(input);
  if (read?.kind !== 'ref') return undefined;
  const { name, package: from } = read.ref;
  const own = nodes.get(`seed.${from ?? packageName}.${name}`);
  if (own?.resource_type === 'seed' || from !== null) return own?.resource_type === 'seed' ? own : undefined;
  for (const node of nodes.values()) if (node.resource_type === 'seed' && node.name === name) return node;
  return undefined;
}
