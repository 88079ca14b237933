import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connectionOptions } from '../../../../src/adapters/snowflake/connection-options.ts';
import { Problem } from '../../../../src/core/index.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const plain = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const locked = privateKey
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open' })
  .toString();
const folder = temporaryFolder();

const base = { account: 'acme', user: 'ada', database: 'analytics', schema: 'dev' };

describe('a private key', () => {
  test.each([
    ['as PEM', { private_key: plain }],
    ['locked, as PEM', { private_key: locked, private_key_passphrase: 'open' }],
    ['as the body of a file', { private_key: plain.replace(/-----[^-]+-----|\n/g, '') }],
  ])('%s is given to the driver unlocked', async (_, key) => {
    expect(await connectionOptions({ ...base, ...key })).toMatchObject({
      authenticator: 'SNOWFLAKE_JWT',
      privateKey: plain,
    });
  });

  test('in a file', async () => {
    const path = join(folder, 'rsa.p8');
    writeFileSync(path, locked);
    const options = await connectionOptions({ ...base, private_key_path: path, private_key_passphrase: 'open' });
    expect(options.privateKey).toBe(plain);
  });

  test.each([
    ['that is locked', { private_key: locked }],
    ['with another passphrase', { private_key: locked, private_key_passphrase: 'shut-secret' }],
    ['that is none', { private_key: 'bm90aGluZw==' }],
    ['that is not there', { private_key_path: '/nowhere/rsa.p8' }],
  ])('%s is told without a word of it', async (_, key) => {
    const failure = await connectionOptions({ ...base, ...key }).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(Problem);
    const [problem] = (failure as Problem).diagnostics;
    expect(problem?.code).toBe('snowflake/private-key');
    expect(JSON.stringify(problem)).not.toMatch(/shut-secret|BEGIN|bm90/);
  });
});

test('results are always streamed: what is not could be sent twice', async () => {
  expect(await connectionOptions({ ...base, password: 'p' })).toMatchObject({ streamResult: true, rowMode: 'array' });
});

test('a host of its own is reached as the target says', async () => {
  const options = await connectionOptions({ ...base, password: 'p', host: 'localhost', port: 8080, protocol: 'http' });
  expect(options.accessUrl).toBe('http://localhost:8080');
});

test('an account with an underscore is called as in addresses', async () => {
  expect((await connectionOptions({ ...base, account: 'acme_eu', password: 'p' })).account).toBe('acme-eu');
});
