import type { DataTest } from '../core/index.ts';
import { column, flag, optionalText } from './writing/arguments.ts';
import { lines } from './writing/lines.ts';

/** Rows whose value is below the least or above the greatest that is allowed; null is allowed. */
const acceptedRange: DataTest = {
  name: 'accepted_range',
  rowByRow: true,
  namespace: 'dbt_utils',
  arguments: [
    { name: 'min_value', required: false },
    { name: 'max_value', required: false },
    { name: 'inclusive', required: false },
  ],
  sql(request) {
    const least = optionalText(request, 'min_value');
    const greatest = optionalText(request, 'max_value');
    const orEqual = flag(request, 'inclusive', true) ? '=' : '';
    return lines(
      'select *',
      `from ${request.model}`,
      // Without bounds nothing fails.
      'where 1 = 2',
      least !== undefined && `  or not ${column(request)} >${orEqual} ${least}`,
      greatest !== undefined && `  or not ${column(request)} <${orEqual} ${greatest}`,
    );
  },
};

export default acceptedRange;
