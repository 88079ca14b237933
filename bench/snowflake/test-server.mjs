// The server of the tests that speaks Snowflake's protocol, and a client with the real driver, for scripts: they are
// TypeScript, so they are bundled into a folder that goes with the process.
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const source = join(repository, 'tests/engine/adapters/snowflake/server');
export const program = process.env.INGOT_PROGRAM ?? join(repository, 'dist/cli/main.cjs');

const folder = mkdtempSync(join(tmpdir(), 'ingot-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
const bundle = await rolldown({
  input: { server: join(source, 'index.ts'), client: join(source, 'client.ts') },
  platform: 'node',
  external: [/^[^./]/],
});
await bundle.write({ dir: folder, format: 'esm' });

export const { startServer } = await import(pathToFileURL(join(folder, 'server.js')).href);
export const { connect } = await import(pathToFileURL(join(folder, 'client.js')).href);

/** An output of a profile for the server, as YAML. */
export const outputFor = ({ host, port }, { database, schema, threads }) =>
  JSON.stringify({
    ...{ type: 'snowflake', account: 'acme', host, port, protocol: 'http', user: 'INGOT', password: 'secret' },
    ...{ role: 'TRANSFORMER', warehouse: 'COMPUTE_WH', database, schema, threads },
  });
