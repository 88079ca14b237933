import { describe, expect, test } from 'vitest';
import snowflake from '../../../../src/adapters/snowflake/index.ts';
import type { Json } from '../../../../src/core/index.ts';

const target: Record<string, Json> = {
  type: 'snowflake',
  account: 'acme_eu',
  user: 'ada',
  password: 'pa55word',
  role: 'TRANSFORMER',
  warehouse: 'COMPUTE_WH',
  database: 'analytics',
  schema: 'dev',
};

const resolve = (change: Record<string, Json | undefined> = {}) => {
  const written = Object.entries({ ...target, ...change }).filter(([, value]) => value !== undefined);
  return snowflake.resolveTarget(Object.fromEntries(written) as Record<string, Json>, '/project');
};

const problems = (change: Record<string, Json | undefined>) =>
  resolve(change).diagnostics.map(({ code, severity, at, message, hint }) => ({
    code,
    severity,
    key: at?.[0],
    text: `${message} ${hint ?? ''}`,
  }));

test("a profile with dbt's keys is taken as it is", () => {
  const resolved = resolve({
    threads: 4,
    client_session_keep_alive: 'False',
    query_tag: 'dbt',
    connect_retries: '2',
    connect_timeout: 10,
    reuse_connections: true,
  });
  expect(resolved.diagnostics).toEqual([]);
  expect(resolved).toMatchObject({ database: 'analytics', schema: 'dev' });
});

test('what may be shown has no secrets, and the account as it stands in an address', () => {
  const { visible } = resolve({
    token: 't0ken',
    private_key: 'k3y',
    private_key_passphrase: 'phr4se',
    oauth_client_secret: 's3cret',
  });
  expect(visible).toMatchObject({ type: 'snowflake', account: 'acme-eu', user: 'ada', role: 'TRANSFORMER' });
  for (const secret of ['pa55word', 't0ken', 'k3y', 'phr4se', 's3cret'])
    expect(JSON.stringify(visible)).not.toContain(secret);
});

describe('what is missing or wrong is told with its key, never with its value', () => {
  test.each([
    ['an account', { account: undefined }, { code: 'snowflake/missing-key', text: /'account'/ }],
    ['a schema', { schema: undefined }, { code: 'snowflake/missing-key', text: /'schema'/ }],
    ['a password', { password: undefined }, { code: 'snowflake/missing-key', text: /'password'/ }],
    ['a token', { authenticator: 'oauth' }, { code: 'snowflake/missing-key', text: /'oauth' needs 'token'/ }],
    [
      'a key',
      { authenticator: 'snowflake_jwt' },
      { code: 'snowflake/missing-key', text: /'private_key' or 'private_key_path'/ },
    ],
    [
      'a provider',
      { authenticator: 'workload_identity' },
      { code: 'snowflake/missing-key', text: /'workload_identity_provider'/ },
    ],
  ])('%s', (_, change, { code, text }) => {
    const [problem, ...others] = problems(change);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code, severity: 'error' });
    expect(problem?.text).toMatch(text);
  });

  test('an authenticator that does not exist is refused, where the driver would send the password', () => {
    const [problem] = problems({ authenticator: 'externalbrowse' });
    expect(problem).toMatchObject({ code: 'snowflake/authenticator', severity: 'error', key: 'authenticator' });
    expect(problem?.text).toContain("Did you mean 'externalbrowser'?");
  });

  test('a key of another name is ignored, with a hint', () => {
    const [problem] = problems({ warehose: 'x' });
    expect(problem).toMatchObject({ code: 'snowflake/unknown-key', severity: 'warning', key: 'warehose' });
    expect(problem?.text).toContain("Did you mean 'warehouse'?");
  });

  test('a value of another type', () => {
    const [problem] = problems({ port: 'p0rt' });
    expect(problem).toMatchObject({ code: 'snowflake/invalid-key', key: 'port' });
    expect(problem?.text).not.toContain('p0rt');
  });

  test('a key without effect', () => {
    expect(problems({ insecure_mode: true })).toMatchObject([{ code: 'snowflake/no-effect', severity: 'warning' }]);
  });
});

test.each([
  ['a key pair, without an authenticator', { password: undefined, private_key_path: 'keys/rsa.p8' }],
  ['a key pair', { password: undefined, authenticator: 'snowflake_jwt', private_key: 'MII' }],
  ['the browser', { password: undefined, authenticator: 'externalbrowser' }],
  ['a second factor', { authenticator: 'username_password_mfa', passcode: '123456' }],
  ['OAuth', { user: undefined, password: undefined, authenticator: 'oauth', token: 't' }],
  ['a programmatic access token', { password: undefined, authenticator: 'programmatic_access_token', token: 't' }],
  ['a token of others', { user: undefined, password: undefined, authenticator: 'jwt', token: 't' }],
  [
    'a workload identity',
    { user: undefined, password: undefined, authenticator: 'WORKLOAD_IDENTITY', workload_identity_provider: 'aws' },
  ],
  ['Okta', { authenticator: 'https://acme.okta.com' }],
])('one can log in with %s', (_, change) => {
  expect(problems(change)).toEqual([]);
});

test("a key's path is one below the project", () => {
  expect(resolve({ private_key_path: 'keys/rsa.p8' }).output.private_key_path).toBe('/project/keys/rsa.p8');
  expect(resolve({ private_key_path: '/etc/rsa.p8' }).output.private_key_path).toBe('/etc/rsa.p8');
});
