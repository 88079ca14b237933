import type { TemplateFunction } from '../core/index.ts';
import { bindArguments, hostFunction, str, TemplateError } from '../jinja/index.ts';
import { resultDict } from './warehouse/result-dict.ts';

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
