import { secretName, secretPattern } from '../../core/index.ts';

/**
 * Puts the values of secrets where `env_var('DBT_ENV_SECRET_…')` left their names, so that templates can never cut,
 * print or log a secret.
 */
export function withSecrets(env: (name: string) => string | undefined): (rendered: string) => string {
  return (rendered) => rendered.replace(secretPattern, (_, name: string) => env(name) ?? secretName(name));
}
