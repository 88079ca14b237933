import type { DataTest } from '../core/index.ts';
import { flag, textList } from './writing/arguments.ts';
import { lines } from './writing/lines.ts';

/** Combinations of values that occur more than once. */
const uniqueCombinationOfColumns: DataTest = {
  name: 'unique_combination_of_columns',
  namespace: 'dbt_utils',
  arguments: [
    { name: 'combination_of_columns', required: true },
    { name: 'quote_columns', required: false },
  ],
  sql(request) {
    const quoted = flag(request, 'quote_columns', false);
    const names = textList(request, 'combination_of_columns');
    const columns = names.map((name) => (quoted ? request.statements.quote(name) : name)).join(', ');
    return lines(`select ${columns}`, `from ${request.model}`, `group by ${columns}`, 'having count(*) > 1');
  },
};

export default uniqueCombinationOfColumns;
