import type { DataTest } from '../core/index.ts';
import { column, sqlText, textList } from './writing/arguments.ts';
import { groupBy, leading, lines } from './writing/lines.ts';

/** Whether the share of rows (of each group) that have a value is outside its bounds. */
const notNullProportion: DataTest = {
  name: 'not_null_proportion',
  namespace: 'dbt_utils',
  arguments: [
    { name: 'at_least', required: true },
    { name: 'at_most', required: false },
    { name: 'group_by_columns', required: false },
  ],
  sql(request) {
    const groups = textList(request, 'group_by_columns');
    const present = `sum(case when ${column(request)} is null then 0 else 1 end)`;
    const all = `cast(count(*) as ${request.statements.typeName('numeric')})`;
    return lines(
      'with validation as (',
      '  select',
      `    ${leading(groups)}${present} / ${all} as not_null_proportion`,
      `  from ${request.model}`,
      groups.length > 0 && `  ${groupBy(groups)}`,
      ')',
      `select ${leading(groups)}not_null_proportion`,
      'from validation',
      `where not_null_proportion < ${sqlText(request, 'at_least')}`,
      `  or not_null_proportion > ${sqlText(request, 'at_most', '1')}`,
    );
  },
};

export default notNullProportion;
