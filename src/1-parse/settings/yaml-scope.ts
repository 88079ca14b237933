import {
  chanceOf,
  type JsonObject,
  type TemplateFunction,
  type YamlEnvironment,
  type YamlRendering,
} from '../../core/index.ts';
import { type Scope, TemplateError, type Value } from '../../jinja/index.ts';

export interface YamlScopeOptions {
  readonly functions: ReadonlyMap<string, TemplateFunction>;
  readonly environment: YamlEnvironment;
  /** `project_name`. Default: the name does not exist. */
  readonly projectName?: string;
  /** `var()`. Default: the variables of the command line alone, as dbt has it in the project file. */
  readonly varsWith?: (name: string) => JsonObject | undefined;
  readonly varNames?: () => Iterable<string>;
  /** Told of every environment variable that is read. Default: `environment.env`. */
  readonly readEnv?: (name: string) => string | undefined;
  /** Whether `env_var()` may read secrets: in profiles and package lists. Default false. */
  readonly secretsAllowed?: boolean;
  readonly log?: (message: string, to: 'log' | 'info' | 'stdout') => void;
  readonly warn?: (message: string) => void;
}

/** The names that templates in YAML files can use. */
export function yamlScope(options: YamlScopeOptions): Scope {
  const { environment, functions } = options;
  const values = new Map<string, Value>();
  const scope: Scope = {
    random: chanceOf(environment),
    define: (name, value) => void values.set(name, value),
    known: () => new Set([...values.keys(), ...functions.keys()]),
    lookup(name) {
      const known = values.get(name);
      if (known !== undefined) return known;
      const value = functions.get(name)?.createForYaml?.(rendering);
      if (value !== undefined) values.set(name, value);
      return value;
    },
  };
  const rendering: YamlRendering = {
    phase: 'yaml',
    environment,
    scope,
    projectName: options.projectName,
    secretsAllowed: options.secretsAllowed,
    varsWith: options.varsWith ?? ((name) => (Object.hasOwn(environment.vars, name) ? environment.vars : undefined)),
    varNames: options.varNames ?? (() => Object.keys(environment.vars)),
    readEnv: options.readEnv ?? environment.env,
    log: options.log ?? (() => undefined),
    warn(message) {
      if (environment.flags.warnError) throw new TemplateError(message);
      options.warn?.(message);
    },
  };
  return scope;
}
