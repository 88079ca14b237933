import { didYouMeanHint, error, type TargetDiagnostic } from '../../core/index.ts';
import type { Output } from './output.ts';

interface Authenticator {
  /** What the driver calls it. */
  readonly driverName: string;
  /** Keys that it cannot do without; of a list in the list, one is enough. */
  readonly needs: readonly (keyof Output | readonly (keyof Output)[])[];
}

const keyPair: Authenticator = { driverName: 'SNOWFLAKE_JWT', needs: ['user', ['private_key', 'private_key_path']] };

/** The ways to log in, under the names that profiles give them. */
const authenticators: Readonly<Record<string, Authenticator>> = {
  snowflake: { driverName: 'SNOWFLAKE', needs: ['user', 'password'] },
  snowflake_jwt: keyPair,
  externalbrowser: { driverName: 'EXTERNALBROWSER', needs: ['user'] },
  username_password_mfa: { driverName: 'USERNAME_PASSWORD_MFA', needs: ['user', 'password'] },
  oauth: { driverName: 'OAUTH', needs: ['token'] },
  // In dbt, a token that is sent as it is, whoever made it.
  jwt: { driverName: 'OAUTH', needs: ['token'] },
  programmatic_access_token: { driverName: 'PROGRAMMATIC_ACCESS_TOKEN', needs: ['token'] },
  oauth_authorization_code: { driverName: 'OAUTH_AUTHORIZATION_CODE', needs: [] },
  oauth_client_credentials: {
    driverName: 'OAUTH_CLIENT_CREDENTIALS',
    needs: ['oauth_client_id', 'oauth_client_secret'],
  },
  workload_identity: { driverName: 'WORKLOAD_IDENTITY', needs: ['workload_identity_provider'] },
};

const okta: Authenticator = { driverName: 'OKTA', needs: ['user', 'password'] };

/** How to log in. A key without an `authenticator` means a key pair, as in dbt. */
export function authenticatorOf(output: Output): Authenticator | undefined {
  const name = output.authenticator?.toLowerCase();
  if (!name) return output.private_key || output.private_key_path ? keyPair : authenticators.snowflake;
  if (/^https:\/\/[^/]+\.okta\.com/.test(name)) return { ...okta, driverName: output.authenticator ?? '' };
  if (name === 'snowflake' && (output.private_key || output.private_key_path) && !output.password) return keyPair;
  return authenticators[name];
}

/** What stands in the way of logging in. The driver would take an unknown name for a password login. */
export function authenticationProblems(output: Output): readonly TargetDiagnostic[] {
  const authenticator = authenticatorOf(output);
  if (authenticator === undefined) {
    const names = Object.keys(authenticators);
    const hint = didYouMeanHint(String(output.authenticator), names) ?? `Known: ${names.join(', ')}, or an Okta URL`;
    const message = `There is no authenticator '${output.authenticator}'`;
    return [{ ...error('snowflake/authenticator', message, { hint }), at: ['authenticator'] }];
  }
  const isGiven = (key: keyof Output): boolean => Boolean(output[key]);
  const missing = authenticator.needs.filter((need) =>
    typeof need === 'string' ? !isGiven(need) : !need.some(isGiven),
  );
  const way = output.authenticator ? `The authenticator '${output.authenticator}'` : 'Logging in';
  return [
    ...missing.map((need) => missingKey(`${way} needs '${[need].flat().join("' or '")}'`)),
    ...providerProblems(output, authenticator),
  ];
}

const providers = ['AWS', 'AZURE', 'GCP', 'OIDC'];

function providerProblems({ workload_identity_provider: provider }: Output, { driverName }: Authenticator) {
  if (driverName !== 'WORKLOAD_IDENTITY' || !provider || providers.includes(provider.toUpperCase())) return [];
  const hint = didYouMeanHint(provider.toUpperCase(), providers) ?? `One of ${providers.join(', ')}`;
  const message = `There is no workload identity provider '${provider}'`;
  return [{ ...error('snowflake/authenticator', message, { hint }), at: ['workload_identity_provider'] }];
}

export function missingKey(message: string): TargetDiagnostic {
  return error('snowflake/missing-key', message);
}
