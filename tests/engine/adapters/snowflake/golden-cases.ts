import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withCatalog } from '../../../../src/adapters/snowflake/catalogs.ts';
import { loadFiles } from '../../../../src/adapters/snowflake/files/load-files.ts';
import {
  type Catalog,
  type Catalogs,
  type CodeNode,
  type ColumnInfo,
  type Json,
  type MaterializationContext,
  previewRelation,
  readKeySet,
  readPartitions,
  type SourceFiles,
  type Table,
} from '../../../../src/core/index.ts';
import dynamicTable from '../../../../src/materializations/dynamic_table.ts';
import incremental from '../../../../src/materializations/incremental.ts';
import materializedView from '../../../../src/materializations/materialized_view.ts';
import seed from '../../../../src/materializations/seed.ts';
import table from '../../../../src/materializations/table.ts';
import view from '../../../../src/materializations/view.ts';
import type { Build } from '../../materializations/harness.ts';
import { type GoldenCase, goldenRun, staged, target } from './golden.ts';

export interface ActedCase extends GoldenCase {
  readonly act: (context: MaterializationContext) => Promise<unknown>;
}

const sql = 'select id, status, ordered_at\nfrom shop.bronze.raw_orders';

type More = Partial<Omit<GoldenCase, 'path' | 'build'>> & { readonly build?: Build };

const kinds = { table, view, incremental, seed, dynamic_table: dynamicTable, materialized_view: materializedView };

function materialized(
  kind: keyof typeof kinds,
  name: string,
  config: Record<string, Json>,
  more: More = {},
): ActedCase {
  const { build, ...rest } = more;
  return {
    path: `${kind}/${name}`,
    ...rest,
    build: { sql, ...build, config: { materialized: kind, ...config } },
    act: (context) => kinds[kind].materialize(context),
  };
}

const increment = (name: string, config: Record<string, Json>, more: More = {}): ActedCase =>
  materialized('incremental', name, config, { existing: 'table', ...more });

function column(name: string, type: string, more: Partial<ColumnInfo> = {}): [string, ColumnInfo] {
  const info: ColumnInfo = {
    name,
    description: '',
    meta: {},
    data_type: type,
    constraints: [],
    quote: null,
    config: {},
    tags: [],
    ...more,
  } as ColumnInfo;
  return [name, info];
}

const contract: Partial<CodeNode> & { readonly constraints: readonly Json[] } = {
  contract: { enforced: true, alias_types: true, checksum: null },
  columns: Object.fromEntries([
    column('id', 'integer', { constraints: [{ type: 'not_null' }, { type: 'primary_key' }] }),
    column('status', 'varchar', { constraints: [{ type: 'check', expression: "status <> ''" }] }),
    column('ordered_at', 'timestamp_ntz'),
  ]),
  constraints: [{ type: 'unique', columns: ['id', 'ordered_at'], name: 'one_each' }],
};

const documented: Partial<CodeNode> = {
  description: "One row an order, as the shop's till tells it: C:\\till",
  columns: Object.fromEntries([
    column('id', 'integer', { description: 'Number of the order' }),
    column('status', 'varchar', { description: "'open' or 'paid'" }),
  ]),
};

const persistDocs = { persist_docs: { relation: true, columns: true } };

const tables = [
  materialized('table', 'first-run', {}),
  materialized('table', 'again', {}, { existing: 'table' }),
  materialized('table', 'permanent', { transient: false }),
  materialized('table', 'clustered', { cluster_by: ['status', 'to_date(ordered_at)'], automatic_clustering: true }),
  materialized('table', 'options', {
    copy_grants: true,
    copy_tags: true,
    row_access_policy: 'shop.policies.own_region on (status)',
    table_tag: "shop.tags.cost = 'sales'",
    change_tracking: true,
  }),
  materialized('table', 'over-a-view', {}, { existing: 'view' }),
  materialized('table', 'over-a-dynamic-table', {}, { existing: 'dynamic_table' }),
  materialized('table', 'contract', {}, { build: { node: contract } }),
  materialized('table', 'documented', persistDocs, { build: { node: documented } }),
  materialized('table', 'grants', { grants: { select: ['reporter', 'analyst'], insert: 'loader' } }),
  materialized(
    'table',
    'grants-copied',
    { copy_grants: true, grants: { select: ['reporter'] } },
    {
      existing: 'table',
      grants: [
        { privilege: 'select', grantee: 'REPORTER' },
        { privilege: 'select', grantee: 'FORMER' },
      ],
    },
  ),
  materialized(
    'table',
    'hooks-and-header',
    { sql_header: "set region = 'eu';" },
    {
      build: {
        preHooks: [
          ['alter session set week_start = 1', false],
          ['insert into shop.log.runs values (1)', true],
        ],
        postHooks: [
          ['insert into shop.log.runs values (2)', true],
          ['call shop.log.done()', false],
        ],
      },
    },
  ),
  published('table', 'published', {}, { existing: 'table' }, 'table'),
  published('table', 'published-first', {}, {}, 'table'),
  published('table', 'published-with-grants', { copy_grants: true }, { existing: 'table' }, 'table'),
];

