import type { DataTest } from '../core/index.ts';
import { column, textList } from './writing/arguments.ts';
import { groupBy, leading, lines } from './writing/lines.ts';

/** Tables (or groups) in which all values are the same. */
const notConstant: DataTest = {
  name: 'not_constant',
  namespace: 'dbt_utils',
  arguments: [{ name: 'group_by_columns', required: false }],
  sql(request) {
    const groups = textList(request, 'group_by_columns');
    return lines(
      'select',
      `  ${leading(groups)}count(distinct ${column(request)}) as filler_column`,
      `from ${request.model}`,
      groupBy(groups),
      `having count(distinct ${column(request)}) = 1`,
    );
  },
};

export default notConstant;
