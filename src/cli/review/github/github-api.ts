import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { Problem } from '../../../core/index.ts';
import { shorten } from '../../texts/amounts.ts';
import type { HostWorld } from '../code-host.ts';
import { type Answer, type GitHubRequest, jsonOf, noToken, problemOf, tooMany, unexpected } from './github-answer.ts';
import type { GitHubRun } from './github-run.ts';

const attempts = 4;
const timeout = 30_000;
/** Longest wait for a limit of requests to end: a build should not stand still for longer. */
const longestWait = 60_000;
/** Of a list: GitHub gives no more. */
const pageSize = 100;
/** Of what the host says of an error. */
const longestMessage = 300;

/** Talks to GitHub. Throws `Problem` with a warning for everything that is not answered as it should. */
export interface GitHubApi {
  /** Undefined for an answer without content. */
  ask<Shape>(request: GitHubRequest, shape: z.ZodType<Shape>): Promise<Shape>;
  /** All pages of a list. */
  list<Shape>(request: GitHubRequest, shape: z.ZodType<Shape>): Promise<readonly Shape[]>;
}

export function githubApi(run: GitHubRun, world: HostWorld): GitHubApi {
  const { signal } = world;
  // Whoever stops the run ends the wait; the next attempt says so.
  const wait = world.wait ?? ((milliseconds) => sleep(milliseconds, undefined, { signal }).catch(() => undefined));
  const { token } = run;
  /** What comes from outside may say the token, and then nobody is told. */
  const safe = (text: string): string =>
    shorten(token === undefined ? text : text.replaceAll(token, '***'), longestMessage);

  const send = async (request: GitHubRequest): Promise<Answer> => {
    if (token === undefined) throw new Problem(noToken(request));
    for (let attempt = 1; ; attempt += 1) {
      const answer = await fetchOnce(request, token);
      if (answer.kind === 'answer' && answer.status < 300) return answer;
      const pause = pauseAfter(answer, attempt, world.now());
      if (pause === undefined || attempt === attempts || signal.aborted) throw problemOf(request, answer, safe);
      if (pause > longestWait) throw new Problem(tooMany(request, pause));
      await wait(pause);
    }
  };

  const fetchOnce = async ({ method, path, body }: GitHubRequest, bearer: string): Promise<Answer> => {
    const url = path.startsWith('/user') ? `${run.apiUrl}${path}` : `${run.apiUrl}/repos/${run.repository}${path}`;
    try {
      const response = await world.fetch(url, {
        method,
        headers: {
          accept: 'application/vnd.github+json',
          authorization: `Bearer ${bearer}`,
          'x-github-api-version': '2022-11-28',
          'user-agent': 'ingot',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
      });
      const text = await response.text();
      return { kind: 'answer', status: response.status, headers: response.headers, text };
    } catch (failure) {
      return { kind: 'silence', reason: reasonOf(failure) };
    }
  };

  const read = <Shape>(request: GitHubRequest, answer: Answer, shape: z.ZodType<Shape>): Shape => {
    const result = shape.safeParse(jsonOf(answer));
    if (result.success) return result.data;
    throw new Problem(unexpected(request, 'its answer is not what it should be'));
  };

  return {
    ask: async (request, shape) => read(request, await send(request), shape),
    async list(request, shape) {
      const found: z.infer<typeof shape>[] = [];
      for (let page = 1; ; page += 1) {
        const path = `${request.path}?per_page=${pageSize}&page=${page}`;
        const answer = await send({ ...request, path });
        found.push(...read(request, answer, shape.array()));
        if (answer.kind === 'silence' || !/rel="next"/.test(answer.headers.get('link') ?? '')) return found;
      }
    },
  };
}

/** How long to wait before the next attempt, in milliseconds; undefined where another would end the same. */
function pauseAfter(answer: Answer, attempt: number, now: Date): number | undefined {
  const usual = 500 * 2 ** attempt;
  if (answer.kind === 'silence') return usual;
  const { status, headers } = answer;
  const saysLimit = headers.has('retry-after') || isUsedUp(headers) || /rate limit/i.test(answer.text);
  const isLimit = status === 429 || (status === 403 && saysLimit);
  if (isLimit) return limitPause(headers, now) ?? usual;
  return [500, 502, 503, 504].includes(status) ? usual : undefined;
}

const isUsedUp = (headers: Headers): boolean => headers.get('x-ratelimit-remaining') === '0';

function limitPause(headers: Headers, now: Date): number | undefined {
  const after = headers.get('retry-after');
  if (after !== null && /^\d+$/.test(after)) return Number(after) * 1000;
  const reset = headers.get('x-ratelimit-reset');
  if (!isUsedUp(headers) || reset === null || !/^\d+$/.test(reset)) return undefined;
  return Math.max(1000, Number(reset) * 1000 - now.getTime());
}

/** The reason of a failed fetch is in its cause. */
function reasonOf(failure: unknown): string {
  if (!(failure instanceof Error)) return String(failure);
  const { cause } = failure;
  if (!(cause instanceof Error)) return failure.message;
  return cause.message || ((cause as NodeJS.ErrnoException).code ?? failure.message);
}
