import type { TemplateFunction } from '../core/index.ts';
import { hostFunction, str, TemplateError } from '../jinja/index.ts';

/** `adapter_macro(name)`: removed from dbt; says what took its place. */
const adapterMacro: TemplateFunction = {
  name: 'adapter_macro',
  create: () =>
    hostFunction('adapter_macro', ([name]) => {
      throw new TemplateError(
        `adapter_macro('${str(name ?? null)}') no longer exists: use adapter.dispatch and call it`,
      );
    }),
};
export default adapterMacro;
