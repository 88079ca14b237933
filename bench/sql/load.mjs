// Loads Ingot's SQL front end (src/sql) as it stands in the working tree, bundled into a temporary folder, so that no
// build is needed first. Used by the other scripts here; by itself `node bench/sql/load.mjs` prints where the bundle is.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Bundles entries (name → path below the repository) and returns the folder that has `name.mjs` of each. */
export async function bundle(entries, { keep = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'ingot-sql-'));
  if (!keep) process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const { rolldown } = await import('rolldown');
  const input = Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(root, path)]));
  const build = await rolldown({ input, platform: 'node', logLevel: 'silent' });
  await build.write({ dir: folder, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' });
  await build.close();
  return folder;
}

/** The public API of `ingot/sql`: of the working tree, or of a built file. */
export async function loadIngot(path) {
  return import(pathToFileURL(path ?? (await bundleIngot())).href);
}

/** A file that holds the bundled front end. */
export async function bundleIngot(options) {
  return join(await bundle({ sql: 'src/sql/index.ts' }, options), 'sql.mjs');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await bundleIngot({ keep: true }));
