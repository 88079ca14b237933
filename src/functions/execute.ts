import type { TemplateFunction } from '../core/index.ts';

/** `execute`: false while the project is parsed, when nothing may ask the warehouse. */
const execute: TemplateFunction = { name: 'execute', create: (rendering) => rendering.execute };
export default execute;
