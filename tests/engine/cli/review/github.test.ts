import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CodeHost } from '../../../../src/cli/review/code-host.ts';
import { openCodeHost } from '../../../../src/cli/review/open-code-host.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { GitHubServer } from './github-server.ts';
import { richReview as review } from './rich-review.ts';

const commit = 'abcdef0123456789abcdef0123456789abcdef01';
const marker = '<!-- ingot-ci:shop -->';
const now = new Date('2026-11-21T12:00:00Z');

let server: GitHubServer;
let folder: string;
let printed: string[];
let waits: number[];

beforeEach(async () => {
  server = await GitHubServer.start();
  folder = temporaryFolder();
  printed = [];
  waits = [];
});

afterEach(() => server.stop());

function openHost(change: NodeJS.ProcessEnv = {}): CodeHost {
  const host = openCodeHost({
    env: { ...server.env({ pullRequest: 7, commit }, folder), ...change },
    fetch: globalThis.fetch,
    now: () => now,
    signal: new AbortController().signal,
    wait: async (milliseconds) => void waits.push(milliseconds),
    print: (line) => void printed.push(line),
  });
  if (!host) throw new Error('there is no host');
  return host;
}

const own = (): string[] => server.comments.filter(({ body }) => body.startsWith(marker)).map(({ body }) => body);
const codes = (diagnostics: readonly { readonly code: string; readonly severity: string }[]): string[] =>
  diagnostics.map(({ severity, code }) => `${severity} ${code}`);

test('outside of GitHub there is no host', () => {
  const world = { fetch, now: () => now, signal: new AbortController().signal, print: () => {} };
  expect(openCodeHost({ ...world, env: {} })).toBeUndefined();
  expect(openCodeHost({ ...world, env: { GITHUB_REPOSITORY: 'no name' } })).toBeUndefined();
});

describe('what the run says', () => {
  test('the event names the pull request and its own commit, not the merge', () => {
    expect(openHost()).toMatchObject({ name: 'GitHub', pullRequest: '7', commit, baseBranch: 'main' });
  });

  test('without an event the ref names the pull request', () => {
    const host = openHost({ GITHUB_EVENT_PATH: join(folder, 'none.json') });
    expect(host).toMatchObject({ pullRequest: '7', commit: 'f'.repeat(40), baseBranch: 'main' });
    expect(openHost({ GITHUB_EVENT_PATH: '', GITHUB_REF: 'refs/heads/main' }).pullRequest).toBeUndefined();
  });

  test('places link to the commit', () => {
    const { place } = openHost().links;
    expect(place?.({ file: 'models/a b#.sql', line: 3 })).toBe(
      `https://github.example/acme/shop/blob/${commit}/models/a%20b%23.sql#L3`,
    );
  });
});

test('a review is announced, and reported with annotations, summary, comment and status', async () => {
  const host = openHost();
  expect(await host.announce('shop')).toEqual([]);
  expect(server.statuses).toMatchObject([{ sha: commit, state: 'pending', context: 'ingot/shop' }]);
  expect(await host.report(review, {})).toEqual([]);
  expect(server.statuses[1]).toEqual({
    sha: commit,
    state: 'failure',
    context: 'ingot/shop',
    description: review.verdict.text,
    target_url: 'https://github.example/acme/shop/actions/runs/99',
  });
  expect(own()).toHaveLength(1);
  expect(own()[0]).toContain('## ❌ Failed: 1 breaking change');
  expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toBe(own()[0]);
  expect(printed[0]).toMatch(/^::error file=/);
});

test('a run for no pull request leaves comments alone and says the rest', async () => {
  const host = openHost({ GITHUB_EVENT_PATH: '', GITHUB_REF: 'refs/heads/main' });
  expect(await host.report(review, {})).toEqual([]);
  expect(server.comments).toEqual([]);
  expect(server.statuses).toMatchObject([{ sha: 'f'.repeat(40), state: 'failure' }]);
});

