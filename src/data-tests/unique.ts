import type { DataTest } from '../core/index.ts';
import { column } from './writing/arguments.ts';
import { lines } from './writing/lines.ts';

/** Values that occur more than once. */
const unique: DataTest = {
  name: 'unique',
  namespace: null,
  arguments: [],
  sql: (request) =>
    lines(
      'select',
      `  ${column(request)} as unique_field,`,
      '  count(*) as n_records',
      `from ${request.model}`,
      `where ${column(request)} is not null`,
      `group by ${column(request)}`,
      'having count(*) > 1',
    ),
};

export default unique;
