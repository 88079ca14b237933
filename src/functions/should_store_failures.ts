import type { TemplateFunction } from '../core/index.ts';
import { hostFunction } from '../jinja/index.ts';

/** `should_store_failures()`: the test's own `store_failures`, else `--store-failures`. */
const shouldStoreFailures: TemplateFunction = {
  name: 'should_store_failures',
  isMacro: true,
  create: (rendering) =>
    hostFunction('should_store_failures', () => {
      const own = rendering.getConfig('store_failures');
      return typeof own === 'boolean' ? own : rendering.environment.flags.storeFailures;
    }),
};
export default shouldStoreFailures;
