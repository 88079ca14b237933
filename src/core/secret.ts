/** Environment variables whose names begin so are secrets: their values reach connections and nothing else. */
export const secretPrefix = 'DBT_ENV_SECRET_';

/** What stands for a secret while a template is rendered. */
export function secretName(name: string): string {
  return `$$$DBT_SECRET_START$$$${name}$$$DBT_SECRET_END$$$`;
}

/** Finds what `secretName` made; the first group is the variable's name. */
export const secretPattern = /\$\$\$DBT_SECRET_START\$\$\$(DBT_ENV_SECRET_.*?)\$\$\$DBT_SECRET_END\$\$\$/g;
