// A Python environment of our own for a check, outside the tree, and how its programs and Ingot are run.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const here = dirname(fileURLToPath(import.meta.url));
export const builtIngot = resolve(here, '../../dist/cli/main.cjs');

/** Where the environment of a check is kept from one time to the next. */
export const cacheFolder = (name) => join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'ingot', name);

/** The environment's Python with some packages; made where it is not there yet. Ends the process where it cannot be had. */
export function pythonWith(packages, folder) {
  const program = join(folder, 'bin', 'python');
  try {
    if (!existsSync(program)) execute('python3', ['-m', 'venv', folder]);
    const [first = ''] = packages[0].split('==');
    const known = execute(program, ['-m', 'pip', 'list', '--format', 'freeze', '--disable-pip-version-check']);
    if (!known.includes(`${first}==`)) execute(program, ['-m', 'pip', 'install', '--quiet', ...packages]);
    return program;
  } catch (failure) {
    console.log(
      `skipped: no Python environment with ${packages.join(', ')}: ${String(failure.message).split('\n')[0]}`,
    );
    process.exit(0);
  }
}

/** Runs a program to its end and gives what it wrote. Variables that are undefined are not set. */
export function execute(program, args, { cwd, env = {} } = {}) {
  return execFileSync(program, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 28,
  });
}

export function expect(holds, what) {
  if (!holds) throw new Error(`not so: ${what}`);
}
