import { type Diagnostic, Problem, warning } from '../../../core/index.ts';

/** What is asked of GitHub. */
export interface GitHubRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Behind `/repos/OWNER/NAME`; or from the root with `/user`. */
  readonly path: string;
  readonly body?: object | undefined;
  /** What is told where it fails: `The comment on pull request 7 could not be written`. */
  readonly purpose: string;
  /** What a job has to be given for it: `pull-requests: write`. */
  readonly permission: string;
}

/** What came of one attempt to ask. */
export type Answer =
  | { readonly kind: 'answer'; readonly status: number; readonly headers: Headers; readonly text: string }
  | { readonly kind: 'silence'; readonly reason: string };

/** The host answers that there is no such thing, or that the token may not see it. */
export class NotFound extends Problem {}

/** The token may not do that. */
export class NotAllowed extends Problem {}

/** What an answer holds, or undefined where that is no JSON. */
export function jsonOf(answer: Answer): unknown {
  if (answer.kind === 'silence' || answer.text === '') return undefined;
  try {
    return JSON.parse(answer.text);
  } catch {
    return undefined;
  }
}

/**
 * What to say of an answer that is none to be glad of.
 *
 * @param safe makes text from outside fit to be shown.
 */
export function problemOf(request: GitHubRequest, answer: Answer, safe: (text: string) => string): Problem {
  const { purpose, permission } = request;
  if (answer.kind === 'silence') {
    return new Problem(
      warning('cli/host-unreachable', `${purpose}: GitHub cannot be reached: ${safe(answer.reason)}`, {
        hint: 'Look at the network, and at GITHUB_API_URL',
      }),
    );
  }
  const { status } = answer;
  const said = safe(messageOf(answer));
  if (status === 401) return new Problem(badToken(request, said));
  if (status === 403) {
    return new NotAllowed(
      warning('cli/host-permission', `${purpose}: GitHub does not allow it to this token: ${said}`, {
        hint: `Give the job 'permissions: ${permission}'. Of a pull request from a fork no token may write`,
      }),
    );
  }
  const problem = unexpected(request, `${status} ${said}`.trim());
  return status === 404 || status === 410 ? new NotFound(problem) : new Problem(problem);
}

function messageOf(answer: Answer): string {
  const data = jsonOf(answer);
  const message = data !== null && typeof data === 'object' && 'message' in data ? data.message : undefined;
  return typeof message === 'string' ? message.replace(/\s+/g, ' ') : '';
}

/** The host does not do what it should. */
export const unexpected = ({ purpose }: GitHubRequest, what: string): Diagnostic =>
  warning('cli/host-answer', `${purpose}: GitHub answers: ${what}`);

export const noToken = ({ purpose }: GitHubRequest): Diagnostic =>
  warning('cli/host-token', `${purpose}: there is no token`, {
    hint: `Give the step 'env: GITHUB_TOKEN: \${{ github.token }}'`,
  });

const badToken = ({ purpose }: GitHubRequest, said: string): Diagnostic =>
  warning('cli/host-token', `${purpose}: GitHub does not know the token of GITHUB_TOKEN: ${said}`, {
    hint: 'It may have run out',
  });

export const tooMany = ({ purpose }: GitHubRequest, pause: number): Diagnostic =>
  warning('cli/host-limit', `${purpose}: GitHub takes no more requests for ${Math.ceil(pause / 1000)} seconds`, {
    hint: 'Run it again then, or use a token with a limit of its own',
  });
