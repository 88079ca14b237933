import {
  type Diagnostic,
  error,
  forgetMarks,
  isMapping,
  type Json,
  type JsonObject,
  warning,
} from '../../core/index.ts';
import { readSemantic } from '../semantic/read-semantic.ts';
import { readUnitTest } from '../unit-tests/read-unit-test.ts';
import { locator, readYaml, type YamlPath } from '../yaml/index.ts';
import { checkShape, listHint, type ReadContext } from './context.ts';
import { docUses } from './doc-uses.ts';
import type { EntryContent, EntryDetails, EntryFacts, PropertiesFacts, Range, SectionName } from './facts.ts';
import { readDescribed } from './read-described.ts';
import { readSource, tableColumns } from './read-source.ts';
import { sectionShapes } from './shapes.ts';
import { dropLineBreaks, hasTemplates, testRanges } from './templates.ts';

export interface PropertiesRead {
  readonly facts: PropertiesFacts;
  /** For each entry, in the same order. */
  readonly details: readonly EntryDetails[];
  readonly diagnostics: readonly Diagnostic[];
}

export type ReadOptions = Pick<ReadContext, 'quote' | 'argumentsProperty'>;

const sections = Object.keys(sectionShapes) as readonly SectionName[];
const otherKeys = new Set(['version', 'anchors']);

/** Reads a properties file: what it says depends on its text alone. */
export function readProperties(text: string, file: string, options: ReadOptions): PropertiesRead {
  // As dbt, which reads a file without the blanks at its end: the last text in it may end in a line break.
  const yaml = readYaml(text.trimEnd(), file);
  const diagnostics = [...yaml.diagnostics];
  const find = locator(text, file);
  if (yaml.value === undefined || yaml.value === null) return { facts: { entries: [] }, details: [], diagnostics };
  if (!isMapping(yaml.value)) {
    diagnostics.push(error('parse/wrong-type', 'A properties file has to be a mapping', { span: find([]) }));
    return { facts: { entries: [] }, details: [], diagnostics };
  }
  const context: ReadContext = {
    ...options,
    report: (diagnostic) => diagnostics.push(diagnostic),
    span: find,
    rangeOf(list, index) {
      const span = yaml.spanOf(list, index);
      return span ? [span.start, span.end] : [0, 0];
    },
  };
  checkSections(context, yaml.value);
  const entries: EntryFacts[] = [];
  const details: EntryDetails[] = [];
  for (const section of sections) {
    const list = yaml.value[section];
    if (!Array.isArray(list)) continue;
    for (const [index, entry] of (list as readonly Json[]).entries()) {
      const name = nameOf(context, section, index, entry);
      if (name === undefined || !isMapping(entry)) continue;
      const range = context.rangeOf(list, index, [section, index]);
      const path: YamlPath = [section, index];
      dropLineBreaks(section, entry);
      if (hasTemplates(section, entry)) {
        entries.push({ section, index, name, range });
        details.push({ raw: entry, ranges: testRanges(context, section, entry, path) });
        continue;
      }
      const read = readEntry(context, section, entry, name, path);
      entries.push({ section, index, name, range, content: read.content });
      details.push(read.details);
    }
  }
  // Tests know theirs. The rest has none once it was kept: it has to be the same before.
  for (const container of yaml.marked) forgetMarks(container);
  return { facts: { entries }, details, diagnostics };
}

/** What an entry says, when no templates stand in it (any more). */
export function readEntry(
  context: ReadContext,
  section: SectionName,
  entry: JsonObject,
  name: string,
  path: YamlPath,
): { readonly content: EntryContent; readonly details: EntryDetails } {
  switch (section) {
    case 'sources': {
      const content = readSource(context, entry, name, path);
      return { content, details: { raw: entry } };
    }
    case 'exposures':
    case 'groups':
      checkShape(context, path, entry, sectionShapes[section] ?? {}, 'refuse');
      if (!isMapping(entry.owner) || (!entry.owner.name && !entry.owner.email)) {
        const message = `'${name}' needs an 'owner' with a 'name' or an 'email'`;
        context.report(error('parse/owner', message, { span: context.span([...path, 'owner']) }));
      }
      return { content: other(entry, path), details: {} };
    case 'metrics':
    case 'semantic_models':
    case 'saved_queries':
      return { content: readSemantic(context, section, entry, name, path), details: { raw: entry } };
    case 'unit_tests':
      return { content: readUnitTest(context, entry, name, path), details: {} };
    default:
      return readDescribed(context, section, entry, name, path);
  }
}

/** The columns of an entry, or of a source's table, from the details. */
export function columnsOf(details: EntryDetails, table?: number): readonly JsonObject[] {
  if (table === undefined) return details.columns ?? [];
  const tables = details.raw?.tables;
  const written = Array.isArray(tables)
    ? (tables as readonly Json[]).filter((one) => isMapping(one) && typeof one.name === 'string')[table]
    : undefined;
  return isMapping(written) ? tableColumns(written) : [];
}

function other(entry: JsonObject, path: YamlPath): EntryContent {
  const docs = typeof entry.description === 'string' ? docUses(entry.description, path) : [];
  return { kind: 'other', raw: entry, docs };
}

function checkSections(context: ReadContext, file: JsonObject): void {
  const known = [...sections, 'version'];
  for (const [key, value] of Object.entries(file)) {
    if (!sections.includes(key as SectionName)) {
      if (otherKeys.has(key) || key.startsWith('x-') || key.startsWith('.')) continue;
      const span = context.span([key], 'key');
      const hint = `A properties file can have: ${known.join(', ')}`;
      context.report(
        warning('parse/unknown-key', `The key '${key}' is not known in a properties file`, { span, hint }),
      );
    } else if (!Array.isArray(value)) {
      const hint = listHint(key, value);
      context.report(error('parse/wrong-type', `'${key}' has to be a list`, { span: context.span([key]), hint }));
    }
  }
}

function nameOf(context: ReadContext, section: SectionName, index: number, entry: Json): string | undefined {
  if (isMapping(entry) && typeof entry.name === 'string' && entry.name !== '') return entry.name;
  const span = context.span([section, index]);
  if (isMapping(entry) && entry.name === '') {
    // dbt takes it: what was meant for the entry goes nowhere.
    context.report(warning('parse/missing-name', `'name' of an entry of '${section}' is empty`, { span }));
    return entry.name;
  }
  if (!isMapping(entry)) {
    const hint = listHint(section, [entry]);
    context.report(error('parse/wrong-type', `An entry of '${section}' has to be a mapping`, { span, hint }));
    return undefined;
  }
  const message =
    entry.name === undefined
      ? `An entry of '${section}' needs a 'name'`
      : `'name' of an entry of '${section}' has to be text`;
  context.report(error('parse/missing-name', message, { span }));
  return undefined;
}

export type { Range };