const views = [
  materialized('view', 'first-run', {}),
  materialized('view', 'options', {
    secure: true,
    copy_grants: true,
    row_access_policy: 'shop.policies.own_region on (status)',
    table_tag: "shop.tags.cost = 'sales'",
  }),
  materialized('view', 'documented', persistDocs, { build: { node: documented } }),
  materialized('view', 'over-a-table', {}, { existing: 'table' }),
  materialized('view', 'grants', { grants: { select: ['reporter'] } }),
];

const key = { unique_key: 'id' };

const incrementals = [
  materialized('incremental', 'first-run', key),
  materialized('incremental', 'full-refresh', key, { existing: 'table', build: { fullRefresh: true } }),
  materialized('incremental', 'over-a-view', key, { existing: 'view' }),
  increment('merge/one-key', key),
  increment('merge/two-keys', { unique_key: ['id', 'ordered_at'] }),
  increment('merge/without-key', {}),
  increment('merge/predicates', { ...key, incremental_predicates: ["DBT_INTERNAL_DEST.ordered_at > '2024-01-01'"] }),
  increment('merge/update-columns', { ...key, merge_update_columns: ['status'] }),
  increment('merge/exclude-columns', { ...key, merge_exclude_columns: ['ordered_at'] }),
  increment('merge/staged-in-a-table', { ...key, tmp_relation_type: 'table' }),
  increment('merge/staged-in-a-transient-table', { ...key, tmp_relation_type: 'transient' }),
  increment('merge/longer-texts', key, {
    tableColumns: [
      { name: 'ID', type: 'NUMBER(38,0)' },
      { name: 'STATUS', type: 'VARCHAR(8)' },
    ],
    queryColumns: [
      { name: 'ID', type: 'NUMBER(38,0)' },
      { name: 'STATUS', type: 'VARCHAR(32)' },
    ],
  }),
  increment('append/plain', { incremental_strategy: 'append' }),
  increment('delete+insert/one-key', { incremental_strategy: 'delete+insert', ...key }),
  increment('delete+insert/two-keys', { incremental_strategy: 'delete+insert', unique_key: ['id', 'ordered_at'] }),
  increment('delete+insert/predicates', {
    incremental_strategy: 'delete+insert',
    ...key,
    incremental_predicates: ["ordered_at > '2024-01-01'"],
  }),
  increment('delete+insert/without-key', { incremental_strategy: 'delete+insert' }),
  increment('insert_overwrite/whole-table', { incremental_strategy: 'insert_overwrite' }),
  increment('insert_overwrite/some-columns', {
    incremental_strategy: 'insert_overwrite',
    overwrite_columns: ['id', 'Status'],
  }),
  increment('insert_overwrite/partitions', {
    incremental_strategy: 'insert_overwrite',
    partition_by: 'to_date(ordered_at)',
  }),
  increment('microbatch/two-batches', microbatch(), { context: { compileBatch } }),
  increment('microbatch/a-key-changes-nothing', { ...microbatch(), ...key }, { context: { compileBatch } }),
  materialized(
    'incremental',
    'microbatch/first-run',
    { ...microbatch(), begin: '2024-03-09' },
    { context: { compileBatch } },
  ),
  ...['append_new_columns', 'sync_all_columns'].map((mode) =>
    increment(
      `schema-change/${mode}`,
      { ...key, on_schema_change: mode },
      {
        queryColumns: [
          { name: 'ID', type: 'NUMBER(38,0)' },
          { name: 'STATUS', type: 'NUMBER(38,0)' },
          { name: 'CHANNEL', type: 'VARCHAR' },
          { name: 'AMOUNT', type: 'NUMBER(12,2)' },
        ],
      },
    ),
  ),
  increment('documented', { ...key, ...persistDocs }, { build: { node: documented } }),
  increment('contract', key, { build: { node: contract } }),
  increment(
    'grants',
    { ...key, grants: { select: ['reporter'] } },
    {
      grants: [{ privilege: 'select', grantee: 'FORMER' }],
    },
  ),
  published('incremental', 'merge/published', key, { existing: 'table' }, 'rows'),
  published(
    'incremental',
    'delete+insert/published',
    { incremental_strategy: 'delete+insert', ...key },
    { existing: 'table' },
    'rows',
  ),
];

