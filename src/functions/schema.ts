import type { TemplateFunction } from '../core/index.ts';

/** `schema`: the target's schema. */
const schema: TemplateFunction = { name: 'schema', create: (rendering) => rendering.environment.target.schema };
export default schema;
