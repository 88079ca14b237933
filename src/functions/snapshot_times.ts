import { ColumnValue, type Rendering, type TemplateFunction } from '../core/index.ts';
import { type Bound, type CallSite, HostObject, listOf, type Value } from '../jinja/index.ts';
import { dispatched, sqlOf } from './warehouse/dispatched.ts';
import { callNamed, shapeOf, sqlFrom } from './warehouse/snapshot-values.ts';

/** dbt's macros for the times of snapshots: how they are written, and whether they are all of one type. */
const functions: readonly TemplateFunction[] = [
  ...dispatched('snapshot_string_as_time', ['timestamp'], ({ adapter: { statements } }, [moment]) => {
    const text = statements.literal(sqlOf(moment));
    return statements.localTime?.(text) ?? statements.expressions.cast(text, statements.typeName('timestamp'));
  }),
  ...dispatched('get_snapshot_get_time_data_type', [], (rendering, _, site) =>
    rendering.execute ? typeOfNow(rendering, site) : null,
  ),
  ...dispatched('get_updated_at_column_data_type', ['snapshot_sql'], (rendering, [sql], site) =>
    rendering.execute ? typeOfUpdatedAt(rendering, sql, site) : null,
  ),
  ...dispatched('check_time_data_types', ['sql'], (rendering, bound, site) =>
    rendering.execute ? warnOfTypes(rendering, bound, site) : '',
  ),
];
export default functions;

async function typeOfNow(rendering: Rendering, site: CallSite): Promise<Value> {
  const now = await sqlFrom(rendering, 'snapshot_get_time', [], site);
  const [column] = await columnsOf(rendering, `select ${now} as dbt_snapshot_time`, site);
  return column?.column.type ?? null;
}

async function typeOfUpdatedAt(rendering: Rendering, sql: Bound, site: CallSite): Promise<Value> {
  const wanted = shapeOf(rendering).columns.dbt_updated_at.toLowerCase();
  const columns = await columnsOf(rendering, sqlOf(sql), site);
  return columns.find(({ column }) => column.name.toLowerCase() === wanted)?.column.type ?? null;
}

async function columnsOf(rendering: Rendering, sql: string, site: CallSite): Promise<readonly ColumnValue[]> {
  const columns = listOf(await callNamed(rendering, 'get_column_schema_from_query', [sql], site));
  return columns.filter((column) => column instanceof ColumnValue);
}

async function warnOfTypes(rendering: Rendering, [sql]: readonly Bound[], site: CallSite): Promise<string> {
  const updated = await callNamed(rendering, 'get_updated_at_column_data_type', [sql], site);
  const now = await callNamed(rendering, 'get_snapshot_get_time_data_type', [], site);
  const exceptions = rendering.scope.lookup('exceptions');
  const warn = exceptions instanceof HostObject ? exceptions.getItem('warn_snapshot_timestamp_data_types') : undefined;
  if (updated === null || now === null || updated === now || !(warn instanceof HostObject)) return '';
  await warn.call([now, updated], new Map(), site);
  return '';
}
