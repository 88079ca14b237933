import type { TemplateFunction, YamlRendering } from '../core/index.ts';

const create = (rendering: YamlRendering) => rendering.environment.invocationId;

/** `invocation_id`: a UUID, new for every command. */
const invocationId: TemplateFunction = { name: 'invocation_id', create, createForYaml: create };
export default invocationId;
