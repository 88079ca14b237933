import { error, Problem } from '../../core/index.ts';
import { render } from '../../jinja/index.ts';

const usual = 'ci_{{ pr }}';

/**
 * The schema of a pull request: `ci_12`. What a name cannot have becomes `_`. Throws `Problem` where the project's
 * setting gives every pull request the same one.
 *
 * @param setting `ci: {schema: …}`, a template. Default `ci_{{ pr }}`.
 */
export function schemaName(setting: string | undefined, pullRequest: string): string {
  const nameOf = (pr: string): string =>
    render(setting ?? usual, { pr })
      .trim()
      .replace(/\W+/g, '_')
      .toLowerCase();
  if (nameOf('1') !== nameOf('2')) return nameOf(pullRequest);
  throw new Problem(
    error('cli/review-schema', `The schema '${setting}' would be that of every pull request`, {
      hint: `Say {{ pr }} in it: ${usual}`,
    }),
  );
}

/** Whether a schema is that of the pull request, or one of those that stand beside it for custom schemas. */
export function belongsTo(own: string, schema: string): boolean {
  const name = schema.toLowerCase();
  return name === own || name.startsWith(`${own}_`);
}
