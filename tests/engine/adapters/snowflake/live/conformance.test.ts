import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import snowflake from '../../../../../src/adapters/snowflake/index.ts';
import type { Json } from '../../../../../src/core/index.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { outputFor } from '../project.ts';
import { startServer, type TestServer } from '../server/index.ts';
import { type Account, conformance } from './conformance.ts';
import { type Recorder, startRecorder } from './recorder.ts';

describe('on the server of the tests, through the recorder', () => {
  const folder = temporaryFolder();
  const password = 'a secret of its own';
  let server: TestServer;
  let recorder: Recorder;
  let account: Account;

  beforeAll(async () => {
    server = await startServer({ users: [{ name: 'INGOT', password, role: 'TRANSFORMER', warehouse: 'COMPUTE_WH' }] });
    recorder = await startRecorder({ target: server.url, folder, secrets: [password] });
    account = { output: { ...outputFor(recorder), password, schema: 'conformance' } };
  }, 60_000);
  afterAll(async () => {
    await recorder.close();
    await server.close();
  });

  test.each(conformance)('$name', ({ run }) => run(account), 60_000);

  test('what was said is written down, without what lets somebody in', () => {
    const files = readdirSync(folder);
    expect(files.length).toBe(recorder.count());
    const texts = files.map((file) => readFileSync(join(folder, file), 'utf8'));
    expect(texts.filter((text) => text.includes('swap with'))).not.toEqual([]);
    expect(texts.filter((text) => text.includes(password))).toEqual([]);
    expect(texts.filter((text) => /"(masterToken|token)": "(?!redacted)/.test(text))).toEqual([]);
  });
});

/** `INGOT_SNOWFLAKE_ACCOUNT`, `…_USER`, `…_PASSWORD`: keys of an output, in capitals. */
const prefix = 'INGOT_SNOWFLAKE_';
const given = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) =>
    name.startsWith(prefix) && value !== undefined && value !== ''
      ? [[name.slice(prefix.length).toLowerCase(), value]]
      : [],
  ),
) as Record<string, Json>;

describe.runIf(given.account !== undefined)('on a real account', () => {
  const { record, ...keys } = given;
  const schema = `ingot_live_${Date.now()}`;
  let recorder: Recorder | undefined;
  let account: Account;

  beforeAll(async () => {
    const direct = { type: 'snowflake', ...keys, schema } as Record<string, Json>;
    if (typeof record === 'string') {
      const host = keys.host ?? `${String(keys.account).replaceAll('_', '-')}.snowflakecomputing.com`;
      const secrets = ['password', 'token', 'private_key_passphrase', 'passcode', 'oauth_client_secret'].flatMap(
        (key) => (typeof keys[key] === 'string' ? [keys[key]] : []),
      );
      recorder = await startRecorder({ target: `https://${host}`, folder: resolve(record), secrets });
    }
    const through = recorder && { host: recorder.host, port: recorder.port, protocol: 'http' };
    account = { output: through ? { ...direct, ...through } : direct };
  }, 60_000);
  afterAll(async () => {
    const warehouse = await snowflake.connect(account.output, { threads: 1 });
    const session = await warehouse.openSession();
    await session.execute(`drop schema if exists ${account.output.database}.${schema} cascade`);
    await warehouse.close();
    await recorder?.close();
  }, 60_000);

  test.each(conformance)('$name', ({ run }) => run(account), 600_000);
});
