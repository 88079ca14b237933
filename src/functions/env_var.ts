import { secretName, secretPrefix, type TemplateFunction, type YamlRendering } from '../core/index.ts';
import { bindArguments, hostFunction, str, TemplateError, type Value } from '../jinja/index.ts';

const create = (rendering: YamlRendering): Value =>
  hostFunction('env_var', (args, kwargs) => {
    const [given, fallback] = bindArguments('env_var', ['var', 'default='], args, kwargs);
    const name = str(given ?? '');
    const isSecret = name.startsWith(secretPrefix);
    if (isSecret && rendering.secretsAllowed !== true) {
      throw new TemplateError(
        `The secret '${name}' can be read in profiles.yml and packages.yml only, so that it never ends up in SQL or logs`,
      );
    }
    const value = rendering.readEnv(name);
    if (value !== undefined) return isSecret ? secretName(name) : value;
    if (fallback != null) return fallback;
    throw new TemplateError(`Env var required but not provided: '${name}'`, 'CompilationError', {
      hint: `Set it, or give a default: env_var('${name}', 'default')`,
    });
  });

/**
 * `env_var('NAME', default)`: an environment variable as text. One that is not set and has no default is an error. A
 * secret (`DBT_ENV_SECRET_…`) is only a placeholder until the connection is made.
 */
const envVar: TemplateFunction = { name: 'env_var', create, createForYaml: create };
export default envVar;
