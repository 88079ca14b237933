import type { TemplateFunction } from '../core/index.ts';

/** `schema`: where the node is built, which is the target's schema unless its settings say otherwise. */
const schema: TemplateFunction = {
  name: 'schema',
  create: ({ node, environment }) => node?.schema ?? environment.target.schema,
};
export default schema;
