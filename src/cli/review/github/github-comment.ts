import { z } from 'zod';
import { type GitHubRequest, NotAllowed, NotFound } from './github-answer.ts';
import type { GitHubApi } from './github-api.ts';

const commentShape = z.looseObject({
  id: z.number(),
  body: z.string().nullish(),
  user: z.looseObject({ login: z.string(), type: z.string().nullish() }).nullish(),
});
const nothing = z.unknown();

type Comment = z.infer<typeof commentShape>;

/**
 * Makes the one comment that begins with a marker, or writes it anew. Two runs at once may both find none and both make
 * one: whoever finds two afterwards keeps the older, and so both keep the same. Comments of others stay as they are,
 * whatever they begin with.
 *
 * @param body begins with the marker.
 */
export async function putComment(
  api: GitHubApi,
  { pullRequest, marker, body }: { readonly pullRequest: string; readonly marker: string; readonly body: string },
): Promise<void> {
  const comments = `/issues/${pullRequest}/comments`;
  const asking = (method: GitHubRequest['method'], path: string, content?: object): GitHubRequest => ({
    method,
    path,
    body: content,
    purpose: `The comment on pull request ${pullRequest} could not be written`,
    permission: 'pull-requests: write',
  });
  const find = async (): Promise<readonly Comment[]> => {
    const all = await api.list(asking('GET', comments), commentShape);
    const marked = all.filter((comment) => comment.body?.startsWith(marker));
    if (marked.length === 0) return [];
    const isOwn = await ownership(api, asking('GET', '/user'));
    return marked.filter(isOwn).sort((one, other) => one.id - other.id);
  };
  const update = (id: number): Promise<boolean> =>
    unlessGone(api.ask(asking('PATCH', `/issues/comments/${id}`, { body }), nothing));
  const remove = (id: number): Promise<boolean> =>
    unlessGone(api.ask(asking('DELETE', `/issues/comments/${id}`), nothing));

  const [first, ...rest] = await find();
  if (first && (await update(first.id))) {
    for (const { id } of rest) await remove(id);
    return;
  }
  const made = await api.ask(asking('POST', comments, { body }), commentShape);
  const [oldest, ...younger] = await find();
  if (oldest && oldest.id !== made.id) await update(oldest.id);
  for (const { id } of younger) await remove(id);
}

/** Tells a token's own comments. The token of a job is no user's, and does not know its name: a bot's then. */
async function ownership(api: GitHubApi, request: GitHubRequest): Promise<(comment: Comment) => boolean> {
  try {
    const { login } = await api.ask(request, z.looseObject({ login: z.string() }));
    return ({ user }) => user?.login === login;
  } catch (failure) {
    if (failure instanceof NotAllowed || failure instanceof NotFound) return ({ user }) => user?.type === 'Bot';
    throw failure;
  }
}

/** Another run may have deleted it in the meantime. */
async function unlessGone(asked: Promise<unknown>): Promise<boolean> {
  try {
    await asked;
    return true;
  } catch (failure) {
    if (failure instanceof NotFound) return false;
    throw failure;
  }
}
