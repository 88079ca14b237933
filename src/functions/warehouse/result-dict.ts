import { emptyTable, type StoredResult, TableValue, tableData } from '../../core/index.ts';
import { Dict, type Value } from '../../jinja/index.ts';

/** What a statement gave, as `load_result` hands it out: `response`, `data` and `table`. */
export function resultDict(result: StoredResult): Dict {
  const table: Value = result.value ?? (result.table ? TableValue.of(result.table) : emptyTable);
  const data = table instanceof TableValue ? tableData(table) : [];
  return Dict.of([
    ['response', result.response],
    ['data', data],
    ['table', table],
  ]);
}
