import type { DataTest } from '../core/index.ts';
import { column, textList } from './writing/arguments.ts';
import { groupBy, leading, lines } from './writing/lines.ts';

/** Tables (or groups) without a single value. */
const atLeastOne: DataTest = {
  name: 'at_least_one',
  namespace: 'dbt_utils',
  arguments: [{ name: 'group_by_columns', required: false }],
  sql(request) {
    const groups = textList(request, 'group_by_columns');
    return lines(
      'select *',
      'from (',
      '  select',
      `    ${leading(groups)}count(${column(request)}) as filler_column`,
      `  from ${request.model}`,
      groups.length > 0 && `  ${groupBy(groups)}`,
      `  having count(${column(request)}) = 0`,
      ') validation_errors',
    );
  },
};

export default atLeastOne;
