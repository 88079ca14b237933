import type { Column, MaterializationContext, Relation } from '../../core/index.ts';
import { compareColumns } from './schema-change.ts';
import type { IncrementalSettings } from './settings.ts';
import { columnNamed, updateColumns } from './strategies.ts';

export interface PreviewRequest {
  readonly context: MaterializationContext;
  readonly settings: IncrementalSettings;
  /** Where the new rows stand. */
  readonly source: Relation;
  readonly existing: readonly Column[];
  readonly staged: readonly Column[];
}

/**
 * A query for what the table will hold once the staged rows are in it, so that tests of the whole table can be run
 * before they are. It follows the statements of each strategy.
 */
export function previewQuery(request: PreviewRequest): string {
  if (request.settings.strategy === 'merge') return mergePreview(request, columnsAfter(request));
  return replacedPreview(request, keptRows(request));
}

/** Whether the table will have rows that are neither its own nor the new ones as they were staged. */
export function changesRows({ settings, existing, staged }: PreviewRequest): boolean {
  const { strategy, mergeSetExpressions, mergeUpdateColumns, mergeExcludeColumns } = settings;
  // Columns come, go or are filled with what stood there before, and values are cast to the types that the table has.
  const { added, removed, retyped } = compareColumns(staged, existing);
  const isMade = mergeSetExpressions.size + mergeUpdateColumns.length + mergeExcludeColumns.length > 0;
  return added.length + removed.length + retyped.length > 0 || (strategy === 'merge' && isMade);
}

/**
 * A query for the rows of the table that stay, and the new ones.
 *
 * @param kept conditions of those that stay.
 */
export function replacedPreview(request: PreviewRequest, kept: readonly string[]): string {
  const columns = columnsAfter(request);
  const before = valuesOf(request, columns, 'DBT_INTERNAL_DEST');
  return [
    `${selection(request, columns, before)}\nfrom ${targetOf(request)}${whereClause(kept)}`,
    addedRows(request, columns),
  ].join('\nunion all\n');
}

/** A query for the new rows with the columns and types that they get in the table. Undefined: those that they have. */
export function castRows(request: PreviewRequest): string | undefined {
  const columns = columnsAfter(request);
  const isSame = ({ name, type }: Column): boolean => columnNamedIn(columns, name)?.type === type;
  return request.staged.every(isSame) ? undefined : addedRows(request, columns);
}

function addedRows(request: PreviewRequest, columns: readonly Column[]): string {
  return `${selection(request, columns, valuesOf(request, columns, newRows))}\nfrom ${sourceOf(request)}`;
}

/** Which of the table's rows stay. A condition that is neither true nor false removes nothing. */
function keptRows(request: PreviewRequest): readonly string[] {
  const { strategy, uniqueKey, partitionBy } = request.settings;
  const predicates = request.settings.predicates.map((predicate) => ofTarget(request, predicate));
  const without = (...conditions: readonly string[]): readonly string[] => [
    `not coalesce(${[...conditions, ...predicates].map((condition) => `(${condition})`).join(' and ')}, false)`,
  ];
  if (strategy === 'insert_overwrite') {
    return partitionBy.length > 0 ? without(isInPartition(request)) : without('true');
  }
  return strategy === 'delete+insert' && uniqueKey.length > 0 ? without(hasKey(request)) : [];
}

/** One key may be an expression; several are columns. A key with a null matches nothing. */
function hasKey({ context, source, settings: { uniqueKey } }: PreviewRequest): string {
  const rows = context.adapter.statements.renderRelation(source);
  const [key] = uniqueKey;
  if (uniqueKey.length === 1) return `(${key}) in (select (${key}) from ${rows})`;
  const same = uniqueKey.map((name) => `DBT_INTERNAL_SOURCE.${name} = DBT_INTERNAL_DEST.${name}`);
  return `exists (select 1 from ${rows} as DBT_INTERNAL_SOURCE where ${same.join(' and ')})`;
}

function isInPartition({ context, source, settings: { partitionBy } }: PreviewRequest): string {
  const keys = partitionBy.map((key, index) => `${key} as partition_key_${index + 1}`).join(', ');
  const same = partitionBy.map((key, index) => `partition_key_${index + 1} is not distinct from ${key}`);
  const partitions = `select distinct ${keys} from ${context.adapter.statements.renderRelation(source)}`;
  return `exists (select 1 from (${partitions}) as DBT_INTERNAL_SOURCE where ${same.join(' and ')})`;
}

/** Predicates may name the table as the statement does that deletes from it. */
function ofTarget({ context }: PreviewRequest, predicate: string): string {
  const { statements } = context.adapter;
  const { target } = context;
  const names = [statements.renderRelation(target), statements.quote(target.identifier ?? ''), target.identifier ?? ''];
  const known = ['DBT_INCREMENTAL_TARGET', ...names].map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return predicate.replace(new RegExp(`(?<![\\w."])(?:${known.join('|')})(?=\\s*\\.)`, 'gi'), 'DBT_INTERNAL_DEST');
}

