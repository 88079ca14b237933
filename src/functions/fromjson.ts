import type { TemplateFunction } from '../core/index.ts';
import { bindArguments, hostFunction, str, type Value } from '../jinja/index.ts';
import { readJson } from './python/read-json.ts';

const create = (): Value =>
  hostFunction('fromjson', (args, kwargs) => {
    const [text, fallback] = bindArguments('fromjson', ['string', 'default='], args, kwargs);
    return readJson(str(text ?? null)) ?? fallback ?? null;
  });

/** `fromjson(text, default)`: JSON as a value; text that is none gives the default (none). */
const fromjson: TemplateFunction = { name: 'fromjson', create, createForYaml: create };
export default fromjson;
