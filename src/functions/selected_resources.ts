import type { TemplateFunction } from '../core/index.ts';

/** `selected_resources`: unique ids of what this command runs; empty while parsing. */
const selectedResources: TemplateFunction = {
  name: 'selected_resources',
  create: (rendering) => [...rendering.selectedResources],
};
export default selectedResources;
