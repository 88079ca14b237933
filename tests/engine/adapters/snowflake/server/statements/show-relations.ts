import type { Run } from '../engine/account.ts';
import type { Cell } from '../engine/cells.ts';
import { flag, type Lister, objectsAt, type Place, seconds, words } from './show-place.ts';

const relations = (run: Run, place: Place) =>
  objectsAt(run, place).flatMap((object) => (object.kind === 'SEQUENCE' ? [] : [object]));

const tableKind = (object: { temporary: boolean; transient?: boolean }): string =>
  object.temporary ? 'TEMPORARY' : object.transient ? 'TRANSIENT' : 'TABLE';

export const objects: Lister = {
  columns: words(
    'created_on name database_name schema_name kind comment cluster_by rows bytes owner retention_time owner_role_type budget is_hybrid is_dynamic is_iceberg',
  ),
  rows: (run, place) =>
    relations(run, place).map((object) => ({
      name: object.name,
      cells: [
        seconds(object.created),
        object.name,
        object.database,
        object.schema,
        object.kind === 'VIEW' ? 'VIEW' : 'TABLE',
        object.comment,
        object.kind === 'VIEW' ? '' : object.clusterBy,
        null,
        null,
        object.owner,
        '1',
        'ROLE',
        null,
        'N',
        flag(object.kind === 'DYNAMIC TABLE'),
        flag(object.kind !== 'VIEW' && object.iceberg),
      ],
    })),
};

export const tables: Lister = {
  columns: words(
    'created_on name database_name schema_name kind comment cluster_by rows bytes owner retention_time automatic_clustering change_tracking is_dynamic is_iceberg owner_role_type',
  ),
  rows: (run, place) =>
    relations(run, place).flatMap((object) =>
      object.kind === 'VIEW'
        ? []
        : [
            {
              name: object.name,
              cells: [
                seconds(object.created),
                object.name,
                object.database,
                object.schema,
                tableKind(object),
                object.comment,
                object.clusterBy,
                null,
                null,
                object.owner,
                '1',
                object.options.get('AUTO_CLUSTERING') ?? (object.clusterBy === '' ? 'OFF' : 'ON'),
                object.options.get('CHANGE_TRACKING')?.toUpperCase() === 'TRUE' ? 'ON' : 'OFF',
                flag(object.kind === 'DYNAMIC TABLE'),
                flag(object.iceberg),
                'ROLE',
              ],
            },
          ],
    ),
};

export const views: Lister = {
  columns: words(
    'created_on name reserved database_name schema_name owner comment text is_secure is_materialized owner_role_type change_tracking',
  ),
  rows: (run, place) =>
    relations(run, place).flatMap((object) => {
      if (object.kind !== 'VIEW') return [];
      const { name, database, schema, owner, comment, text } = object;
      const cells = [
        seconds(object.created),
        name,
        '',
        database,
        schema,
        owner,
        comment,
        text,
        String(object.secure),
        String(object.materialized !== undefined),
        'ROLE',
        'OFF',
      ];
      return [{ name, cells }];
    }),
};

export const dynamicTables: Lister = {
  columns: words(
    'created_on name database_name schema_name cluster_by rows bytes owner target_lag refresh_mode refresh_mode_reason warehouse comment text automatic_clustering scheduling_state last_suspended_on is_clone is_replica is_iceberg data_timestamp owner_role_type initialization_warehouse immutable_where scheduler',
  ),
  rows: (run, place) =>
    relations(run, place).flatMap((object) => {
      if (object.kind !== 'DYNAMIC TABLE') return [];
      const option = (name: string): string | null => object.options.get(name) ?? null;
      const lag = option('TARGET_LAG');
      const cells: Cell[] = [
        seconds(object.created),
        object.name,
        object.database,
        object.schema,
        object.clusterBy,
        null,
        null,
        object.owner,
        lag,
        refreshMode(option('REFRESH_MODE')),
        null,
        option('WAREHOUSE'),
        object.comment,
        option('QUERY'),
        'OFF',
        'ACTIVE',
        null,
        'false',
        'false',
        String(object.iceberg),
        seconds(object.altered),
        'ROLE',
        option('INITIALIZATION_WAREHOUSE'),
        option('IMMUTABLE WHERE'),
        option('SCHEDULER') ?? 'ENABLE',
      ];
      return [{ name: object.name, cells }];
    }),
};

const refreshMode = (mode: string | null): string =>
  mode === null || mode.toUpperCase() === 'AUTO' ? 'INCREMENTAL' : mode.toUpperCase();
