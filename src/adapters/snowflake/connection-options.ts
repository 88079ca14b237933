import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import type { ConnectionOptions } from 'snowflake-sdk';
import { error, Problem } from '../../core/index.ts';
import { authenticatorOf } from './authenticators.ts';
import { oauthToken } from './oauth-token.ts';
import type { Output } from './output.ts';
import { accountOf } from './resolve-target.ts';

/** What the driver is told. Throws `Problem` for a key that cannot be read and a token that cannot be had. */
export async function connectionOptions(output: Output): Promise<ConnectionOptions> {
  const { host, port, protocol } = output;
  const driverName = authenticatorOf(output)?.driverName ?? 'SNOWFLAKE';
  return {
    account: accountOf(output),
    ...(host ? { accessUrl: `${protocol ?? 'https'}://${host}${port ? `:${port}` : ''}` } : {}),
    ...given({
      username: output.user,
      database: output.database,
      schema: output.schema,
      warehouse: output.warehouse,
      role: output.role,
      proxyHost: output.proxy_host,
      proxyPort: output.proxy_port,
      passcode: output.passcode,
      clientSessionKeepAlive: output.client_session_keep_alive,
    }),
    authenticator: driverName,
    ...(await credentials(output, driverName)),
    application: 'Ingot',
    // What is not streamed is sent again by the driver after some errors, so that an insert could be done twice.
    streamResult: true,
    rowMode: 'array',
    fetchAsString: ['Number', 'JSON', 'Buffer'],
    representNullAsStringNull: false,
    sfRetryMaxLoginRetries: 1,
    // Bound values never go through a stage that the driver makes by itself.
    arrayBindingThreshold: 1_000_000_000,
  } as ConnectionOptions;
}

async function credentials(output: Output, driverName: string): Promise<Partial<ConnectionOptions>> {
  switch (driverName) {
    case 'SNOWFLAKE_JWT':
      return { privateKey: privateKeyOf(output) };
    case 'OAUTH':
      return { token: await oauthToken(output) };
    case 'PROGRAMMATIC_ACCESS_TOKEN':
      return given({ token: output.token });
    case 'OAUTH_AUTHORIZATION_CODE':
    case 'OAUTH_CLIENT_CREDENTIALS':
      return given({ oauthClientId: output.oauth_client_id, oauthClientSecret: output.oauth_client_secret });
    case 'WORKLOAD_IDENTITY':
      return given({
        token: output.token,
        workloadIdentityProvider: output.workload_identity_provider?.toUpperCase(),
        workloadIdentityAzureEntraIdResource: output.workload_identity_entra_resource,
      }) as Partial<ConnectionOptions>;
    case 'EXTERNALBROWSER':
    case 'USERNAME_PASSWORD_MFA':
      return {
        ...given({ password: output.password }),
        clientStoreTemporaryCredential: true,
        clientRequestMFAToken: true,
      };
    default:
      return given({ password: output.password });
  }
}

/** An unlocked key, as the driver takes it: profiles have it as a file, as PEM, or as the body of one. */
function privateKeyOf(output: Output): string {
  const { private_key: inline, private_key_path: path, private_key_passphrase: passphrase } = output;
  try {
    const written = inline ?? readFileSync((path ?? '').replace(/^~(?=\/)/, homedir()), 'utf8');
    const isPem = written.includes('-----BEGIN');
    const key = isPem
      ? createPrivateKey({ key: written, format: 'pem', passphrase: passphrase ?? undefined })
      : createPrivateKey({
          key: Buffer.from(written.replace(/\s+/g, ''), 'base64'),
          format: 'der',
          type: 'pkcs8',
          passphrase: passphrase ?? undefined,
        });
    return key.export({ type: 'pkcs8', format: 'pem' }).toString();
  } catch (failure) {
    const code = (failure as { code?: string }).code;
    const where = inline ? "'private_key'" : `'private_key_path' (${path})`;
    const why =
      code === 'ENOENT' ? 'there is no such file' : 'it is not an RSA key in PKCS#8 form, or the passphrase is wrong';
    throw new Problem(
      error('snowflake/private-key', `The private key in ${where} cannot be used: ${why}`, {
        hint: 'A key that is locked needs private_key_passphrase.',
      }),
    );
  }
}

function given<T extends object>(options: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  ) as { [K in keyof T]?: NonNullable<T[K]> };
}
