import type { DataTest } from '../core/index.ts';
import { column, flag } from './writing/arguments.ts';
import { lines } from './writing/lines.ts';

/** Texts that are empty, or only spaces unless `trim_whitespace` is false. */
const notEmptyString: DataTest = {
  name: 'not_empty_string',
  rowByRow: true,
  namespace: 'dbt_utils',
  arguments: [{ name: 'trim_whitespace', required: false }],
  sql(request) {
    const name = column(request);
    return lines(
      'with all_values as (',
      `  select ${flag(request, 'trim_whitespace', true) ? `trim(${name}) as ${name}` : name}`,
      `  from ${request.model}`,
      ')',
      'select *',
      'from all_values',
      `where ${name} = ''`,
    );
  },
};

export default notEmptyString;
