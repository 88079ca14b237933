import { error, Problem } from '../../core/index.ts';
import type { Output } from './output.ts';
import { accountOf } from './resolve-target.ts';

/**
 * The token of a target. Beside a client's id and secret, `token` is one to refresh: an access token is asked for with
 * it, as in dbt. Throws `Problem`.
 */
export async function oauthToken(output: Output): Promise<string> {
  const { token, oauth_client_id: id, oauth_client_secret: secret, authenticator, host, port, protocol } = output;
  if (!id || !secret || authenticator?.toLowerCase() !== 'oauth') return token ?? '';
  const address = host
    ? `${protocol ?? 'https'}://${host}${port ? `:${port}` : ''}`
    : `https://${accountOf(output)}.snowflakecomputing.com`;
  const answer = await fetch(`${address}/oauth/token-request`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded;charset=utf-8',
    },
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token ?? '' }),
    signal: AbortSignal.timeout(30_000),
  }).catch(() => undefined);
  const body = (await answer?.json().catch(() => undefined)) as { access_token?: unknown } | undefined;
  if (typeof body?.access_token === 'string') return body.access_token;
  throw new Problem(
    error(
      'snowflake/login',
      `No access token was given for the OAuth client: ${answer ? `HTTP ${answer.status}` : 'no answer'}`,
      {
        hint: "Look at 'oauth_client_id', 'oauth_client_secret' and 'token', which has to be a refresh token.",
      },
    ),
  );
}
