import type { DataTest } from '../core/index.ts';
import { flag, sqlText, textList } from './writing/arguments.ts';
import { groupBy, leading, lines } from './writing/lines.ts';

/** Whether the newest row (of each group) is older than an interval before now, or there is none. */
const recency: DataTest = {
  name: 'recency',
  namespace: 'dbt_utils',
  arguments: [
    { name: 'field', required: true },
    { name: 'datepart', required: true },
    { name: 'interval', required: true },
    { name: 'ignore_time_component', required: false },
    { name: 'group_by_columns', required: false },
  ],
  sql(request) {
    const { statements } = request;
    const groups = textList(request, 'group_by_columns');
    const datesOnly = flag(request, 'ignore_time_component', false);
    const newest = `max(${sqlText(request, 'field')})`;
    const interval = `-${sqlText(request, 'interval')}`.replace(/^--/, '');
    const moved = statements.dateAdd(sqlText(request, 'datepart'), interval, statements.currentTimestamp());
    const threshold = `cast(${moved} as ${statements.typeName(datesOnly ? 'date' : 'timestamp')})`;
    return lines(
      'with recency as (',
      '  select',
      `    ${leading(groups)}${datesOnly ? `cast(${newest} as date)` : newest} as most_recent`,
      `  from ${request.model}`,
      groups.length > 0 && `  ${groupBy(groups)}`,
      ')',
      'select',
      `  ${leading(groups)}most_recent,`,
      `  ${threshold} as threshold`,
      'from recency',
      `where most_recent < ${threshold}`,
      request.empty !== true && '  or most_recent is null',
    );
  },
};

export default recency;
