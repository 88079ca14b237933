import type { TemplateFunction } from '../core/index.ts';
import { hostFunction, TemplateError, type Value } from '../jinja/index.ts';
import { zipped } from './python/zipped.ts';

const create = (): Value =>
  hostFunction('zip', (args, kwargs) => {
    try {
      return zipped(args);
    } catch (failure) {
      if (failure instanceof TemplateError && failure.errorClass === 'TypeError') return kwargs.get('default') ?? null;
      throw failure;
    }
  });

/** `zip(a, b, …, default)`: tuples of the first items, the second ones, … until the shortest ends. */
const zip: TemplateFunction = { name: 'zip', create, createForYaml: create };
export default zip;