/** Rows that match are changed where the merge changes them; rows that match none are added. */
function mergePreview(request: PreviewRequest, columns: readonly Column[]): string {
  const { context, settings, source } = request;
  const matches = settings.uniqueKey.map((key) => `DBT_INTERNAL_SOURCE.${key} = DBT_INTERNAL_DEST.${key}`);
  const same = [...(matches.length > 0 ? matches : ['false']), ...settings.predicates]
    .map((condition) => `(${condition})`)
    .join(' and ');
  const { mergeUpdateCondition: condition, mergeInsertCondition } = settings;
  const isChanged = `DBT_INTERNAL_MATCH${condition === undefined ? '' : ` and (${condition})`}`;
  const before = valuesOf(request, columns, 'DBT_INTERNAL_DEST');
  const after = new Map(matches.length > 0 ? changesOf(request) : []);
  const changed = columns.map(({ name, type }, index) => {
    const now = after.get(name);
    return now === undefined
      ? (before[index] ?? 'null')
      : `case when ${isChanged} then cast(${now} as ${type}) else ${before[index]} end`;
  });
  const added = valuesOf(request, columns, newRows);
  const insertable = mergeInsertCondition === undefined ? [] : [`(${mergeInsertCondition})`];
  const rows = `select *, true as DBT_INTERNAL_MATCH from ${context.adapter.statements.renderRelation(source)}`;
  return [
    selection(request, columns, changed),
    `from ${targetOf(request)}`,
    `left join (${rows}) as ${newRows}`,
    `on ${same}`,
    'union all',
    selection(request, columns, added),
    `from ${sourceOf(request)}${whereClause([`not exists (select 1 from ${targetOf(request)} where ${same})`, ...insertable])}`,
  ].join('\n');
}

/** What columns of a row that matches become. */
function changesOf({ context, settings, source, existing, staged }: PreviewRequest): readonly [string, string][] {
  const spelling = new Map(existing.map(({ name }) => [name.toLowerCase(), name]));
  const names = staged.map(({ name }) => spelling.get(name.toLowerCase()) ?? name);
  const columns = settings.onSchemaChange === 'ignore' ? names.filter((name) => columnNamedIn(existing, name)) : names;
  const request = { context, settings, target: context.target, source, columns };
  const { quote } = context.adapter.statements;
  return [
    ...updateColumns(request).map((name): [string, string] => [name, `${newRows}.${quote(name)}`]),
    ...[...settings.mergeSetExpressions].map(([name, sql]): [string, string] => [columnNamed(request, name), sql]),
  ];
}

const newRows = 'DBT_INTERNAL_SOURCE';

const targetOf = ({ context }: PreviewRequest): string =>
  `${context.adapter.statements.renderRelation(context.target)} as DBT_INTERNAL_DEST`;

const sourceOf = ({ context, source }: PreviewRequest): string =>
  `${context.adapter.statements.renderRelation(source)} as ${newRows}`;

/** The columns that the table will have, in its order, with the types that they will have. */
function columnsAfter({ settings: { onSchemaChange }, existing, staged }: PreviewRequest): readonly Column[] {
  if (onSchemaChange === 'ignore') return existing;
  const added = staged.filter(({ name }) => !columnNamedIn(existing, name));
  if (onSchemaChange !== 'sync_all_columns') return [...existing, ...added];
  const known = existing.flatMap(({ name }) => {
    const now = columnNamedIn(staged, name);
    return now ? [{ name, type: now.type }] : [];
  });
  return [...known, ...added];
}

/** The columns as one of the two tables has them. Where a column is missing that has to be there, its name stands, for the warehouse to refuse. */
function valuesOf(
  { context, settings, existing, staged }: PreviewRequest,
  columns: readonly Column[],
  rows: 'DBT_INTERNAL_DEST' | typeof newRows,
): readonly string[] {
  const known = rows === newRows ? staged : existing;
  const isNeeded = rows === newRows && settings.onSchemaChange === 'ignore' && settings.strategy !== 'merge';
  return columns.map(({ name, type }) => {
    const found = columnNamedIn(known, name);
    const value = `${rows}.${context.adapter.statements.quote(found?.name ?? name)}`;
    if (!found) return isNeeded ? value : `cast(null as ${type})`;
    return found.type === type ? value : `cast(${value} as ${type})`;
  });
}

function selection({ context }: PreviewRequest, columns: readonly Column[], values: readonly string[]): string {
  const { quote } = context.adapter.statements;
  return `select ${columns.map(({ name }, index) => `${values[index]} as ${quote(name)}`).join(', ')}`;
}

const columnNamedIn = (columns: readonly Column[], name: string): Column | undefined =>
  columns.find((column) => column.name.toLowerCase() === name.toLowerCase());

const whereClause = (conditions: readonly string[]): string =>
  conditions.length > 0 ? `\nwhere ${conditions.join('\nand ')}` : '';