function microbatch(): Record<string, Json> {
  return {
    incremental_strategy: 'microbatch',
    event_time: 'ordered_at',
    batch_size: 'day',
    lookback: 1,
  };
}

async function compileBatch(start: Date, end: Date): Promise<string> {
  const [from, to] = [start, end].map((at) => at.toISOString().slice(0, 10));
  return `${sql}\nwhere ordered_at >= '${from}' and ordered_at < '${to}'`;
}

/** A publication, with the note of it in the ledger. */
function published(
  kind: 'table' | 'incremental' | 'dynamic_table' | 'materialized_view',
  name: string,
  config: Record<string, Json>,
  more: More,
  content: 'rows' | 'table' | 'query',
): ActedCase {
  const publication = [
    "insert into shop.gold.__ingot_publications (event, asset)\nvalues ('published', 'model.shop.orders')",
  ];
  return {
    ...materialized(kind, name, config, { ...more, context: { publication, ...more.context } }),
    act: async (context) => {
      const data = staged(content);
      const preview = content === 'rows' ? previewRelation(target, goldenRun) : data.relation;
      return kinds[kind].aside?.publish(context, { ...data, preview });
    },
  };
}

const reading = readPartitions({
  dimensions: {
    sold: { time: 'day', column: 'ordered_at', start: '2024-01-01' },
    status: { values: ['open', 'paid'], column: 'status' },
  },
});

function partitioned(name: string, keys: string, act: ActedCase['act']): ActedCase {
  if (!('definition' in reading) || !reading.definition) throw new Error(JSON.stringify(reading));
  const { definition } = reading;
  const slice = { definition, keys: readKeySet(definition, keys).set };
  const publication = [
    "insert into shop.gold.__ingot_publications (event, asset)\nvalues ('published', 'model.shop.orders')",
  ];
  return { ...increment(`partitions/${name}`, {}, { context: { partitions: slice, publication } }), act };
}

const partitions = [
  partitioned('staged', '2024-03-01|open', (context) => incremental.aside!.stage(context)),
  partitioned('published', '2024-03-01|open', (context) =>
    incremental.aside!.publish(context, staged('rows', '2024-03-01|open')),
  ),
  partitioned('a-range-published', '2024-03-01..2024-03-31|open,paid', (context) =>
    incremental.aside!.publish(context, staged('rows', 'march')),
  ),
  partitioned('first-table', '2024-03-01|open', (context) =>
    incremental.aside!.prepareTarget!({ ...context, existing: undefined }),
  ),
];

const seedFile = join(tmpdir(), 'ingot-golden-seed.csv');
writeFileSync(
  seedFile,
  "id,name,price,on_sale,since,seen_at,note\n1,Tea,2.50,true,2024-3-1,2024-03-01 10:00:00,it's \\ fine\n2,null,3,false,,2024-03-01T11:00:00,\n",
);

const seeds = [
  materialized('seed', 'first-run', {}, { context: { seedFile } }),
  materialized('seed', 'transient', { transient: true }, { context: { seedFile } }),
  materialized('seed', 'again', {}, { existing: 'table', context: { seedFile } }),
  materialized('seed', 'full-refresh', {}, { existing: 'table', context: { seedFile }, build: { fullRefresh: true } }),
  materialized(
    'seed',
    'quoted-and-typed',
    { quote_columns: true, column_types: { id: 'varchar(10)' } },
    {
      context: { seedFile },
    },
  ),
];

