import type { TemplateFunction } from '../core/index.ts';
import { bindArguments, hostFunction, iterate, PySet, type Value } from '../jinja/index.ts';

const create = (): Value =>
  hostFunction('set_strict', (args, kwargs) => {
    const [items] = bindArguments('set_strict', ['value'], args, kwargs);
    return new PySet(iterate(items ?? null));
  });

/** `set_strict(items)`: the items without duplicates; an error where they cannot be gone through. */
const setStrict: TemplateFunction = { name: 'set_strict', create, createForYaml: create };
export default setStrict;