describe('the comment', () => {
  test('is written anew by the next run, wherever it stands among others', async () => {
    for (let count = 0; count < 230; count += 1) server.addComment(7, `No. ${count}`, { login: 'ada', type: 'User' });
    server.comments.splice(210, 0, { id: 900, issue: 7, author: server.author, body: `${marker}\nold` });
    expect(await openHost().comment(review, {})).toEqual([]);
    expect(server.comments).toHaveLength(231);
    expect(server.comments[210]?.body).toContain('## ❌ Failed');
    const lists = server.requests.filter(({ method, path }) => method === 'GET' && path.includes('comments'));
    expect(lists).toHaveLength(3);
  });

  test('is one for each project', async () => {
    await openHost().comment(review, {});
    await openHost().comment({ ...review, project: 'shop2' }, {});
    expect(server.comments).toHaveLength(2);
  });

  test('of somebody else is never touched, even if it begins with the marker', async () => {
    server.addComment(7, `${marker}\nAll is well`, { login: 'mallory', type: 'User' });
    await openHost().comment(review, {});
    expect(server.comments.map(({ author }) => author.login)).toEqual(['mallory', 'github-actions[bot]']);
    expect(server.comments[0]?.body).toBe(`${marker}\nAll is well`);
  });

  test("is found by a user's token among those of that user", async () => {
    server.author = { login: 'ada', type: 'User' };
    server.addComment(7, `${marker}\nof a bot`, { login: 'other[bot]', type: 'Bot' });
    await openHost().comment(review, {});
    await openHost().comment(review, {});
    expect(server.comments.map(({ author }) => author.login)).toEqual(['other[bot]', 'ada']);
  });

  test('stays one when another run makes one at the same time', async () => {
    server.beforeNext({ method: 'POST', path: /comments$/ }, () => server.addComment(7, `${marker}\nof the other run`));
    await openHost().comment(review, {});
    expect(own()).toHaveLength(1);
    expect(own()[0]).toContain('## ❌ Failed');
  });

  test('stays one when two runs race for it', async () => {
    await Promise.all(Array.from({ length: 5 }, () => openHost().comment(review, {})));
    expect(own()).toHaveLength(1);
    expect(own()[0]).toContain('## ❌ Failed');
  });

  test('stays one when the answer to its making is lost', async () => {
    server.fail({ method: 'POST', path: /comments$/, status: 502, done: true });
    expect(await openHost().comment(review, {})).toEqual([]);
    expect(own()).toHaveLength(1);
  });

  test('is made again if somebody deletes it while it is written', async () => {
    server.addComment(7, `${marker}\nold`);
    server.beforeNext({ method: 'PATCH', path: /comments/ }, () => void server.comments.splice(0));
    expect(await openHost().comment(review, {})).toEqual([]);
    expect(own()).toHaveLength(1);
  });

  test('takes the place of duplicates that an earlier run has left', async () => {
    for (const text of ['one', 'two', 'three']) server.addComment(7, `${marker}\n${text}`);
    await openHost().comment(review, {});
    expect(own()).toHaveLength(1);
    expect(server.comments[0]?.id).toBe(1001);
  });
});

