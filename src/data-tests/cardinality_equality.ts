import type { DataTest } from '../core/index.ts';
import { column, sqlText } from './writing/arguments.ts';
import { lines } from './writing/lines.ts';

/** Values that do not occur equally often in a column of another table. */
const cardinalityEquality: DataTest = {
  name: 'cardinality_equality',
  namespace: 'dbt_utils',
  arguments: [
    { name: 'field', required: true },
    { name: 'to', required: true },
  ],
  sql(request) {
    const counted = (field: string, relation: string) => [
      `  select ${field}, count(*) as num_rows`,
      `  from ${relation}`,
      `  group by ${field}`,
    ];
    const minus = (left: string, right: string) => [`  select * from ${left}`, '  except', `  select * from ${right}`];
    return lines(
      'with table_a as (',
      counted(column(request), request.model),
      '),',
      'table_b as (',
      counted(sqlText(request, 'field'), sqlText(request, 'to')),
      '),',
      'except_a as (',
      minus('table_a', 'table_b'),
      '),',
      'except_b as (',
      minus('table_b', 'table_a'),
      ')',
      'select * from except_a',
      'union all',
      'select * from except_b',
    );
  },
};

export default cardinalityEquality;
