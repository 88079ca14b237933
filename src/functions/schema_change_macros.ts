import { ColumnValue, type Rendering, type TemplateFunction } from '../core/index.ts';
import { type Bound, type CallSite, Dict, listOf, str, TemplateError, type Value } from '../jinja/index.ts';
import { callOwn } from './warehouse/dispatch.ts';
import { dispatched } from './warehouse/dispatched.ts';
import { relationOf } from './warehouse/relation-argument.ts';
import { runAll } from './warehouse/session.ts';

const modes = ['sync_all_columns', 'append_new_columns', 'fail', 'ignore'];

/** dbt's macros that make a table fit new columns (`on_schema_change`), for materializations that are macros. */
const functions: readonly TemplateFunction[] = [
  ...dispatched('incremental_validate_on_schema_change', ['on_schema_change', 'default='], (rendering, bound) => {
    const [mode, fallback] = bound;
    if (modes.includes(str(mode ?? null))) return mode ?? null;
    rendering.log(`on_schema_change cannot be ${str(mode ?? null)}`, 'log');
    return fallback ?? 'ignore';
  }),
  ...dispatched('diff_columns', ['source_columns', 'target_columns'], (_, [source, target]) =>
    missing(columnsOf(source), columnsOf(target)),
  ),
  ...dispatched('diff_column_data_types', ['source_columns', 'target_columns'], (_, [source, target]) =>
    retyped(columnsOf(source), columnsOf(target)),
  ),
  ...dispatched('check_for_schema_changes', ['source_relation', 'target_relation'], (rendering, bound, site) =>
    rendering.execute ? compare(rendering, bound, site) : new Dict(),
  ),
  ...dispatched(
    'process_schema_changes',
    ['on_schema_change', 'source_relation', 'target_relation'],
    (rendering, [mode, source, target], site) =>
      rendering.execute && mode !== 'ignore'
        ? process(rendering, str(mode ?? null), [source, target], site)
        : new Dict(),
  ),
  ...dispatched(
    'sync_column_schemas',
    ['on_schema_change', 'target_relation', 'schema_changes_dict'],
    (rendering, [mode, target, changes], site) =>
      rendering.execute && changes instanceof Dict
        ? synchronize(rendering, str(mode ?? null), target, changes, site)
        : '',
  ),
  ...dispatched(
    'alter_relation_add_remove_columns',
    ['relation', 'add_columns=', 'remove_columns='],
    (rendering, [relation, added, removed]) =>
      rendering.execute ? addAndRemove(rendering, relation, columnsOf(added), columnsOf(removed)) : '',
  ),
  ...dispatched(
    'alter_column_type',
    ['relation', 'column_name', 'new_column_type'],
    (rendering, [relation, name, type]) => {
      if (!rendering.execute) return '';
      const column = { name: str(name ?? null), type: str(type ?? null) };
      return runAll(
        rendering,
        rendering.adapter.statements.alterColumnType(relationOf(relation), column),
        'Changing the columns of a table',
      );
    },
  ),
];
export default functions;

function columnsOf(value: Bound): readonly ColumnValue[] {
  return listOf(value ?? []).filter((item) => item instanceof ColumnValue);
}

const nameOf = ({ column }: ColumnValue): string => column.name.toLowerCase();

function missing(source: readonly ColumnValue[], target: readonly ColumnValue[]): ColumnValue[] {
  const known = new Set(target.map(nameOf));
  return source.filter((column) => !known.has(nameOf(column)));
}

function retyped(source: readonly ColumnValue[], target: readonly ColumnValue[]): Value[] {
  const known = new Map(target.map((column) => [nameOf(column), column]));
  return source.flatMap((column) => {
    const old = known.get(nameOf(column));
    if (old === undefined || old.dataType === column.dataType) return [];
    return [
      Dict.of([
        ['column_name', old.column.name],
        ['new_type', column.dataType],
      ]),
    ];
  });
}

async function compare(rendering: Rendering, [source, target]: readonly Bound[], site: CallSite): Promise<Dict> {
  const columns = async (relation: Bound): Promise<readonly ColumnValue[]> =>
    columnsOf(await callOwn(rendering, 'get_columns_in_relation', [relation], site));
  const [from, to] = [await columns(source), await columns(target)];
  const differing = async (name: string, left: readonly Value[], right: readonly Value[]): Promise<readonly Value[]> =>
    listOf(await callOwn(rendering, name, [[...left], [...right]], site));
  const added = await differing('diff_columns', from, to);
  const removed = await differing('diff_columns', to, from);
  const types = await differing('diff_column_data_types', from, to);
  return Dict.of([
    ['schema_changed', added.length + removed.length + types.length > 0],
    ['source_not_in_target', [...added]],
    ['target_not_in_source', [...removed]],
    ['source_columns', [...from]],
    ['target_columns', [...to]],
    ['new_target_types', [...types]],
  ]);
}

async function process(
  rendering: Rendering,
  mode: string,
  [source, target]: readonly Bound[],
  site: CallSite,
): Promise<Value> {
  const changes = await callOwn(rendering, 'check_for_schema_changes', [source, target], site);
  if (!(changes instanceof Dict)) return changes;
  const part = (name: string): Value => changes.get(name) ?? [];
  if (changes.get('schema_changed') !== true) return part('source_columns');
  if (mode === 'fail') {
    throw new TemplateError(
      `The source and target schemas on this incremental model are out of sync! New columns: ${str(part('source_not_in_target'))}; gone: ${str(part('target_not_in_source'))}; other types: ${str(part('new_target_types'))}`,
    );
  }
  await callOwn(rendering, 'sync_column_schemas', [mode, target, changes], site);
  return part('source_columns');
}

async function synchronize(
  rendering: Rendering,
  mode: string,
  target: Bound,
  changes: Dict,
  site: CallSite,
): Promise<string> {
  const syncs = mode === 'sync_all_columns';
  const removed = syncs ? (changes.get('target_not_in_source') ?? []) : [];
  const added = changes.get('source_not_in_target') ?? [];
  await callOwn(rendering, 'alter_relation_add_remove_columns', [target, added, removed], site);
  for (const change of syncs ? listOf(changes.get('new_target_types') ?? []) : []) {
    if (!(change instanceof Dict)) continue;
    const args = [target, change.get('column_name'), change.get('new_type')];
    await callOwn(rendering, 'alter_column_type', args, site);
  }
  return '';
}

function addAndRemove(
  rendering: Rendering,
  relation: Bound,
  added: readonly ColumnValue[],
  removed: readonly ColumnValue[],
): Promise<string> {
  const { statements } = rendering.adapter;
  return runAll(
    rendering,
    [
      ...statements.addColumns(
        relationOf(relation),
        added.map(({ column }) => column),
      ),
      ...statements.dropColumns(
        relationOf(relation),
        removed.map(({ column }) => column),
      ),
    ],
    'Changing the columns of a table',
  );
}
