import { appendFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { type Diagnostic, fileProblem, Problem, type Review, warning } from '../../../core/index.ts';
import { shorten } from '../../texts/amounts.ts';
import type { CodeHost, CommitState, HostWorld } from '../code-host.ts';
import { commentMarker, markdownReport } from '../markdown-report.ts';
import { type FoundPlace, fileAddress, type ReportContext, type ReportLinks } from '../report-context.ts';
import { NotFound } from './github-answer.ts';
import { type GitHubApi, githubApi } from './github-api.ts';
import { putComment } from './github-comment.ts';
import type { GitHubRun } from './github-run.ts';
import { workflowCommands } from './workflow-commands.ts';

/** Longest text of a status. */
const longestStatus = 140;
/** Milliseconds that a run has to say that it failed, before the host ends it. */
const longestFarewell = 5000;
/** Bytes of the summary of a step. */
const longestSummary = 1024 * 1024;

/** GitHub, or GitHub Enterprise: annotations, the summary of the run, one comment and a commit status. */
export function githubHost(run: GitHubRun, world: HostWorld): CodeHost {
  const api = githubApi(run, world);
  const links = linksOf(run);
  const linked = (context: ReportContext): ReportContext => ({ ...context, links: context.links ?? links });
  const told = new Set<string>();
  /** Whatever goes wrong on the way is told, each thing once. */
  const attempt = async (step: () => Promise<void>): Promise<readonly Diagnostic[]> => {
    try {
      await step();
      return [];
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      const fresh = failure.diagnostics.filter((diagnostic) => !told.has(repeated(diagnostic)));
      for (const diagnostic of fresh) told.add(repeated(diagnostic));
      return fresh;
    }
  };
  const host: CodeHost = {
    name: 'GitHub',
    pullRequest: run.pullRequest,
    commit: run.commit,
    baseBranch: run.baseBranch,
    links,
    announce: (project) => host.status(project, 'pending', 'The review is under way'),
    fail: (project, reason) =>
      attempt(async () => {
        // Also of a run that was stopped: a status must not stay pending.
        const lastWord = githubApi(run, { ...world, signal: AbortSignal.timeout(longestFarewell) });
        await setStatus(lastWord, run, project, 'error', reason);
      }),
    async report(review, context) {
      const { status, text } = review.verdict;
      host.annotate(review, context);
      return [
        ...host.summarize(review, context),
        ...(await host.comment(review, context)),
        ...(await host.status(review.project, status === 'passed' ? 'success' : 'failure', text)),
      ];
    },
    annotate(review, context) {
      if (run.takesCommands) for (const line of workflowCommands(review, context)) world.print(line);
    },
    summarize: (review, context) => summarize(run, review, linked(context)),
    comment: (review, context) =>
      attempt(async () => {
        const { pullRequest } = run;
        if (pullRequest === undefined) return;
        const body = markdownReport(review, linked(context));
        await putComment(api, { pullRequest, marker: commentMarker(review.project), body });
      }),
    status: (project, state, text) =>
      attempt(async () => {
        await setStatus(api, run, project, state, text);
      }),
    closed: async (pullRequests) => {
      const closed: string[] = [];
      const diagnostics = await attempt(async () => {
        for (const pullRequest of pullRequests) if (await isClosed(api, pullRequest)) closed.push(pullRequest);
      });
      return { closed, diagnostics };
    },
  };
  return host;
}

/** What is told once: of the token, whatever it was needed for. */
const repeated = ({ code, message }: Diagnostic): string => (code === 'cli/host-token' ? code : message);

function linksOf({ serverUrl, repository, commit, page }: GitHubRun): ReportLinks {
  const place = ({ file, line }: FoundPlace): string =>
    `${serverUrl}/${repository}/blob/${commit}/${fileAddress(file)}${line === undefined ? '' : `#L${line}`}`;
  return { place: commit === undefined ? undefined : place, run: page };
}

function summarize({ summaryFile }: GitHubRun, review: Review, context: ReportContext): readonly Diagnostic[] {
  if (summaryFile === undefined) return [];
  try {
    const used = statSync(summaryFile, { throwIfNoEntry: false })?.size ?? 0;
    appendFileSync(summaryFile, markdownReport(review, context, { most: longestSummary - used, unit: 'bytes' }));
    return [];
  } catch (failure) {
    const refused = fileProblem(failure);
    if (!refused) throw failure;
    return [warning(refused.code, refused.message, { hint: 'GITHUB_STEP_SUMMARY names the file' })];
  }
}

async function setStatus(
  api: GitHubApi,
  { commit, page }: GitHubRun,
  project: string,
  state: CommitState,
  text: string,
): Promise<void> {
  if (commit === undefined) return;
  await api.ask(
    {
      method: 'POST',
      path: `/statuses/${commit}`,
      body: {
        state,
        context: `ingot/${project}`,
        description: shorten(text.replace(/\s+/g, ' '), longestStatus),
        ...(page === undefined ? {} : { target_url: page }),
      },
      purpose: `The status of commit ${commit.slice(0, 8)} could not be set`,
      permission: 'statuses: write',
    },
    z.unknown(),
  );
}

async function isClosed(api: GitHubApi, pullRequest: string): Promise<boolean> {
  try {
    const { state } = await api.ask(
      {
        method: 'GET',
        path: `/pulls/${encodeURIComponent(pullRequest)}`,
        purpose: `Pull request ${pullRequest} could not be looked up`,
        permission: 'pull-requests: read',
      },
      z.looseObject({ state: z.string() }),
    );
    return state === 'closed';
  } catch (failure) {
    if (failure instanceof NotFound) return false;
    throw failure;
  }
}
