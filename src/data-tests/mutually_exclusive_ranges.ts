import type { DataTest } from '../core/index.ts';
import { choice, flag, optionalText, sqlText } from './writing/arguments.ts';
import { lines } from './writing/lines.ts';

/** How the end of a range has to stand to the start of the next. */
const operators = { allowed: '<=', not_allowed: '=', required: '<' } as const;
const words = { '<=': 'less_than_or_equal_to', '=': 'equal_to', '<': 'less_than' } as const;

/** Rows whose range is empty, or overlaps the next one, or (as `gaps` says) does or does not touch it. */
const mutuallyExclusiveRanges: DataTest = {
  name: 'mutually_exclusive_ranges',
  namespace: 'dbt_utils',
  arguments: [
    { name: 'lower_bound_column', required: true },
    { name: 'upper_bound_column', required: true },
    { name: 'partition_by', required: false },
    { name: 'gaps', required: false },
    { name: 'zero_length_range_allowed', required: false },
  ],
  sql(request) {
    const lower = sqlText(request, 'lower_bound_column');
    const upper = sqlText(request, 'upper_bound_column');
    const partition = optionalText(request, 'partition_by');
    const next = operators[choice(request, 'gaps', ['not_allowed', 'allowed', 'required'], 'allowed')];
    const length = flag(request, 'zero_length_range_allowed', false) ? '<=' : '<';
    const lengthColumn = `lower_bound_${words[length]}_upper_bound`;
    const nextColumn = `upper_bound_${words[next]}_next_lower_bound`;
    const over = (order: string) => `over (${partition ? `partition by ${partition} ` : ''}order by ${order})`;
    return lines(
      'with window_functions as (',
      '  select',
      partition !== undefined && `    ${partition} as partition_by_col,`,
      `    ${lower} as lower_bound,`,
      `    ${upper} as upper_bound,`,
      `    lead(${lower}) ${over(`${lower}, ${upper}`)} as next_lower_bound,`,
      `    row_number() ${over(`${lower} desc, ${upper} desc`)} = 1 as is_last_record`,
      `  from ${request.model}`,
      '),',
      'calc as (',
      '  select',
      '    *,',
      `    coalesce(lower_bound ${length} upper_bound, false) as ${lengthColumn},`,
      `    coalesce(upper_bound ${next} next_lower_bound, is_last_record, false) as ${nextColumn}`,
      '  from window_functions',
      ')',
      'select *',
      'from calc',
      `where not (${lengthColumn} and ${nextColumn})`,
    );
  },
};

export default mutuallyExclusiveRanges;
