import type { DataTest } from '../core/index.ts';
import { lines } from './writing/lines.ts';
import { rowCountsSideBySide } from './writing/row-counts.ts';

/** By how many rows a table has too many to be smaller than another; 1 if they are equal. */
const fewerRowsThan: DataTest = {
  name: 'fewer_rows_than',
  namespace: 'dbt_utils',
  arguments: [
    { name: 'compare_model', required: true },
    { name: 'group_by_columns', required: false },
  ],
  failCalc: 'sum(coalesce(row_count_delta, 0))',
  sql: (request) =>
    lines(
      rowCountsSideBySide(request, { ours: 'count_our_model', theirs: 'count_comparison_model' }),
      'select',
      '  *,',
      '  case',
      '    when count_our_model > count_comparison_model then count_our_model - count_comparison_model',
      '    when count_our_model = count_comparison_model then 1',
      '    else 0',
      '  end as row_count_delta',
      'from counts',
    ),
};

export default fewerRowsThan;
