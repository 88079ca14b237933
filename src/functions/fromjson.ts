import type { TemplateFunction } from '../core/index.ts';
import { bindArguments, hostFunction, str, type Value } from '../jinja/index.ts';
import { readJson } from './python/read-json.ts';

const create = (): Value =>
  hostFunction('fromjson', (args, kwargs) => {
    const [text = null, fallback = null] = bindArguments('fromjson', ['string', 'default='], args, kwargs);
    const value = readJson(str(text));
    return value === undefined ? fallback : value;
  });

/** `fromjson(text, default)`: JSON as a value; text that is none gives the default (none). */
const fromjson: TemplateFunction = { name: 'fromjson', create, createForYaml: create };
export default fromjson;
