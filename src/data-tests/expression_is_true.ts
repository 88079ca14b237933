import type { DataTest } from '../core/index.ts';
import { sqlText } from './writing/arguments.ts';
import { lines } from './writing/lines.ts';

/** Rows for which an expression is false; on a column, the expression goes on from its name (`>= 0`). */
const expressionIsTrue: DataTest = {
  name: 'expression_is_true',
  rowByRow: true,
  namespace: 'dbt_utils',
  arguments: [{ name: 'expression', required: true }],
  sql(request) {
    const expression = sqlText(request, 'expression');
    const tested = request.columnName === undefined ? expression : `${request.columnName} ${expression}`;
    return lines(`select ${request.storeFailures ? '*' : '1'}`, `from ${request.model}`, `where not(${tested})`);
  },
};

export default expressionIsTrue;