const lagging = { snowflake_warehouse: 'transforming', target_lag: '5 minutes' };
const asItIs = {
  target_lag: '5 minutes',
  warehouse: 'TRANSFORMING',
  refresh_mode: 'INCREMENTAL',
  scheduler: null,
  iceberg: false,
};

const dynamicTables = [
  materialized('dynamic_table', 'first-run', lagging),
  materialized('dynamic_table', 'options', {
    ...lagging,
    transient: true,
    snowflake_initialization_warehouse: 'big',
    refresh_mode: 'INCREMENTAL',
    initialize: 'ON_SCHEDULE',
    cluster_by: ['status'],
    row_access_policy: 'shop.policies.own_region on (status)',
    table_tag: "shop.tags.cost = 'sales'",
    immutable_where: "ordered_at < '2024-01-01'",
  }),
  materialized('dynamic_table', 'refreshed-by-hand', { snowflake_warehouse: 'transforming' }),
  materialized('dynamic_table', 'unchanged', lagging, { existing: 'dynamic_table', settings: asItIs }),
  materialized(
    'dynamic_table',
    'changed',
    { ...lagging, target_lag: '1 hour', cluster_by: 'status' },
    {
      existing: 'dynamic_table',
      settings: { ...asItIs, initialization_warehouse: 'BIG', immutable_where: 'id < 5' },
    },
  ),
  materialized(
    'dynamic_table',
    'other-refresh-mode',
    { ...lagging, refresh_mode: 'FULL' },
    {
      existing: 'dynamic_table',
      settings: asItIs,
    },
  ),
  materialized(
    'dynamic_table',
    'made-transient',
    { ...lagging, transient: true },
    { existing: 'dynamic_table', settings: { ...asItIs, transient: false } },
  ),
  materialized('dynamic_table', 'a-lag-for-one-without', lagging, {
    existing: 'dynamic_table',
    settings: { ...asItIs, target_lag: null, scheduler: 'DISABLE' },
  }),
  materialized('dynamic_table', 'refreshed-by-another-warehouse', { ...lagging, refresh_warehouse: 'small' }),
  materialized(
    'dynamic_table',
    'another-warehouse-refreshes-it',
    { ...lagging, refresh_warehouse: 'small' },
    { existing: 'dynamic_table', settings: asItIs },
  ),
  materialized('dynamic_table', 'full-refresh', lagging, { existing: 'dynamic_table', build: { fullRefresh: true } }),
  materialized('dynamic_table', 'over-a-table', lagging, { existing: 'table' }),
  materialized('dynamic_table', 'iceberg', {
    ...lagging,
    table_format: 'iceberg',
    external_volume: 'lake',
    base_location_subpath: 'v2',
    refresh_mode: 'FULL',
  }),
  published('dynamic_table', 'published', lagging, { existing: 'dynamic_table', settings: asItIs }, 'query'),
];

const kept = { cluster_by: 'LINEAR(status)', secure: false, invalid: false };

const materializedViews = [
  materialized('materialized_view', 'first-run', {}),
  materialized('materialized_view', 'options', {
    secure: true,
    copy_grants: true,
    cluster_by: ['status', 'to_date(ordered_at)'],
    row_access_policy: 'shop.policies.own_region on (status)',
    table_tag: "shop.tags.cost = 'sales'",
  }),
  materialized('materialized_view', 'documented', persistDocs, { build: { node: documented } }),
  materialized(
    'materialized_view',
    'unchanged',
    { cluster_by: 'status' },
    { existing: 'materialized_view', settings: kept },
  ),
  materialized(
    'materialized_view',
    'changed',
    { secure: true, cluster_by: ['ordered_at'], grants: { select: ['reporter'] } },
    { existing: 'materialized_view', settings: kept, grants: [{ privilege: 'select', grantee: 'FORMER' }] },
  ),
  materialized('materialized_view', 'no-longer-clustered', {}, { existing: 'view', settings: kept }),
  materialized(
    'materialized_view',
    'table-below-made-anew',
    { copy_grants: true, cluster_by: 'status' },
    { existing: 'materialized_view', settings: { ...kept, invalid: true } },
  ),
  materialized(
    'materialized_view',
    'full-refresh',
    {},
    { existing: 'materialized_view', build: { fullRefresh: true } },
  ),
  materialized('materialized_view', 'over-a-view', {}, { existing: 'view' }),
  materialized('materialized_view', 'over-a-table', {}, { existing: 'table' }),
  published('materialized_view', 'published', {}, {}, 'query'),
];

