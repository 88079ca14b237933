import {
  type Cell,
  didYouMeanHint,
  error,
  formatKeySet,
  type MaterializationContext,
  type PartitionSlice,
  Problem,
  type StagedData,
  type StatementResult,
} from '../../core/index.ts';
import { settingProblem } from './settings.ts';

const examples = 3;

/** Rows are told apart by these columns; one that the query does not have would be a riddle of the warehouse's. */
export function checkPartitionColumns(
  context: MaterializationContext,
  { definition }: PartitionSlice,
  columns: readonly string[],
): void {
  const known = new Set(columns.map((name) => name.toLowerCase()));
  const missing = definition.dimensions.find(
    ({ column }) => column !== undefined && /^[a-z_]\w*$/i.test(column) && !known.has(column.toLowerCase()),
  );
  if (missing === undefined) return;
  const { column = '', name } = missing;
  throw settingProblem(
    context,
    `The partitions of '${context.node.name}' by ${name} are kept by a column '${column}', which its table does not have`,
    didYouMeanHint(column, columns) ?? `Its columns: ${columns.join(', ')}`,
  );
}

/**
 * Rows that are in none of the partitions that are built would stay when these are built again, and be there twice. How
 * many rows came into the table tells whether there are any; only where it is not known how many were staged, the warehouse
 * is asked.
 *
 * @param condition of the rows that belong to the partitions.
 */
export async function refuseRowsOutside(
  { adapter, session, node }: MaterializationContext,
  { definition, keys }: PartitionSlice,
  condition: string,
  { relation, rowsAffected: staged }: StagedData,
  { rowsAffected: written }: StatementResult,
): Promise<void> {
  // Null: nothing was written, since it is only rehearsed.
  if (written === null || written === staged) return;
  const columns = definition.dimensions.flatMap(({ column }) => column ?? []);
  const { rows } = await session.query(
    [
      `select count(*) as copies, sum(count(*)) over () as outside, ${columns.join(', ')}`,
      `from ${adapter.statements.renderRelation(relation)}`,
      `where not coalesce(${condition}, false)`,
      `group by ${columns.join(', ')}`,
      `order by 1 desc, ${columns.join(', ')}`,
      `limit ${examples}`,
    ].join('\n'),
  );
  const [first] = rows;
  if (first === undefined) return;
  const shown = rows.map(([copies, , ...places]) => `${describe(columns, places)} (${counted(copies)})`);
  const which = formatKeySet(definition, keys);
  const message = `The query of '${node.name}' for ${which} gives ${counted(first[1])} outside of it: ${shown.join('; ')}`;
  const hint =
    "Nothing was changed. Read only what belongs to the partition: where {{ partition.filter('…') }}, or narrow_refs: true";
  throw new Problem(error('materialize/rows-outside', message, { span: node.origin.definition, hint }));
}

const counted = (rows: Cell | undefined): string => (Number(rows) === 1 ? '1 row' : `${rows} rows`);

function describe(columns: readonly string[], places: readonly Cell[]): string {
  return columns.map((name, index) => `${name} = ${places[index] ?? 'null'}`).join(', ');
}
