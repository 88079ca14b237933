import {
  error,
  isMapping,
  type Json,
  type JsonObject,
  type NodeConfig,
  type SourceNode,
  type Span,
} from '../../core/index.ts';
import { sourceFreshness } from '../config/freshness-type.ts';
import { configDiagnostics } from '../config/problems.ts';
import type { LoadedFile } from '../files/load-files.ts';
import { foldersOf } from '../names/fqn.ts';
import type { EntryDetails, EntryFacts, SourceContent, TableFacts } from '../properties/facts.ts';
import { columnsOf } from '../properties/read-properties.ts';
import { testOwner } from '../tests/test-owner.ts';
import { buildColumns } from './columns.ts';
import { entrySpan } from './entry-span.ts';
import { linkTest } from './generic-test.ts';
import { addDisabled, type Linking, projectsOf, writtenBelow } from './linking.ts';
import { sourceRelation } from './relation-name.ts';
import { sourceSettings } from './source-config.ts';

/** A source of a properties file, after what other packages change of it. */
export interface SourceEntry {
  readonly entry: EntryFacts;
  readonly file: LoadedFile;
  readonly content: SourceContent;
  readonly details: () => EntryDetails;
  /** The entry before its templates were rendered. */
  readonly unrendered: JsonObject | undefined;
  readonly patchPath: string | null;
}

/** Makes the nodes of a source's tables, with their tests. */
export function linkSource(linking: Linking, source: SourceEntry): void {
  for (const [index, table] of source.content.tables.entries()) linkTable(linking, source, table, index);
}

function linkTable(linking: Linking, source: SourceEntry, table: TableFacts, index: number): void {
  const { entry, file, content } = source;
  const { packageName, relativePath } = file.found;
  const span: Span = { file: file.found.file, start: table.range[0], end: table.range[1] };
  const uniqueId = `source.${packageName}.${entry.name}.${table.name}`;
  const fqn = [packageName, ...foldersOf(relativePath), entry.name, table.name];
  const settings = sourceSettings(content.source, table.table, span, linking.report);
  const configured = linking.configurator.configure({ kind: 'source', packageName, fqn, properties: settings });
  const places = { properties: placesIn(linking, source, index, span), projects: projectsOf(linking, packageName) };
  const called = `'${entry.name}.${table.name}'`;
  // What stands beside `config:` is looked at when the file is read, once for all tables.
  const isTold = [content.source.freshness, table.table.freshness].some(
    (one) => one !== undefined && sourceFreshness(one),
  );
  const problems = configured.problems.filter(({ field }) => field !== 'freshness' || !isTold);
  for (const problem of configDiagnostics(problems, called, { kind: 'source', fqn }, places)) {
    linking.report(problem);
  }
  const node = sourceNode(linking, source, table, index, {
    uniqueId,
    fqn,
    config: configured.config,
    unrendered: configured.unrendered,
    span,
  });
  const target = { kind: 'source', source: entry.name, table: table.name } as const;
  const owner = testOwner(file, `sources.${entry.name}`, target, undefined);
  for (const test of table.tests) linkTest(linking, test, owner);
  const first = linking.sources.get(uniqueId);
  if (!node.config.enabled) addDisabled(linking, node);
  else if (first === undefined) linking.sources.set(uniqueId, node);
  else reportDuplicate(linking, node, first);
}

interface TableNode {
  readonly uniqueId: string;
  readonly fqn: readonly string[];
  readonly config: NodeConfig;
  readonly unrendered: JsonObject;
  readonly span: Span;
}

function sourceNode(
  linking: Linking,
  source: SourceEntry,
  facts: TableFacts,
  index: number,
  made: TableNode,
): SourceNode {
  const { entry, file, content } = source;
  const { config } = made;
  const { packageName, path } = file.found;
  const written = content.source;
  const table = facts.table;
  const describer = linking.describer(packageName);
  const text = (value: Json | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);
  const columns = facts.columns ? buildColumns(columnsOf(source.details(), index), describer) : {};
  const sourceMeta = { ...members(written.meta), ...members(members(written.config).meta) };
  const node: SourceNode = {
    database: text(written.database) ?? linking.world.environment.target.database,
    schema: text(written.schema) ?? entry.name,
    name: facts.name,
    resource_type: 'source',
    package_name: packageName,
    path,
    original_file_path: path,
    unique_id: made.uniqueId,
    fqn: made.fqn,
    source_name: entry.name,
    source_description: describer.text(content.description),
    source_meta: sourceMeta,
    loader: text(written.loader) ?? '',
    identifier: text(table.identifier) ?? facts.name,
    quoting: quotingOf(written.quoting, table.quoting),
    loaded_at_field: (config.loaded_at_field as string | null | undefined) ?? null,
    loaded_at_query: (config.loaded_at_query as string | null | undefined) ?? null,
    freshness: (config.freshness as JsonObject | null | undefined) ?? null,
    external: isMapping(table.external) ? externalOf(table.external) : null,
    description: describer.text(facts.description),
    columns,
    meta: config.meta,
    tags: config.tags,
    config,
    patch_path: source.patchPath,
    unrendered_config: made.unrendered,
    relation_name: null,
    created_at: linking.createdAt,
    unrendered_database: text(source.unrendered?.database ?? written.database),
    unrendered_schema: text(source.unrendered?.schema ?? written.schema),
    doc_blocks: describer.blocks(facts.description),
    origin: {
      definition: made.span,
      properties: entrySpan({ entry, file }),
    },
  };
  const { statements } = linking.world.adapter;
  const relation = sourceRelation(node, linking.world.settings.quoting);
  return { ...node, relation_name: relation.expression ?? statements.renderRelation(relation) };
}

function members(value: Json | undefined): JsonObject {
  return isMapping(value) ? value : {};
}

function quotingOf(source: Json | undefined, table: Json | undefined): JsonObject {
  const quoting: Record<string, Json> = {};
  for (const part of ['database', 'schema', 'identifier', 'column']) {
    quoting[part] = members(table)[part] ?? members(source)[part] ?? null;
  }
  return quoting;
}

function externalOf(written: JsonObject): JsonObject {
  const known = { location: null, file_format: null, row_format: null, tbl_properties: null, partitions: null };
  return { ...known, ...written };
}

function reportDuplicate(linking: Linking, node: SourceNode, first: SourceNode): void {
  linking.report(
    error('parse/duplicate-source', `The source table '${node.source_name}.${node.name}' is there twice`, {
      span: node.origin.definition,
      hint: 'Remove one of them, or rename it and say `identifier:`',
      notes: [{ message: 'the other is here', span: first.origin.definition }],
    }),
  );
}

/** Where a setting of a table is written: of the table before that of its source, below `config:` before beside it. */
function placesIn(linking: Linking, { entry, file }: SourceEntry, index: number, table: Span) {
  const own = [entry.section, entry.index];
  const owners = [[...own, 'tables', index], own].flatMap((at) => [[...at, 'config'], at]);
  return (path: readonly string[], part: 'key' | 'value'): Span =>
    writtenBelow(linking, file, owners, path, part) ?? table;
}
