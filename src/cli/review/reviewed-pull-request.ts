/** Where hosts of code and CI services say which pull request a job is for. */
const names = [
  'CI_MERGE_REQUEST_IID',
  'BITBUCKET_PR_ID',
  'BUILDKITE_PULL_REQUEST',
  'SYSTEM_PULLREQUEST_PULLREQUESTNUMBER',
  'CIRCLE_PULL_REQUEST',
  'CHANGE_ID',
] as const;

/** The number of the pull request, as the environment of a CI service has it; undefined where it says none. */
export function reviewedPullRequest(env: NodeJS.ProcessEnv): string | undefined {
  // Some give the address of a page, which ends in the number, and some `false`.
  return names.map((name) => /\d+$/.exec(env[name] ?? '')?.[0]).find((found) => found !== undefined);
}
