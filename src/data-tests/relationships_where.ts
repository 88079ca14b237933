import type { DataTest } from '../core/index.ts';
import { column, sqlText } from './writing/arguments.ts';
import { lines } from './writing/lines.ts';

/** Values that the other table does not have, each side restricted to the rows that matter. */
const relationshipsWhere: DataTest = {
  name: 'relationships_where',
  rowByRow: true,
  namespace: 'dbt_utils',
  arguments: [
    { name: 'to', required: true },
    { name: 'field', required: true },
    { name: 'from_condition', required: false },
    { name: 'to_condition', required: false },
  ],
  sql: (request) =>
    lines(
      'with left_table as (',
      `  select ${column(request)} as id`,
      `  from ${request.model}`,
      `  where ${column(request)} is not null`,
      `    and ${sqlText(request, 'from_condition', '1=1')}`,
      '),',
      'right_table as (',
      `  select ${sqlText(request, 'field')} as id`,
      `  from ${sqlText(request, 'to')}`,
      `  where ${sqlText(request, 'field')} is not null`,
      `    and ${sqlText(request, 'to_condition', '1=1')}`,
      ')',
      'select',
      '  left_table.id,',
      '  right_table.id as right_id',
      'from left_table',
      'left join right_table on left_table.id = right_table.id',
      'where right_table.id is null',
    ),
};

export default relationshipsWhere;
