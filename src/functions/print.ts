import type { TemplateFunction, YamlRendering } from '../core/index.ts';
import { bindArguments, hostFunction, str, type Value } from '../jinja/index.ts';

const create = (rendering: YamlRendering): Value =>
  hostFunction('print', (args, kwargs) => {
    const [message] = bindArguments('print', ['msg'], args, kwargs);
    rendering.log(str(message ?? null), 'stdout');
    return '';
  });

/** `print(message)`: a line on standard output, whatever the log level. Prints nothing in place. */
const print: TemplateFunction = { name: 'print', create, createForYaml: create };
export default print;
