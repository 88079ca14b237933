export { type Locator, locate, locator, type YamlPath } from './locate.ts';
export { readYaml, type YamlFile } from './read.ts';
export { type RenderedYaml, type RenderYamlOptions, renderYaml } from './render.ts';
export { type CheckOptions, check } from './validate.ts';
