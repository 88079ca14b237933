import { existsSync } from 'node:fs';
import nodeModule, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openKeptCode } from './process/kept-code.ts';
import { expectLittle } from './process/v8-flags.ts';

/** The build puts a name of its own contents here. */
const build = 'unbuilt';

/** Loads the program for a command, in the way that is fastest on this version of Node. */
export function loadProgram(command = ''): typeof import('./start.ts') {
  expectLittle();
  const here = dirname(fileURLToPath(import.meta.url));
  const start = join(here, 'start.cjs');
  const { enableCompileCache } = nodeModule as { enableCompileCache?: () => void };
  const isUnwanted = process.env.NODE_DISABLE_COMPILE_CACHE !== undefined || process.env.NODE_V8_COVERAGE !== undefined;
  enableCompileCache?.();
  if (enableCompileCache || isUnwanted) return createRequire(start)(start);
  const isCommand = /^[a-z][a-z-]*$/.test(command) && existsSync(join(here, 'commands', `${command}.cjs`));
  const code = openKeptCode(dirname(here), build, isCommand ? command : 'none');
  process.on('exit', () => {
    // V8 takes what it has compiled under the same settings alone, and a large project has changed them.
    expectLittle();
    code.keep();
  });
  return code.load(start) as typeof import('./start.ts');
}
