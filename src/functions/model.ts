import { nodeDict, type TemplateFunction } from '../core/index.ts';

/** `model`: the node that is rendered, with the fields of the manifest. */
const model: TemplateFunction = {
  name: 'model',
  create: ({ node }) => (node === undefined ? null : nodeDict(node)),
};
export default model;
