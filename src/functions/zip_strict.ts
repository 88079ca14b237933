import type { TemplateFunction } from '../core/index.ts';
import { hostFunction, type Value } from '../jinja/index.ts';
import { zipped } from './python/zipped.ts';

const create = (): Value => hostFunction('zip_strict', (args) => zipped(args));

/** `zip_strict(a, b, …)`: as `zip`, with an error where something cannot be gone through. */
const zipStrict: TemplateFunction = { name: 'zip_strict', create, createForYaml: create };
export default zipStrict;
