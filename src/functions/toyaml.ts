import type { TemplateFunction } from '../core/index.ts';
import { bindArguments, hostFunction, truthy, type Value } from '../jinja/index.ts';
import { writeYaml } from './python/yaml.ts';

const create = (): Value =>
  hostFunction('toyaml', (args, kwargs) => {
    const [value, fallback, sortKeys] = bindArguments('toyaml', ['value', 'default=', 'sort_keys='], args, kwargs);
    return writeYaml(value ?? null, truthy(sortKeys ?? false)) ?? fallback ?? null;
  });

/** `toyaml(value, default, sort_keys)`: a value as YAML text, laid out as PyYAML does. */
const toyaml: TemplateFunction = { name: 'toyaml', create, createForYaml: create };
export default toyaml;
