import type { TemplateFunction } from '../core/index.ts';
import { bindArguments, HostObject, hostFunction, TemplateError, type Value } from '../jinja/index.ts';

/** `{% call set_sql_header(config) %}…{% endcall %}`: statements that run in front of the one that builds the model. */
const setSqlHeader: TemplateFunction = {
  name: 'set_sql_header',
  isMacro: true,
  create: () =>
    hostFunction('set_sql_header', (args, kwargs, site) => {
      const [config, caller] = bindArguments('set_sql_header', ['config', 'caller='], args, kwargs);
      if (!(config instanceof HostObject)) throw new TemplateError('set_sql_header() takes `config` as its argument');
      if (!(caller instanceof HostObject)) {
        throw new TemplateError('set_sql_header() needs a text: {% call set_sql_header(config) %} … {% endcall %}');
      }
      const set = config.getAttribute('set');
      const keep = (text: Value): string => {
        if (set instanceof HostObject) set.call(['sql_header', text], new Map(), site);
        return '';
      };
      const text = caller.call([], new Map(), site);
      return text instanceof Promise ? text.then(keep) : keep(text);
    }),
};
export default setSqlHeader;
