import { jsonToValue, type TemplateFunction } from '../core/index.ts';
import { Dict, type Value } from '../jinja/index.ts';
import { flagValues } from './flags.ts';

/** `invocation_args_dict`: options of the command under their lower-case names. */
const invocationArgsDict: TemplateFunction = {
  name: 'invocation_args_dict',
  create({ environment }) {
    const entries = [...flagValues(environment)].map(([name, value]): [Value, Value] => [name.toLowerCase(), value]);
    return Dict.of([...entries, ['vars', jsonToValue(environment.vars)], ['project_dir', environment.projectRoot]]);
  },
};
export default invocationArgsDict;
