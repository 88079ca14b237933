import { type Json, jsonToValue, type TemplateFunction } from '../core/index.ts';

/** `post_hooks`: the node's hooks after it is built, for materializations that are macros. */
const postHooks: TemplateFunction = {
  name: 'post_hooks',
  create: ({ node }) => jsonToValue((node?.config['post-hook'] ?? []) as unknown as Json),
};
export default postHooks;
