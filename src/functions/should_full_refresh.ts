import type { TemplateFunction } from '../core/index.ts';
import { hostFunction } from '../jinja/index.ts';

/** Whether a node is built from nothing: its own `full_refresh` wins over the command's `--full-refresh`. */
const shouldFullRefresh: TemplateFunction = {
  name: 'should_full_refresh',
  isMacro: true,
  create: (rendering) =>
    hostFunction('should_full_refresh', () => {
      const own = rendering.getConfig('full_refresh');
      return typeof own === 'boolean' ? own : rendering.environment.flags.fullRefresh;
    }),
};
export default shouldFullRefresh;
