import {
  type Column,
  ColumnValue,
  error,
  type MaterializationContext,
  Problem,
  type Relation,
} from '../../core/index.ts';
import { listOf, str } from '../../jinja/index.ts';
import { hasOwnMacro } from '../building/own-statements.ts';
import { relationValue } from '../building/relation-value.ts';
import type { SchemaChangeMode } from './settings.ts';

/** What differs between the new rows' columns and the table's. */
export interface SchemaChange {
  readonly added: readonly Column[];
  readonly removed: readonly Column[];
  /** Columns whose type changed, with the new type. */
  readonly retyped: readonly Column[];
}

export function compareColumns(source: readonly Column[], target: readonly Column[]): SchemaChange {
  const inTarget = new Map(target.map((column) => [column.name.toLowerCase(), column]));
  const inSource = new Set(source.map((column) => column.name.toLowerCase()));
  return {
    added: source.filter((column) => !inTarget.has(column.name.toLowerCase())),
    removed: target.filter((column) => !inSource.has(column.name.toLowerCase())),
    retyped: source.flatMap((column) => {
      const existing = inTarget.get(column.name.toLowerCase());
      return existing !== undefined && existing.type !== column.type ? [{ ...existing, type: column.type }] : [];
    }),
  };
}

/** Macros that take part in making a table fit: with any of them in the project, macros do all of it. */
const macros = [
  'process_schema_changes',
  'check_for_schema_changes',
  'diff_columns',
  'diff_column_data_types',
  'sync_column_schemas',
  'alter_relation_add_remove_columns',
  'alter_column_type',
];

/** Whether macros of the project make the table fit. */
export function hasOwnChanges(context: MaterializationContext): boolean {
  return hasOwnMacro(context, macros);
}

/**
 * What macros make of a table that has to fit: the columns to fill.
 *
 * @param source where the new rows stand.
 */
export async function adaptTableByMacros(
  context: MaterializationContext,
  mode: SchemaChangeMode,
  target: Relation,
  source: Relation,
): Promise<readonly string[]> {
  const macro = context.macro?.('process_schema_changes');
  if (macro === undefined) throw new Error('there is no macro process_schema_changes');
  const columns = await macro(mode, relationValue(source, context), relationValue(target, context));
  return listOf(columns).map((one) => (one instanceof ColumnValue ? one.column.name : str(one)));
}

/**
 * Makes the table fit the new rows, as `on_schema_change` says, and gives the columns to fill. Throws `Problem` where
 * the setting is `fail` and something changed.
 */
export async function adaptTable(
  context: MaterializationContext,
  mode: Exclude<SchemaChangeMode, 'ignore'>,
  target: Relation,
  source: readonly Column[],
  existing: readonly Column[],
): Promise<readonly string[]> {
  const change = compareColumns(source, existing);
  if (mode === 'fail' && change.added.length + change.removed.length + change.retyped.length > 0) {
    throw outOfSync(context, change);
  }
  const { statements } = context.adapter;
  const sync = mode === 'sync_all_columns';
  const alterations = [
    ...(mode !== 'fail' ? statements.addColumns(target, change.added) : []),
    ...(sync ? statements.dropColumns(target, change.removed) : []),
    ...(sync ? change.retyped.flatMap((column) => statements.alterColumnType(target, column)) : []),
  ];
  for (const sql of alterations) await context.execute(sql);
  const spelling = new Map(existing.map(({ name }) => [name.toLowerCase(), name]));
  return source.map(({ name }) => spelling.get(name.toLowerCase()) ?? name);
}

function outOfSync({ node }: MaterializationContext, change: SchemaChange): Problem {
  const list = (columns: readonly Column[]) => `[${columns.map(({ name, type }) => `${name} ${type}`).join(', ')}]`;
  const message = [
    'The source and target schemas on this incremental model are out of sync!',
    'They can be reconciled in several ways:',
    '  - set the `on_schema_change` config to either append_new_columns or sync_all_columns, depending on your situation.',
    '  - Re-run the incremental model with `full_refresh: True` to update the target schema.',
    '  - update the schema manually and re-run the process.',
    '',
    'Additional troubleshooting context:',
    `   Source columns not in target: ${list(change.added)}`,
    `   Target columns not in source: ${list(change.removed)}`,
    `   New column types: ${list(change.retyped)}`,
  ].join('\n');
  return new Problem(error('materialize/schema-change', message, { span: node.origin.definition }));
}
