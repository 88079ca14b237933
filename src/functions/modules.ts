import type { TemplateFunction, YamlRendering } from '../core/index.ts';
import { Dict, type Value } from '../jinja/index.ts';
import { datetimeModule } from './python/datetime-module.ts';
import { itertoolsModule } from './python/itertools-module.ts';
import { pytzModule } from './python/pytz-module.ts';
import { reModule } from './python/re-module.ts';

const create = ({ environment }: YamlRendering): Value => {
  const now = environment.now ?? (() => environment.startedAt);
  return Dict.of([
    ['datetime', datetimeModule(now)],
    ['pytz', pytzModule()],
    ['re', reModule()],
    ['itertools', itertoolsModule()],
  ]);
};

/** `modules.datetime`, `modules.pytz`, `modules.re`, `modules.itertools`: what dbt gives of Python's library. */
const modules: TemplateFunction = { name: 'modules', create, createForYaml: create };
export default modules;
