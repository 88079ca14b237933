import type { Target, TemplateFunction, YamlRendering } from '../core/index.ts';
import { Dict, fromJs, type Value } from '../jinja/index.ts';

/** What dbt shows of a connection: no secrets. */
export function targetDict(target: Target): Dict {
  const { name, profileName, type, schema, database, threads, visible } = target;
  const entries = { ...visible, database, schema, type, threads, name, target_name: name, profile_name: profileName };
  return Dict.of(Object.entries(entries).map(([key, value]) => [key, fromJs(value)]));
}

const create = (rendering: YamlRendering): Value | undefined => {
  const { target } = rendering.environment;
  return target === undefined ? undefined : targetDict(target);
};

/** `target.name`, `target.schema`, `target.type`…: the connection in use. Absent while the profile itself is read. */
const target: TemplateFunction = {
  name: 'target',
  create: (rendering) => targetDict(rendering.environment.target),
  createForYaml: create,
};
export default target;
