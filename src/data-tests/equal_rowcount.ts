import type { DataTest } from '../core/index.ts';
import { lines } from './writing/lines.ts';
import { rowCountsSideBySide } from './writing/row-counts.ts';

/** By how many rows two tables differ. As in dbt_utils, a side without rows is not compared. */
const equalRowcount: DataTest = {
  name: 'equal_rowcount',
  namespace: 'dbt_utils',
  arguments: [
    { name: 'compare_model', required: true },
    { name: 'group_by_columns', required: false },
  ],
  failCalc: 'sum(coalesce(diff_count, 0))',
  sql: (request) =>
    lines(
      rowCountsSideBySide(request, { ours: 'count_a', theirs: 'count_b' }),
      'select',
      '  *,',
      '  abs(count_a - count_b) as diff_count',
      'from counts',
    ),
};

export default equalRowcount;
