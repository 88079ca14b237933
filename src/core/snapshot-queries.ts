import type { Relation } from './relation.ts';
import type { SnapshotColumns } from './snapshot.ts';
import type { SnapshotStrategy } from './snapshot-strategy.ts';
import type { Statements } from './statements.ts';

/** What the columns of a snapshot are called, and where its current versions end. */
export interface SnapshotShape {
  readonly columns: SnapshotColumns;
  readonly currentEnd: string | undefined;
}

/** The query for the first versions of all rows. */
export function firstVersions(strategy: SnapshotStrategy, shape: SnapshotShape, sql: string): string {
  const { columns } = shape;
  const added = [
    `${strategy.scdId} as ${columns.dbt_scd_id}`,
    `${strategy.updatedAt} as ${columns.dbt_updated_at}`,
    `${strategy.updatedAt} as ${columns.dbt_valid_from}`,
    `${versionEnd(strategy.updatedAt, shape)} as ${columns.dbt_valid_to}`,
    ...(strategy.hardDeletes === 'new_record' ? [`'False' as ${columns.dbt_is_deleted}`] : []),
  ];
  return `select\n  *,\n  ${added.join(',\n  ')}\nfrom (\n${sql}\n) as snapshot_query`;
}

/** The end of a new version. A null has to have a type, and it is that of the beginning. */
export function versionEnd(updatedAt: string, { currentEnd }: SnapshotShape): string {
  const ofType = `nullif(${updatedAt}, ${updatedAt})`;
  return currentEnd === undefined ? ofType : `coalesce(${ofType}, ${currentEnd})`;
}

/** The columns that hold a key while rows are compared. */
export function keyColumns(uniqueKey: SnapshotStrategy['uniqueKey']): readonly string[] {
  return typeof uniqueKey === 'string'
    ? ['dbt_unique_key']
    : uniqueKey.map((_, index) => `dbt_unique_key_${index + 1}`);
}

/** The key's parts, each under its name. */
export function keyFields(uniqueKey: SnapshotStrategy['uniqueKey']): readonly string[] {
  const parts = typeof uniqueKey === 'string' ? [uniqueKey] : uniqueKey;
  return keyColumns(uniqueKey).map((name, index) => `${parts[index]} as ${name}`);
}

/** Null is a key like any other: else a row with one would get a new version each time. */
export function sameKey(uniqueKey: SnapshotStrategy['uniqueKey'], one: string, other: string): string {
  return keyColumns(uniqueKey)
    .map((name) => `${one}.${name} is not distinct from ${other}.${name}`)
    .join(' and ');
}

/** Whether a version is the current one. */
export function isCurrent(validTo: string, currentEnd: string | undefined): string {
  return currentEnd === undefined ? `${validTo} is null` : `(${validTo} = ${currentEnd} or ${validTo} is null)`;
}

/** The keys that a relation has several rows of: how many, how many there are of such keys, and the keys themselves. */
export function repeatedKeys(uniqueKey: SnapshotStrategy['uniqueKey'], relation: string, limit: number): string {
  const names = keyColumns(uniqueKey).join(', ');
  return [
    `select count(*) as copies, count(*) over () as repeated, ${names}`,
    `from (select ${keyFields(uniqueKey).join(', ')} from ${relation}) as keys`,
    `group by ${names}`,
    'having count(*) > 1',
    `order by 1 desc, ${names}`,
    `limit ${limit}`,
  ].join('\n');
}

export interface ChangesRequest extends SnapshotShape {
  readonly strategy: SnapshotStrategy;
  /** The query whose rows are compared with the snapshot. */
  readonly sql: string;
  /** Its columns, quoted. */
  readonly sourceColumns: readonly string[];
  /** The snapshot's table, as SQL. */
  readonly target: string;
  /** Columns of the table, quoted; needed for `new_record` alone. */
  readonly targetColumns: readonly string[];
  /** The present time, as SQL. */
  readonly now: string;
  /** What the version is called that says that a row is gone, as SQL over the version before it. */
  readonly deletionId: string;
}

/**
 * The query for what has changed: rows whose `dbt_change_type` is `insert` are new versions, `update` and `delete` say
 * when the version of that `dbt_scd_id` ended. A changed row has one of either.
 */
