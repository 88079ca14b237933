import { jsonToValue, type Rendering } from '../../core/index.ts';
import { Dict, HostObject, hostFunction, type Value } from '../../jinja/index.ts';
import { flagValues } from '../flags.ts';
import { targetDict } from '../target.ts';

type Part = (rendering: Rendering) => Value;

/** What packages ask of dbt's configuration object, by dbt's names. */
const parts: Readonly<Record<string, Part>> = {
  args: argumentsOf,
  cli_vars: ({ environment }) => jsonToValue(environment.vars),
  credentials: ({ environment }) => targetDict(environment.target),
  dependencies: ({ packages }) =>
    Dict.of(
      [...(packages ?? [])].map(([name, { version }]): [Value, Value] => [
        name,
        Dict.of([
          ['project_name', name],
          ['version', version],
        ]),
      ]),
    ),
  profile_name: ({ environment }) => environment.target.profileName,
  project_name: ({ projectName }) => projectName,
  project_root: ({ environment }) => environment.projectRoot,
  target_name: ({ environment }) => environment.target.name,
  threads: ({ environment }) => environment.target.threads,
  vars: ({ packages, projectName }) => new ProjectVars(jsonToValue(packages?.get(projectName)?.vars ?? {})),
  version: ({ packages, projectName }) => packages?.get(projectName)?.version ?? null,
};

/** `builtins.ref.config`: dbt's configuration of the run, which it does not document and packages read all the same. */
export class RuntimeConfig extends HostObject {
  readonly #rendering: Rendering;

  constructor(rendering: Rendering) {
    super();
    this.#rendering = rendering;
  }

  override get typeName(): string {
    return 'RuntimeConfig';
  }

  override getAttribute(name: string): Value | undefined {
    return Object.hasOwn(parts, name) ? parts[name]?.(this.#rendering) : undefined;
  }
}

/** `vars:` of the project file. */
class ProjectVars extends HostObject {
  readonly #vars: Value;

  constructor(vars: Value) {
    super();
    this.#vars = vars;
  }

  override getAttribute(name: string): Value | undefined {
    return name === 'to_dict' ? hostFunction(name, () => this.#vars) : undefined;
  }
}

/** Options of the command under their lower-case names; those that were not given are none. */
function argumentsOf({ environment }: Rendering): Value {
  return Dict.of([...flagValues(environment)].map(([name, value]): [Value, Value] => [name.toLowerCase(), value]));
}
