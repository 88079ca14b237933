import type { TemplateFunction } from '../core/index.ts';
import { hostFunction } from '../jinja/index.ts';
import { MetricValue } from './warehouse/metric-value.ts';
import { namedArguments } from './warehouse/named-arguments.ts';

/** `metric('name')`, `metric('package', 'name')`: a metric of the semantic layer, and an edge to it. */
const metric: TemplateFunction = {
  name: 'metric',
  create: (rendering) =>
    hostFunction('metric', (args, _, site) => {
      const [packageName, name] = namedArguments('metric', args);
      return new MetricValue(name, packageName, rendering.metric?.(packageName, name, site));
    }),
};
export default metric;
