import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { error, Problem } from '../../core/index.ts';
import type { Host } from '../engine/host.ts';

const run = promisify(execFile);

/** Runs git in a folder and gives what it prints; undefined where it fails. */
export type Git = (
  words: readonly string[],
  more?: { readonly index?: string; readonly input?: string },
) => Promise<string | undefined>;

/** Git in a folder of the work tree. Throws `Problem` where there is no git at all. */
export function gitIn(folder: string, host: Host): Git {
  return async (words, { index, input } = {}) => {
    const env = { ...host.env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', ...(index ? { GIT_INDEX_FILE: index } : {}) };
    const options = { cwd: folder, env, signal: host.signal, maxBuffer: 2 ** 28 };
    try {
      const running = run('git', ['-c', 'core.fsmonitor=false', ...words], options);
      // A git that has ended without reading says so by how it ends.
      running.child.stdin?.on('error', () => undefined).end(input ?? '');
      return (await running).stdout;
    } catch (failure) {
      if (host.signal.aborted) throw failure;
      if ((failure as NodeJS.ErrnoException).code === 'ENOENT') throw baseProblem('git is not installed');
      return undefined;
    }
  };
}

export const baseProblem = (message: string, hint?: string): Problem =>
  new Problem(error('cli/base', message, { hint }));
