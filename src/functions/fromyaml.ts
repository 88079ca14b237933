import type { TemplateFunction } from '../core/index.ts';
import { bindArguments, hostFunction, str, type Value } from '../jinja/index.ts';
import { readYamlValue } from './python/yaml.ts';

const create = (): Value =>
  hostFunction('fromyaml', (args, kwargs) => {
    const [text, fallback] = bindArguments('fromyaml', ['value', 'default='], args, kwargs);
    return readYamlValue(str(text ?? null)) ?? fallback ?? null;
  });

/** `fromyaml(text, default)`: YAML as a value; text that is none gives the default (none). */
const fromyaml: TemplateFunction = { name: 'fromyaml', create, createForYaml: create };
export default fromyaml;