const iceberg = { table_format: 'iceberg', external_volume: 'lake' };
const icebergTarget = { ...target, format: 'iceberg' };

const icebergTables = [
  materialized('table', 'iceberg/first-run', iceberg),
  materialized(
    'table',
    'iceberg/again',
    { ...iceberg, persist_docs: { relation: true, columns: true } },
    {
      existing: 'table',
      context: { target: icebergTarget },
      build: { node: documented },
    },
  ),
  materialized('table', 'iceberg/options', {
    ...iceberg,
    base_location_root: 'gold',
    base_location_subpath: 'v2',
    partition_by: ['status', 'day(ordered_at)'],
    iceberg_version: 3,
    storage_serialization_policy: 'OPTIMIZED',
    data_retention_time_in_days: 1,
    max_data_extension_time_in_days: 2,
    row_access_policy: 'shop.policies.own_region on (status)',
    table_tag: "shop.tags.cost = 'sales'",
    copy_grants: true,
  }),
  materialized('table', 'iceberg/managed', { table_format: 'iceberg', external_volume: 'SNOWFLAKE_MANAGED' }),
  materialized(
    'table',
    'iceberg/clustered',
    { ...iceberg, cluster_by: 'status', automatic_clustering: true },
    { context: { target: icebergTarget } },
  ),
  {
    path: 'table/iceberg/published',
    existing: 'table' as const,
    build: { sql, config: { materialized: 'table', ...iceberg } },
    context: { target: icebergTarget },
    act: (context: MaterializationContext) => table.aside?.publish(context, staged('table')) ?? Promise.resolve(),
  },
  increment('iceberg/first-run', { ...iceberg, unique_key: 'id' }, { existing: undefined }),
  increment(
    'iceberg/merge-and-new-columns',
    { ...iceberg, unique_key: 'id', on_schema_change: 'append_new_columns' },
    {
      context: { target: icebergTarget },
      queryColumns: [
        { name: 'ID', type: 'NUMBER(38,0)' },
        { name: 'STATUS', type: 'VARCHAR(16777216)' },
        { name: 'ORDERED_AT', type: 'TIMESTAMP_NTZ(9)' },
        { name: 'AMOUNT', type: 'NUMBER(10,2)' },
      ],
    },
  ),
];

const catalogs: Catalogs = new Map(
  [
    ['LAKE', 'built_in', { storage_serialization_policy: 'OPTIMIZED', max_data_extension_time_in_days: 7 }],
    [
      'POLARIS',
      'iceberg_rest',
      { catalog_linked_database: 'polaris_db', target_file_size: '32MB', auto_refresh: true },
    ],
    [
      'GLUE',
      'iceberg_rest',
      { catalog_linked_database: 'polaris_db', catalog_linked_database_type: 'glue', target_file_size: '32MB' },
    ],
  ].map(([name, type, properties]) => [
    name as string,
    { name, type, tableFormat: 'iceberg', externalVolume: 's3', fileFormat: null, properties } as Catalog,
  ]),
);

const inCatalog = (name: string, config: Record<string, Json> = {}): Record<string, Json> =>
  withCatalog(
    { enabled: true, materialized: 'table', tags: [], meta: {}, ...config, catalog_name: name },
    catalogs,
  ) as unknown as Record<string, Json>;

const inPolaris = { target: { ...target, database: 'polaris_db', format: 'iceberg' } };

const catalogTables = [
  materialized('table', 'catalog/built-in', inCatalog('lake', { max_data_extension_time_in_days: 1 })),
  materialized('table', 'catalog/linked', inCatalog('polaris', { partition_by: 'day(ordered_at)' }), {
    context: inPolaris,
  }),
  materialized('table', 'catalog/glue', inCatalog('glue', { partition_by: ['day(ORDERED_AT)', 'STATUS'] }), {
    context: inPolaris,
  }),
  materialized('table', 'catalog/linked-again', inCatalog('polaris'), { existing: 'table', context: inPolaris }),
  increment('catalog/linked', inCatalog('polaris', { materialized: 'incremental', unique_key: 'id' }), {
    context: inPolaris,
  }),
];

