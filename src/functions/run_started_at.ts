import { DatetimeValue, type TemplateFunction, type YamlRendering } from '../core/index.ts';

const create = (rendering: YamlRendering) => DatetimeValue.at(rendering.environment.startedAt);

/** `run_started_at`: when the command started, a datetime in UTC. */
const runStartedAt: TemplateFunction = { name: 'run_started_at', create, createForYaml: create };
export default runStartedAt;
