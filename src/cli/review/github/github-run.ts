import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What GitHub says of the run that this is. */
export interface GitHubRun {
  /** `owner/name`. */
  readonly repository: string;
  /** Without a slash at the end. */
  readonly apiUrl: string;
  readonly serverUrl: string;
  readonly token: string | undefined;
  readonly pullRequest: string | undefined;
  readonly commit: string | undefined;
  readonly baseBranch: string | undefined;
  /** The page of the run. */
  readonly page: string | undefined;
  /** Whether a runner reads commands from standard output. */
  readonly takesCommands: boolean;
  /** The file whose Markdown is shown on the run's page. */
  readonly summaryFile: string | undefined;
}

const eventShape = z.looseObject({
  pull_request: z
    .looseObject({
      number: z.number(),
      head: z.looseObject({ sha: z.string() }),
      base: z.looseObject({ ref: z.string() }),
    })
    .optional(),
});

/** Reads the variables that GitHub sets, and the event that began the run. Undefined where there is no repository. */
export function githubRun(env: NodeJS.ProcessEnv): GitHubRun | undefined {
  const repository = env.GITHUB_REPOSITORY ?? '';
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) return undefined;
  const serverUrl = address(env.GITHUB_SERVER_URL, 'https://github.com');
  const pull = eventOf(env.GITHUB_EVENT_PATH).pull_request;
  return {
    repository,
    serverUrl,
    apiUrl: address(env.GITHUB_API_URL, 'https://api.github.com'),
    token: filled(env.GITHUB_TOKEN?.trim()),
    pullRequest: pull ? String(pull.number) : /^refs\/pull\/(\d+)\//.exec(env.GITHUB_REF ?? '')?.[1],
    // GITHUB_SHA of a pull request is a merge that nobody sees the status of.
    commit: pull?.head.sha ?? filled(env.GITHUB_SHA),
    baseBranch: pull?.base.ref ?? filled(env.GITHUB_BASE_REF),
    page: env.GITHUB_RUN_ID ? `${serverUrl}/${repository}/actions/runs/${env.GITHUB_RUN_ID}` : undefined,
    takesCommands: env.GITHUB_ACTIONS === 'true',
    summaryFile: filled(env.GITHUB_STEP_SUMMARY),
  };
}

const filled = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

const address = (given: string | undefined, usual: string): string => (filled(given) ?? usual).replace(/\/+$/, '');

/** The runner writes the file; one that cannot be read says as much as none. */
function eventOf(path: string | undefined): z.infer<typeof eventShape> {
  try {
    return path ? eventShape.parse(JSON.parse(readFileSync(path, 'utf8'))) : {};
  } catch {
    return {};
  }
}
