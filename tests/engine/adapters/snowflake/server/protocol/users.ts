import { createHash, createPublicKey, createVerify, type KeyObject } from 'node:crypto';
import { SqlError } from '../errors.ts';

/** A user of the account, with every way in that it has. */
export interface User {
  readonly name: string;
  readonly password?: string;
  /** The public key in PEM, for key-pair login. */
  readonly publicKey?: string;
  /** OAuth tokens that are good. */
  readonly oauthTokens?: readonly string[];
  /** Programmatic access tokens that are good. */
  readonly accessTokens?: readonly string[];
  readonly role?: string;
  readonly warehouse?: string;
}

/** What a login request says. */
export interface Credentials {
  readonly LOGIN_NAME?: string;
  readonly PASSWORD?: string;
  readonly AUTHENTICATOR?: string;
  readonly TOKEN?: string;
}

const incorrect = (): SqlError => new SqlError('390100', '08001', 'Incorrect username or password was specified.');
const badToken = (code: string, message: string): SqlError => new SqlError(code, '08001', message);

/** The user that the credentials prove; an error as the account gives it otherwise. */
export function authenticate(account: string, users: readonly User[], given: Credentials): User {
  const method = (given.AUTHENTICATOR ?? 'SNOWFLAKE').toUpperCase();
  if (method === 'OAUTH') return byToken(users, 'oauthTokens', given, '390303', 'Invalid OAuth access token.');
  if (method === 'PROGRAMMATIC_ACCESS_TOKEN') {
    return byToken(users, 'accessTokens', given, '394400', 'Programmatic access token is invalid.');
  }
  const user = users.find(({ name }) => name.toUpperCase() === given.LOGIN_NAME?.toUpperCase());
  if (method === 'SNOWFLAKE_JWT') return byKey(account, user, given.TOKEN ?? '');
  if (method === 'SNOWFLAKE' || method === 'USERNAME_PASSWORD_MFA') {
    if (!user?.password || user.password !== given.PASSWORD) throw incorrect();
    return user;
  }
  throw badToken('390102', `Authenticator '${method}' is not supported by the test server.`);
}

function byToken(
  users: readonly User[],
  kind: 'oauthTokens' | 'accessTokens',
  given: Credentials,
  code: string,
  message: string,
): User {
  const user = users.find((one) => one[kind]?.includes(given.TOKEN ?? ''));
  if (!user) throw badToken(code, message);
  if (given.LOGIN_NAME && given.LOGIN_NAME.toUpperCase() !== user.name.toUpperCase()) {
    throw badToken(
      '390309',
      'The user you were trying to authenticate as differs from the user tied to the access token.',
    );
  }
  return user;
}

const invalidJwt = (): SqlError => badToken('390144', 'JWT token is invalid.');

function byKey(account: string, user: User | undefined, token: string): User {
  const [head = '', body = '', signature = ''] = token.split('.');
  if (!user?.publicKey) throw invalidJwt();
  const key = createPublicKey(user.publicKey);
  const verifier = createVerify('RSA-SHA256').update(`${head}.${body}`);
  if (!verifier.verify(key, Buffer.from(signature, 'base64url'))) throw invalidJwt();
  const claims: unknown = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
  const subject = `${account}.${user.name}`.toUpperCase();
  const said = claims as { iss?: string; sub?: string; exp?: number };
  if (said.iss !== `${subject}.${fingerprint(key)}` || said.sub !== subject) throw invalidJwt();
  // The driver counts in milliseconds where the standard has seconds.
  const expires = (said.exp ?? 0) > 1e11 ? (said.exp ?? 0) : (said.exp ?? 0) * 1000;
  if (expires < Date.now()) throw invalidJwt();
  return user;
}

const fingerprint = (key: KeyObject): string =>
  `SHA256:${createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('base64')}`;