export function versionChanges(request: ChangesRequest): string {
  const { strategy, columns, sql, target, currentEnd } = request;
  const { uniqueKey, updatedAt, rowChanged, scdId, hardDeletes } = strategy;
  const keys = keyFields(uniqueKey);
  const marksDeleted = hardDeletes === 'new_record';
  const revived = marksDeleted ? ` or snapshotted_data.${columns.dbt_is_deleted} = 'True'` : '';
  const kept = marksDeleted ? `\n  and snapshotted_data.${columns.dbt_is_deleted} is distinct from 'True'` : '';
  const parts = [
    `with snapshot_query as (\n${sql}\n)`,
    cte('source_data', [
      'select',
      `  ${[
        '*',
        ...keys,
        `${updatedAt} as ${columns.dbt_updated_at}`,
        `${updatedAt} as ${columns.dbt_valid_from}`,
        `${versionEnd(updatedAt, request)} as ${columns.dbt_valid_to}`,
        `${scdId} as ${columns.dbt_scd_id}`,
      ].join(',\n  ')}`,
      'from snapshot_query',
    ]),
    cte('snapshotted_data', [
      `select *, ${keys.join(', ')}`,
      `from ${target}`,
      `where ${isCurrent(columns.dbt_valid_to, currentEnd)}`,
    ]),
    cte('changed', [
      `select source_data.*, snapshotted_data.${columns.dbt_scd_id} as dbt_changed_scd_id`,
      `from source_data left join snapshotted_data on ${sameKey(uniqueKey, 'source_data', 'snapshotted_data')}`,
      `where snapshotted_data.${columns.dbt_scd_id} is null or (${rowChanged}${revived})`,
    ]),
    ...(hardDeletes === 'invalidate' || marksDeleted
      ? [
          cte('gone', [
            'select * from snapshotted_data',
            `where not exists (select 1 from source_data where ${sameKey(uniqueKey, 'source_data', 'snapshotted_data')})${kept}`,
          ]),
        ]
      : []),
  ];
  return `${parts.join(', ')}\n${branches(request).join('\nunion all\n')}`;
}

function cte(name: string, lines: readonly string[]): string {
  return `${name} as (\n${lines.join('\n')}\n)`;
}

function branches(request: ChangesRequest): readonly string[] {
  const { strategy, columns, sourceColumns, targetColumns, now, deletionId } = request;
  const keys = keyColumns(strategy.uniqueKey);
  const marksDeleted = strategy.hardDeletes === 'new_record';
  const branch = (type: 'insert' | 'update' | 'delete', from: string, values: BranchValues): string => {
    const selected = [
      `'${type}' as dbt_change_type`,
      ...values.row,
      ...keys,
      `${values.begin} as ${columns.dbt_updated_at}`,
      `${values.begin} as ${columns.dbt_valid_from}`,
      `${values.end} as ${columns.dbt_valid_to}`,
      `${values.id} as ${columns.dbt_scd_id}`,
      ...(marksDeleted ? [`${values.deleted} as ${columns.dbt_is_deleted}`] : []),
    ];
    return `select\n  ${selected.join(',\n  ')}\nfrom ${from}`;
  };
  const begin = columns.dbt_valid_from;
  const { dbt_scd_id: id, dbt_valid_to: end } = columns;
  const nothing = sourceColumns.map((name) => `null as ${name}`);
  const lastKnown = sourceColumns.map((name) => (targetColumns.includes(name) ? name : `null as ${name}`));
  const found = [
    branch('insert', 'changed', { row: sourceColumns, begin, end, id, deleted: "'False'" }),
    `${branch('update', 'changed', { row: sourceColumns, begin, end: begin, id: 'dbt_changed_scd_id', deleted: 'null' })}\nwhere dbt_changed_scd_id is not null`,
  ];
  if (strategy.hardDeletes === 'invalidate' || marksDeleted) {
    found.push(branch('delete', 'gone', { row: nothing, begin: now, end: now, id, deleted: 'null' }));
  }
  if (marksDeleted) {
    found.push(branch('insert', 'gone', { row: lastKnown, begin: now, end, id: deletionId, deleted: "'True'" }));
  }
  return found;
}

interface BranchValues {
  readonly row: readonly string[];
  readonly begin: string;
  readonly end: string;
  readonly id: string;
  readonly deleted: string;
}

/**
 * Brings staged changes into the snapshot: first the ends of old versions, then the new ones. Not one `merge`, which
 * would leave out a row that comes back as it was, since its version is called as the old one.
 *
 * @param insertColumns quoted.
 */
export function mergeVersions(
  statements: Statements,
  target: Relation,
  source: Relation,
  insertColumns: readonly string[],
  { columns, currentEnd }: SnapshotShape,
): readonly string[] {
  const names = insertColumns.join(', ');
  return [
    statements.updateFrom({
      target,
      source,
      uniqueKey: [columns.dbt_scd_id],
      predicates: [
        "DBT_INTERNAL_SOURCE.dbt_change_type in ('update', 'delete')",
        isCurrent(`DBT_INTERNAL_DEST.${columns.dbt_valid_to}`, currentEnd),
      ],
      assignments: new Map([[columns.dbt_valid_to, `DBT_INTERNAL_SOURCE.${columns.dbt_valid_to}`]]),
    }),
    [
      `insert into ${statements.renderRelation(target)} (${names})`,
      `select ${names}`,
      `from ${statements.renderRelation(source)}`,
      "where dbt_change_type = 'insert'",
    ].join('\n'),
  ];
}
