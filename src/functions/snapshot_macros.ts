import {
  ColumnValue,
  firstVersions,
  keyColumns,
  keyFields,
  mergeVersions,
  type Rendering,
  readStrategy,
  type SnapshotStrategy,
  sameKey,
  type TemplateFunction,
  versionChanges,
  versionEnd,
} from '../core/index.ts';
import { type Bound, type CallSite, Dict, listOf, str, type Value } from '../jinja/index.ts';
import { dispatched, sqlOf } from './warehouse/dispatched.ts';
import { columnNames, relationOf, textsOf } from './warehouse/relation-argument.ts';
import { runAll, runStatement, sessionOf } from './warehouse/session.ts';
import { callNamed, shapeOf, sqlFrom } from './warehouse/snapshot-values.ts';

const keyOf = (value: Bound): SnapshotStrategy['uniqueKey'] => (Array.isArray(value) ? textsOf(value) : sqlOf(value));

/** dbt's macros that make and change the table of a snapshot; Ingot's snapshots are made of them, too. */
const functions: readonly TemplateFunction[] = [
  ...dispatched('build_snapshot_table', ['strategy', 'sql'], (rendering, [strategy, sql]) =>
    rendering.execute ? firstVersions(readStrategy(strategy), shapeOf(rendering), sqlOf(sql)) : '',
  ),
  ...dispatched('snapshot_staging_table', ['strategy', 'source_sql', 'target_relation'], (rendering, bound, site) =>
    rendering.execute ? changes(rendering, bound, site) : '',
  ),
  ...dispatched('build_snapshot_staging_table', ['strategy', 'sql', 'target_relation'], (rendering, bound, site) =>
    rendering.execute ? stage(rendering, bound, site) : '',
  ),
  ...dispatched('snapshot_merge_sql', ['target', 'source', 'insert_cols'], (rendering, [target, source, columns]) =>
    mergeVersions(
      rendering.adapter.statements,
      relationOf(target),
      relationOf(source),
      columnNames(columns),
      shapeOf(rendering),
    ).join(';\n\n'),
  ),
  ...dispatched('create_columns', ['relation', 'columns'], (rendering, [relation, columns]) =>
    rendering.execute ? addColumns(rendering, relation, columns) : '',
  ),
  ...dispatched('post_snapshot', ['staging_relation'], (rendering, [staging]) =>
    rendering.execute
      ? runAll(rendering, [rendering.adapter.statements.dropRelation(relationOf(staging))], 'A snapshot')
      : '',
  ),
  ...dispatched('get_snapshot_table_column_names', [], () =>
    Dict.of(Object.entries(shapeOf({ getConfig: () => undefined }).columns)),
  ),
  ...dispatched('get_dbt_valid_to_current', ['strategy', 'columns'], (rendering, [strategy, columns]) => {
    const name = columns instanceof Dict ? str(columns.get('dbt_valid_to') ?? 'dbt_valid_to') : 'dbt_valid_to';
    return `${versionEnd(readStrategy(strategy).updatedAt, shapeOf(rendering))} as ${name}`;
  }),
  ...dispatched('unique_key_fields', ['unique_key'], (_, [key]) => keyFields(keyOf(key)).join(', ')),
  ...dispatched('unique_key_join_on', ['unique_key', 'identifier', 'from_identifier'], (_, [key, one, other]) =>
    sameKey(keyOf(key), sqlOf(one), sqlOf(other)),
  ),
  ...dispatched(
    'unique_key_is_null',
    ['unique_key', 'identifier'],
    (_, [key, identifier]) => `${sqlOf(identifier)}.${keyColumns(keyOf(key))[0]} is null`,
  ),
  ...dispatched(
    'unique_key_is_not_null',
    ['unique_key', 'identifier'],
    (_, [key, identifier]) => `${sqlOf(identifier)}.${keyColumns(keyOf(key))[0]} is not null`,
  ),
];
export default functions;

async function changes(
  rendering: Rendering,
  [given, sql, relation]: readonly Bound[],
  site: CallSite,
): Promise<string> {
  const strategy = readStrategy(given);
  const shape = shapeOf(rendering);
  const { statements } = rendering.adapter;
  const quoted = (names: readonly string[]): readonly string[] => names.map((name) => statements.quote(name));
  const sourceColumns = columnNames(await callNamed(rendering, 'get_columns_in_query', [sql], site));
  const marksDeleted = strategy.hardDeletes === 'new_record';
  const now = strategy.hardDeletes === 'ignore' ? '' : await sqlFrom(rendering, 'snapshot_get_time', [], site);
  const deletionArguments: Value = [shape.columns.dbt_scd_id, now];
  const targetColumns = marksDeleted
    ? await sessionOf(rendering, 'snapshot_staging_table()').columnsOf(relationOf(relation))
    : [];
  return versionChanges({
    ...shape,
    strategy,
    sql: sqlOf(sql),
    sourceColumns: quoted(sourceColumns),
    target: str(relation ?? null),
    targetColumns: quoted(targetColumns.map(({ name }) => name)),
    now,
    deletionId: marksDeleted ? await sqlFrom(rendering, 'snapshot_hash_arguments', [deletionArguments], site) : '',
  });
}

async function stage(rendering: Rendering, [strategy, sql, target]: readonly Bound[], site: CallSite): Promise<Value> {
  const query = await sqlFrom(rendering, 'snapshot_staging_table', [strategy, sql, target], site);
  const staging = await callNamed(rendering, 'make_temp_relation', [target], site);
  const create = await sqlFrom(rendering, 'create_table_as', [true, staging, query], site);
  await runStatement(rendering, create, false, 'A snapshot');
  return staging;
}

function addColumns(rendering: Rendering, relation: Bound, columns: Bound): Promise<string> {
  const added = listOf(columns ?? []).flatMap((value) => (value instanceof ColumnValue ? [value.column] : []));
  return runAll(rendering, rendering.adapter.statements.addColumns(relationOf(relation), added), 'A snapshot');
}
