import { type Json, jsonToValue, type TemplateFunction } from '../core/index.ts';

/** `pre_hooks`: the node's hooks before it is built, for materializations that are macros. */
const preHooks: TemplateFunction = {
  name: 'pre_hooks',
  create: ({ node }) => jsonToValue((node?.config['pre-hook'] ?? []) as unknown as Json),
};
export default preHooks;
