export { type Locator, locate, locator, type YamlPath } from './locate.ts';
export { readYaml } from './read.ts';
export { renderYaml } from './render.ts';
export { check } from './validate.ts';
