import type { TemplateFunction } from '../core/index.ts';
import { nodeDict } from './warehouse/node-dict.ts';

/** `model`: the node that is rendered, with the fields of the manifest. */
const model: TemplateFunction = {
  name: 'model',
  create: ({ node }) => (node === undefined ? null : nodeDict(node)),
};
export default model;