const pos: SourceFiles = {
  sourceId: 'source.shop.feeds.pos',
  table: { database: 'shop', schema: 'feeds', identifier: 'pos' },
  location: '@shop.public.landing/pos/',
  settings: { file_format: '(type = csv skip_header = 1)', pattern: '.*[.]csv', on_error: 'SKIP_FILE' },
  columns: [
    column('id', 'varchar')[1],
    { ...column('amount', 'number(18,2)')[1], expression: "replace($2, ',', '.')::number(18,2)" },
  ],
  anew: false,
  runId: '1',
  at: 0,
};

/** What is answered to a look: two files, of which both are loaded. */
const answers: Readonly<Record<string, Table>> = {
  list: answered(['name', 'md5'], ['s3://lake/in/pos/a.csv', '1'], ['s3://lake/in/pos/b.csv', '2']),
  'describe table': answered(['name', 'type'], ['ID', 'NUMBER(38,0)']),
  describe: answered(['property', 'property_value'], ['URL', '["s3://lake/in/"]']),
  copy: answered(
    ['file', 'status', 'rows_loaded'],
    ['s3://lake/in/pos/a.csv', 'LOADED', '2'],
    ['s3://lake/in/pos/b.csv', 'LOADED', '3'],
  ),
  'select column_name': answered(
    ['column_name', 'type', 'expression'],
    ['id', 'NUMBER(38, 0)', '$1:id::NUMBER(38, 0)'],
    ['Unit Price', 'REAL', '$1:"Unit Price"::REAL'],
  ),
  'select count(*)': { columns: [], rows: [[5]] },
};

function answered(names: readonly string[], ...rows: readonly (readonly string[])[]): Table {
  return { columns: names.map((name) => ({ name, type: 'VARCHAR' })), rows };
}

const loading = (name: string, more: Partial<SourceFiles> = {}): ActedCase => ({
  path: `source/${name}`,
  build: {},
  act: ({ execute }) =>
    loadFiles(
      { ...pos, ...more },
      {
        execute,
        async query(sql) {
          await execute(sql);
          const known = Object.keys(answers).find((words) => sql.startsWith(words));
          return answers[known ?? ''] ?? { columns: [], rows: [] };
        },
      },
    ),
});

const external = {
  ...pos.settings,
  materialized: 'external_table',
  partitions: [{ name: 'day', data_type: 'date', expression: "to_date(split_part(metadata$filename, '/', 3))" }],
};
const fields = pos.columns.map((one) => ({ ...one, expression: undefined }));
const there = { ...pos.table, type: 'table' } as const;

const sources = [
  loading('copied/first-run'),
  loading('copied/again', { existing: there }),
  loading('copied/full-refresh', { existing: there, anew: true }),
  loading('copied/json', {
    settings: { file_format: 'shop.public.lines', on_error: null },
    columns: [{ ...column('id', 'integer')[1], expression: '$1:id::integer' }],
    existing: there,
  }),
  loading('copied/whole-records', { settings: { file_format: '(type = json)' }, columns: [] }),
  loading('inferred/first-run', {
    settings: {
      file_format: 'shop.public.lines',
      infer_schema: true,
      create_stage: "(url = 's3://lake/in/' storage_integration = lake)",
      create_file_format: '(type = json)',
    },
    columns: [],
  }),
  loading('inferred/again', {
    settings: { file_format: 'shop.public.lines', infer_schema: true, create_file_format: '(type = json)' },
    columns: [],
    existing: there,
  }),
  loading('external-table/first-run', { settings: external, columns: fields }),
  loading('external-table/again', { settings: external, existing: there }),
];

export const goldenCases: readonly ActedCase[] = [
  ...tables,
  ...views,
  ...incrementals,
  ...partitions,
  ...seeds,
  ...dynamicTables,
  ...materializedViews,
  ...icebergTables,
  ...catalogTables,
  ...sources,
];
