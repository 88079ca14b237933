import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { rolldown } from 'rolldown';
import { onTestFinished } from 'vitest';

/**
 * A TypeScript file, and all of ours that it imports, as one file that Node runs by itself: for what a test does in a process of
 * its own, to kill it. It lies where the packages are found, until the test ends.
 */
export async function bundleScript(source: string): Promise<string> {
  const file = join(import.meta.dirname, `../../node_modules/.ingot-${process.pid}-${basename(source)}.mjs`);
  onTestFinished(() => rmSync(file, { force: true }));
  const bundle = await rolldown({ input: source, platform: 'node', external: /^[^./]/ });
  await bundle.write({ file, format: 'esm', codeSplitting: false });
  return file;
}
