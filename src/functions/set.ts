import type { TemplateFunction } from '../core/index.ts';
import { bindArguments, hostFunction, iterate, PySet, TemplateError, type Value } from '../jinja/index.ts';

const create = (): Value =>
  hostFunction('set', (args, kwargs) => {
    const [items, fallback] = bindArguments('set', ['value', 'default='], args, kwargs);
    try {
      return new PySet(iterate(items ?? null));
    } catch (failure) {
      if (failure instanceof TemplateError && failure.errorClass === 'TypeError') return fallback ?? null;
      throw failure;
    }
  });

/** `set(items, default)`: the items without duplicates; the default (none) where they cannot be gone through. */
const set: TemplateFunction = { name: 'set', create, createForYaml: create };
export default set;
