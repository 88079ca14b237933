import { emptyTable, type StoredResult, TableValue, type TemplateFunction, tableData } from '../core/index.ts';
import { bindArguments, Dict, hostFunction, str, TemplateError, type Value } from '../jinja/index.ts';

/**
 * `load_result(name)`: what `statement` or `store_result` kept, with `response`, `data` and `table`; none where nothing
 * was kept. A result can be loaded once (`main` as often as wanted), since results may be large.
 */
const loadResult: TemplateFunction = {
  name: 'load_result',
  create: (rendering) =>
    hostFunction('load_result', (args, kwargs) => {
      const [given] = bindArguments('load_result', ['name'], args, kwargs);
      const name = str(given ?? null);
      const result = rendering.results.get(name);
      if (result === undefined) return null;
      if (result === null) throw new TemplateError(`The result '${name}' was loaded before; keep it in a variable`);
      if (name !== 'main') rendering.results.set(name, null);
      return resultDict(result);
    }),
};
export default loadResult;

function resultDict(result: StoredResult): Dict {
  const table: Value = result.value ?? (result.table ? TableValue.of(result.table) : emptyTable);
  const data = table instanceof TableValue ? tableData(table) : [];
  return Dict.of([
    ['response', result.response],
    ['data', data],
    ['table', table],
  ]);
}
