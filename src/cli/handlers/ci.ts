import { userInfo } from 'node:os';
import type { ChangeClass, JsonObject } from '../../core/index.ts';
import { Problem } from '../../core/index.ts';
import { positiveOf, textOf } from '../command-line/values.ts';
import type { ExitCode } from '../engine/outcome.ts';
import type { ReviewRequest } from '../engine/review.ts';
import { plainStyle } from '../reporters/style.ts';
import type { CodeHost } from '../review/code-host.ts';
import { openCodeHost } from '../review/open-code-host.ts';
import { renderReview } from '../review/render-review.ts';
import { reportRequests } from '../review/report-requests.ts';
import { reviewedPullRequest } from '../review/reviewed-pull-request.ts';
import { reviewText } from '../review/text-report.ts';
import { writeReports } from '../review/write-reports.ts';
import type { Session } from '../session.ts';

/** `ci`: reviews a change, writes the reports, and tells the host of the code. */
export async function reviewAndReport(session: Session): Promise<ExitCode> {
  const { invocation, host, reporter } = session;
  const { values } = invocation;
  host.heedSignals?.();
  const requests = reportRequests(values, host.cwd);
  const codeHost = codeHostOf(session);
  const request = requestOf(values, codeHost, host.env);
  const engine = await session.engine();
  const state = textOf(values, 'state');
  const call = session.call(state !== undefined && isAddress(state) ? { state } : {});
  const { settings } = await engine.openProject(call, host);
  reporter.diagnose((await codeHost?.announce(settings.name)) ?? []);
  try {
    const { review, exitCode, folder, placeOf } = await engine.review(request, call, host);
    const context = { folder, placeOf, links: codeHost?.links, commentSize: positiveOf(values, 'comment_size') };
    for (const path of writeReports(review, requests, context)) reporter.say('info', `Wrote ${path}`);
    const columns = typeof values.printer_width === 'number' ? values.printer_width : 80;
    const said = values.output === 'json' ? renderReview(review, 'json', context) : undefined;
    reporter.print(said ?? reviewText(review, { columns, style: reporter.style ?? plainStyle }, context));
    reporter.diagnose((await codeHost?.report(review, context)) ?? []);
    return exitCode;
  } catch (failure) {
    const reason = failure instanceof Problem ? failure.message : 'The review could not be made';
    reporter.diagnose((await codeHost?.fail(settings.name, reason)) ?? []);
    throw failure;
  }
}

/** The host that the environment tells of. */
export function codeHostOf({ host, reporter, invocation }: Session): CodeHost | undefined {
  // Who reads JSON gets nothing else, and finds all of it there.
  const isJson = invocation.values.output === 'json';
  return openCodeHost({
    env: host.env,
    fetch: globalThis.fetch,
    now: host.now,
    signal: host.signal,
    print: (text) => {
      if (!isJson) reporter.print(text.replace(/\n$/, ''));
    },
  });
}

function requestOf(values: JsonObject, codeHost: CodeHost | undefined, env: NodeJS.ProcessEnv): ReviewRequest {
  const pullRequest = textOf(values, 'pull_request') ?? codeHost?.pullRequest ?? reviewedPullRequest(env);
  const branch = codeHost?.baseBranch ?? env.CI_MERGE_REQUEST_TARGET_BRANCH_NAME;
  return {
    base: textOf(values, 'base') ?? `origin/${branch || 'main'}`,
    pullRequest,
    // People who try a review by themselves are not in each other's way.
    schemaKey: pullRequest ?? `local_${userInfo().username}`,
    commit: codeHost?.commit ?? env.CI_COMMIT_SHA,
    productionTarget: textOf(values, 'production_target'),
    partitions: positiveOf(values, 'partitions') ?? 1,
    mostNodes: positiveOf(values, 'max_nodes'),
    mostMinutes: positiveOf(values, 'max_minutes'),
    failOn: (textOf(values, 'fail_on') ?? 'breaking') as ChangeClass | 'never',
    drop: values.drop === true,
    offline: values.offline === true,
  };
}

const isAddress = (state: string): boolean => /^[a-z]+:\/\//i.test(state);
