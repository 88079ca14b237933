import type { TemplateFunction } from '../core/index.ts';
import { bindArguments, hostFunction, str, type Value } from '../jinja/index.ts';
import { readYamlValue } from './python/yaml.ts';

const create = (): Value =>
  hostFunction('fromyaml', (args, kwargs) => {
    const [text = null, fallback = null] = bindArguments('fromyaml', ['value', 'default='], args, kwargs);
    const value = readYamlValue(str(text));
    return value === undefined ? fallback : value;
  });

/** `fromyaml(text, default)`: YAML as a value; text that is none gives the default (none). */
const fromyaml: TemplateFunction = { name: 'fromyaml', create, createForYaml: create };
export default fromyaml;
