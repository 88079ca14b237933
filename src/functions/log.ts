import type { TemplateFunction, YamlRendering } from '../core/index.ts';
import { bindArguments, hostFunction, str, truthy, type Value } from '../jinja/index.ts';

const create = (rendering: YamlRendering): Value =>
  hostFunction('log', (args, kwargs) => {
    const [message, info] = bindArguments('log', ['msg', 'info='], args, kwargs);
    rendering.log(str(message ?? null), truthy(info ?? false) ? 'info' : 'log');
    return '';
  });

/** `log(message, info=true)`: to the log file, and with `info` to the terminal, too. Prints nothing. */
const log: TemplateFunction = { name: 'log', create, createForYaml: create };
export default log;
