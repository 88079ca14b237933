import { error, isMapping, type Json, type JsonObject } from '../../core/index.ts';
import type { YamlPath } from '../yaml/index.ts';
import { checkShape, type ReadContext } from './context.ts';
import { docUses } from './doc-uses.ts';
import type { SourceContent, TableFacts } from './facts.ts';
import { readColumns } from './read-columns.ts';
import { entryTests } from './read-described.ts';
import type { TestTarget } from './read-test.ts';
import { freshnessInConfig, sourceShape, tableShape, thresholds, thresholdTime } from './shapes.ts';

/** Reads a source: what its tables share, and the tables. */
export function readSource(context: ReadContext, entry: JsonObject, name: string, path: YamlPath): SourceContent {
  checkShape(context, path, entry, sourceShape, 'refuse');
  checkFreshness(context, path, entry);
  const { tables: written, ...source } = entry;
  if (source.loaded_at_field === '') reportEmpty(context, path);
  const tables: TableFacts[] = [];
  const sourceTags = tagsOf(entry);
  for (const [index, table] of (Array.isArray(written) ? (written as readonly Json[]) : []).entries()) {
    const at = [...path, 'tables', index];
    if (!isMapping(table)) continue;
    if (typeof table.name !== 'string') {
      const message = table.name === undefined ? "A table needs a 'name'" : "'name' of a table has to be text";
      context.report(error('parse/table-name', message, { span: context.span(at) }));
      continue;
    }
    const range = context.rangeOf(written as object, index, at);
    tables.push(
      readTable(context, table, { source: entry, sourceName: name, name: table.name }, at, range, sourceTags),
    );
  }
  const description = typeof entry.description === 'string' ? entry.description : '';
  return {
    kind: 'source',
    description,
    source,
    tables,
    ...(typeof entry.overrides === 'string' ? { overrides: entry.overrides } : {}),
  };
}

function readTable(
  context: ReadContext,
  table: JsonObject,
  { source, sourceName, name }: { source: JsonObject; sourceName: string; name: string },
  path: YamlPath,
  range: TableFacts['range'],
  sourceTags: readonly string[],
): TableFacts {
  checkShape(context, path, table, tableShape, 'warn');
  checkFreshness(context, path, table);
  if (table.loaded_at_field === '') reportEmpty(context, path);
  const target: TestTarget = {
    relation: `source('${sourceName}', '${name}')`,
    name: `${sourceName}_${name}`,
    isSource: true,
  };
  const tableTags = [...sourceTags, ...tagsOf(table)];
  const quoteColumns = (quotesColumns(table) ?? quotesColumns(source)) === true;
  const columns = readColumns(context, [...path, 'columns'], table.columns, { target, quoteColumns, tableTags });
  const tests = entryTests(context, table, path, target, tableTags);
  const description = typeof table.description === 'string' ? table.description : '';
  const { columns: _, tests: __, data_tests: ___, ...rest } = table;
  return {
    name,
    range,
    table: rest,
    description,
    columns: columns.columns.length > 0,
    docs: [...docUses(description, path), ...columns.docs],
    tests: [...columns.tests, ...tests],
  };
}

/** Below `config:`, where dbt takes any member; what the right ones can be is looked at once all places were heard. */
function checkFreshness(context: ReadContext, path: YamlPath, { config }: JsonObject): void {
  if (!isMapping(config)) return;
  const { freshness } = config;
  checkShape(context, [...path, 'config'], freshness === undefined ? {} : { freshness }, freshnessInConfig, 'ignore');
  if (!isMapping(freshness)) return;
  const at = [...path, 'config', 'freshness'];
  checkShape(context, at, freshness, thresholds, 'warn');
  for (const [name, time] of Object.entries(freshness)) {
    if (name in thresholds && isMapping(time)) checkShape(context, [...at, name], time, thresholdTime, 'warn');
  }
}

/** The columns of a table as they go into the details: without tests. */
export function tableColumns(table: JsonObject): readonly JsonObject[] {
  const columns = Array.isArray(table.columns) ? (table.columns as readonly Json[]).filter(isMapping) : [];
  return columns.map(({ tests: _, data_tests: __, ...column }) => column);
}

function quotesColumns(owner: JsonObject): boolean | undefined {
  const column = isMapping(owner.quoting) ? owner.quoting.column : undefined;
  return typeof column === 'boolean' ? column : undefined;
}

function tagsOf(owner: JsonObject): readonly string[] {
  return Array.isArray(owner.tags) ? owner.tags.filter((tag): tag is string => typeof tag === 'string') : [];
}

function reportEmpty(context: ReadContext, path: YamlPath): void {
  const span = context.span([...path, 'loaded_at_field']);
  context.report(error('parse/wrong-value', "'loaded_at_field' cannot be an empty text", { span }));
}
