import type { DataTest } from '../core/index.ts';
import { column, optionalText, sqlText, textList } from './writing/arguments.ts';
import { leading, lines } from './writing/lines.ts';

/** Rows whose value is not the one before plus the interval: numbers, or times with a `datepart`. */
const sequentialValues: DataTest = {
  name: 'sequential_values',
  namespace: 'dbt_utils',
  arguments: [
    { name: 'interval', required: false },
    { name: 'datepart', required: false },
    { name: 'group_by_columns', required: false },
  ],
  sql(request) {
    const { statements } = request;
    const name = column(request);
    const previous = `previous_${slug(name)}`;
    const interval = sqlText(request, 'interval', '1');
    const datepart = optionalText(request, 'datepart');
    const groups = textList(request, 'group_by_columns');
    const partition = groups.length > 0 ? `partition by ${groups.join(', ')} ` : '';
    const timestamp = (value: string) => `cast(${value} as ${statements.typeName('timestamp')})`;
    const expected =
      datepart === undefined
        ? `${name} = ${previous} + ${interval}`
        : `${timestamp(name)} = ${timestamp(statements.dateAdd(datepart, interval, previous))}`;
    return lines(
      'with windowed as (',
      '  select',
      `    ${leading(groups)}${name},`,
      `    lag(${name}) over (${partition}order by ${name}) as ${previous}`,
      `  from ${request.model}`,
      ')',
      'select *',
      'from windowed',
      `where not (${expected})`,
    );
  },
};

export default sequentialValues;

/** A name without quotes and other signs, to be part of another name. */
function slug(name: string): string {
  const words = name
    .toLowerCase()
    .replace(/[ -]+/g, '_')
    .replace(/[^a-z0-9_]+/g, '');
  return /^\d/.test(words) ? `_${words}` : words;
}
