import { error, isMapping, type Json, type JsonObject, mappingsIn } from '../../core/index.ts';
import type { YamlPath } from '../yaml/index.ts';
import { checkShape, type ReadContext, reportError } from './context.ts';
import { docUses } from './doc-uses.ts';
import type { DescribedContent, EntryDetails, SectionName, TestFacts } from './facts.ts';
import { checkConstraints, type ReadColumns, readColumns } from './read-columns.ts';
import { readSignature } from './read-signature.ts';
import type { TestTarget } from './read-test.ts';
import { readTests, testsOf } from './read-tests.ts';
import { readVersions } from './read-versions.ts';
import { argumentShapes, sectionShapes } from './shapes.ts';

/** Reads an entry that describes something defined elsewhere: a model, seed, snapshot, analysis, macro or test. */
export function readDescribed(
  context: ReadContext,
  section: SectionName,
  entry: JsonObject,
  name: string,
  path: YamlPath,
): { readonly content: DescribedContent; readonly details: EntryDetails } {
  checkShape(context, path, entry, sectionShapes[section] ?? {}, section === 'functions' ? 'refuse' : 'warn');
  const testable = section === 'models' || section === 'seeds' || section === 'snapshots';
  const target: TestTarget | undefined = testable ? { relation: `ref('${name}')`, name, isSource: false } : undefined;
  checkArguments(context, section, entry, path);
  const versioned = section === 'models' && Array.isArray(entry.versions) && entry.versions.length > 0;
  const columns = readColumns(context, [...path, 'columns'], entry.columns, {
    target: versioned ? undefined : target,
    quoteColumns: entry.quote_columns === true,
  });
  const tests = versioned || !target ? [] : [...columns.tests, ...entryTests(context, entry, path, target)];
  const description = typeof entry.description === 'string' ? entry.description : '';
  const constraints = mappingsIn(entry.constraints);
  if (constraints.length > 0) checkConstraints(context, [...path, 'constraints'], constraints);
  const content: DescribedContent = {
    kind: 'described',
    description,
    config: configOf(context, section, entry, path),
    docs: [...docUses(description, path), ...columns.docs, ...argumentDocs(entry, path)],
    columns: columns.columns.length > 0,
    tests,
    ...(constraints.length > 0 ? { constraints } : {}),
    ...(columns.constrained ? { columnConstraints: { primaryKeys: columns.primaryKeys } } : {}),
    ...(versioned ? readVersions(context, entry, name, path, columns) : {}),
    ...(typeof entry.deprecation_date === 'string' ? { deprecationDate: entry.deprecation_date } : {}),
    ...timeSpine(context, entry, path, columns),
    ...(section === 'functions' ? readSignature(context, entry, path) : {}),
    ...(section === 'macros' && Array.isArray(entry.arguments) ? { arguments: mappingsIn(entry.arguments) } : {}),
    ...(section === 'snapshots' && typeof entry.relation === 'string' ? { relation: entry.relation } : {}),
  };
  return { content, details: columns.columns.length > 0 ? { columns: columns.columns } : {} };
}

/** The tests that stand at an entry itself. */
export function entryTests(
  context: ReadContext,
  entry: JsonObject,
  path: YamlPath,
  target: TestTarget,
  tableTags?: readonly string[],
): readonly TestFacts[] {
  const written = testsOf(context, path, entry);
  return written ? readTests(context, path, written, { target, tableTags }) : [];
}

const movable = ['meta', 'docs', 'group', 'contract', 'access'] as const;

/** `config:` with what dbt also takes beside it. */
function configOf(context: ReadContext, section: SectionName, entry: JsonObject, path: YamlPath): JsonObject {
  const config: Record<string, Json> = isMapping(entry.config) ? { ...entry.config } : {};
  for (const name of movable) {
    const value = entry[name];
    if (value === undefined) continue;
    if (name in config && section !== 'macros') {
      const message = `'${name}' is set beside 'config' and in it`;
      const span = context.span([...path, name], 'key');
      context.report(error('parse/config-twice', message, { span, hint: `Keep the one in 'config'` }));
    } else if (section === 'macros' && name === 'meta') {
      config.meta = { ...(isMapping(value) ? value : {}), ...(isMapping(config.meta) ? config.meta : {}) };
    } else if (!(name in config)) config[name] = value;
  }
  return config;
}

function checkArguments(context: ReadContext, section: SectionName, entry: JsonObject, path: YamlPath): void {
  const shape = argumentShapes[section];
  if (shape === undefined || !Array.isArray(entry.arguments)) return;
  for (const [index, argument] of entry.arguments.entries()) {
    if (!isMapping(argument)) continue;
    const at = [...path, 'arguments', index];
    checkShape(context, at, argument, shape, 'refuse');
    if (section === 'macros' && argument.name === undefined) {
      reportError(context, at, 'missing-key', `An argument of the macro '${String(entry.name)}' needs 'name'`);
    }
  }
}

function argumentDocs(entry: JsonObject, path: YamlPath): DescribedContent['docs'] {
  return mappingsIn(entry.arguments).flatMap((argument, index) =>
    typeof argument.description === 'string' ? docUses(argument.description, [...path, 'arguments', index]) : [],
  );
}

function timeSpine(
  context: ReadContext,
  entry: JsonObject,
  path: YamlPath,
  columns: ReadColumns,
): { readonly timeSpine?: JsonObject } {
  const spine = entry.time_spine;
  if (!isMapping(spine)) return {};
  const standard = spine.standard_granularity_column;
  const column = columns.columns.find((one) => one.name === standard);
  const known = columns.columns.map((one) => String(one.name)).join(', ');
  if (typeof standard !== 'string') {
    reportError(context, [...path, 'time_spine'], 'time-spine', "A time spine needs a 'standard_granularity_column'");
  } else if (column === undefined) {
    const message = `The time spine's column '${standard}' is not among the columns of '${String(entry.name)}'`;
    reportError(context, [...path, 'time_spine'], 'time-spine', message, known ? `Its columns: ${known}` : undefined);
  } else if (!column.granularity) {
    const message = `The time spine's column '${standard}' of '${String(entry.name)}' needs a 'granularity'`;
    reportError(context, [...path, 'time_spine'], 'time-spine', message);
  }
  for (const custom of mappingsIn(spine.custom_granularities)) {
    const name = custom.column_name ?? custom.name;
    if (columns.columns.some((one) => one.name === name)) continue;
    const message = `The time spine's column '${String(name)}' is not among the columns of '${String(entry.name)}'`;
    reportError(context, [...path, 'time_spine'], 'time-spine', message, known ? `Its columns: ${known}` : undefined);
  }
  return { timeSpine: spine };
}
