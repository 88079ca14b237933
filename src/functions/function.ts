import { RelationValue, type TemplateFunction } from '../core/index.ts';
import { hostFunction, TemplateError } from '../jinja/index.ts';
import { namedArguments } from './warehouse/named-arguments.ts';

/** `function('name')`, `function('package', 'name')`: a user-defined function's name in the warehouse, and an edge to it. */
const userFunction: TemplateFunction = {
  name: 'function',
  create: (rendering) =>
    hostFunction('function', (args, _, site) => {
      const [packageName, name] = namedArguments('function', args);
      const relation = rendering.functionRelation?.(packageName, name, site);
      if (relation === undefined) throw new TemplateError(`The function '${name}' cannot be used here`);
      return new RelationValue(relation, rendering.adapter.statements);
    }),
};
export default userFunction;