describe('when GitHub does not do what it is asked', () => {
  test("a fork's token may not write: that is a warning, and the rest goes on", async () => {
    const body = { message: 'Resource not accessible by integration' };
    server.fail({ method: 'POST', path: /comments$/, status: 403, body });
    const diagnostics = await openHost().report(review, {});
    expect(codes(diagnostics)).toEqual(['warning cli/host-permission']);
    expect(diagnostics[0]?.message).toContain('comment on pull request 7');
    expect(diagnostics[0]?.hint).toContain('pull-requests: write');
    expect(server.statuses).toMatchObject([{ state: 'failure' }]);
    expect(waits).toEqual([]);
  });

  test('a gateway that fails is asked again', async () => {
    server.fail({ method: 'GET', path: /comments$/, status: 502, times: 2 });
    server.fail({ method: 'POST', path: /statuses/, status: 503 });
    expect(await openHost().report(review, {})).toEqual([]);
    expect(waits).toHaveLength(3);
  });

  test('one that fails for good is given up', async () => {
    server.fail({ method: 'POST', path: /statuses/, status: 502, times: 100 });
    expect(codes(await openHost().announce('shop'))).toEqual(['warning cli/host-answer']);
    expect(server.requests).toHaveLength(4);
  });

  test('a limit is waited for as long as it says', async () => {
    server.fail({ method: 'POST', path: /statuses/, status: 429, headers: { 'retry-after': '7' } });
    const reset = String(now.getTime() / 1000 + 11);
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
    server.fail({ method: 'POST', path: /statuses/, status: 403, headers });
    const body = { message: 'You have exceeded a secondary rate limit' };
    server.fail({ method: 'POST', path: /statuses/, status: 403, body });
    expect(await openHost().announce('shop')).toEqual([]);
    expect(waits).toEqual([7000, 11_000, 4000]);
  });

  test('a limit that lasts too long is not waited for', async () => {
    server.fail({ method: 'POST', path: /statuses/, status: 429, headers: { 'retry-after': '3600' } });
    expect(codes(await openHost().announce('shop'))).toEqual(['warning cli/host-limit']);
    expect(waits).toEqual([]);
  });

  test('without a token it says so once', async () => {
    const host = openHost({ GITHUB_TOKEN: '' });
    expect(codes([...(await host.announce('shop')), ...(await host.report(review, {}))])).toEqual([
      'warning cli/host-token',
    ]);
    expect(server.requests).toEqual([]);
    expect(printed).not.toEqual([]);
  });

  test('a wrong token is told and never shown', async () => {
    const [told] = await openHost({ GITHUB_TOKEN: 'ghs_wrong' }).announce('shop');
    expect(told).toMatchObject({ code: 'cli/host-token', severity: 'warning' });
    server.fail({ method: 'POST', path: /statuses/, status: 500, times: 9, body: { message: `for ${server.token}` } });
    const unsafe = [
      ...(await openHost().announce('shop')),
      ...(await openHost({ GITHUB_TOKEN: 'ghs_broken\ntoken' }).announce('shop')),
    ];
    expect(codes(unsafe)).toEqual(['warning cli/host-answer', 'warning cli/host-unreachable']);
    expect(JSON.stringify(unsafe)).not.toMatch(/ghs_/);
  });

  test('nobody answers', async () => {
    const host = openHost({ GITHUB_API_URL: 'http://127.0.0.1:9' });
    const diagnostics = await host.report(review, {});
    expect(codes(diagnostics)).toEqual(['warning cli/host-unreachable', 'warning cli/host-unreachable']);
  });

  test('an answer in another shape is no crash', async () => {
    server.fail({ method: 'GET', path: /comments$/, status: 200, body: { message: 'a page of a proxy' } });
    expect(codes(await openHost().comment(review, {}))).toEqual(['warning cli/host-answer']);
  });

  test('a summary that cannot be written is a warning', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const host = openHost({ GITHUB_STEP_SUMMARY: join(file, 'summary.md') });
    expect(codes(host.summarize(review, {}))).toEqual(['warning ingot/file']);
  });
});

test('a review that did not come about sets the status to error', async () => {
  await openHost().fail('shop', `The project cannot be read: ${'x'.repeat(300)}`);
  expect(server.statuses).toMatchObject([{ state: 'error', context: 'ingot/shop' }]);
  expect(server.statuses[0]?.description).toHaveLength(140);
});

test('a run that is stopped still says that no review came about', async () => {
  const stop = new AbortController();
  const env = server.env({ pullRequest: 7, commit }, folder);
  const host = openCodeHost({ env, fetch, now: () => now, signal: stop.signal, print: () => {} });
  server.fail({ method: 'POST', path: /statuses/, status: 502 });
  stop.abort();
  expect(codes((await host?.announce('shop')) ?? [])).toEqual(['warning cli/host-unreachable']);
  expect(await host?.fail('shop', 'stopped')).toEqual([]);
  expect(server.statuses).toMatchObject([{ state: 'error', description: 'stopped' }]);
});

test('closed pull requests are told from open ones and from unknown ones', async () => {
  server.pulls.set(1, 'open').set(2, 'closed');
  expect(await openHost().closed(['1', '2', '3'])).toEqual({ closed: ['2'], diagnostics: [] });
});

test('the summary leaves room for what other commands of the step have written', async () => {
  const used = 1024 * 1024 - 2000;
  writeFileSync(join(folder, 'summary.md'), 'x'.repeat(used));
  expect(openHost().summarize(review, {})).toEqual([]);
  const text = readFileSync(join(folder, 'summary.md'));
  expect(text.length).toBeLessThanOrEqual(1024 * 1024);
  expect(text.subarray(used).toString()).toContain('❌');
});
