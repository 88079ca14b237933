import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { type Emit, Problem } from '../core/index.ts';
import { makeCall } from './command-line/make-call.ts';
import { withProjectFlags } from './command-line/project-flags.ts';
import { readCommandLine } from './command-line/read-command-line.ts';
import { usageProblem } from './command-line/usage.ts';
import { filledTextOf } from './command-line/values.ts';
import type { Call } from './engine/call.ts';
import type { Host } from './engine/host.ts';
import { findProject } from './find-project.ts';
import { problemsOf } from './problems-of.ts';

/** What a program may say of the world that a call sees. */
export interface CallOptions {
  /** Where the project is looked for, and what paths in the words are relative to. Default: the process's. */
  readonly cwd?: string | undefined;
  /** Variables for `env_var()`, and those that set flags. Default: the process's. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Aborted when the run is to end: running statements are cancelled. Default: it never is. */
  readonly signal?: AbortSignal | undefined;
  /** Told all that happens in a run. Default: nobody is. */
  readonly emit?: Emit | undefined;
}

/**
 * A call as the command line would make it of these words, `['build', '--select', 'fact_sales+']`, and a host for it.
 * Throws `Problem` where the words are no call of a command.
 */
export async function callOf(
  words: readonly string[],
  { cwd = '.', env = process.env, signal = new AbortController().signal, emit = () => {} }: CallOptions = {},
): Promise<{ readonly call: Call; readonly host: Host }> {
  const host: Host = {
    cwd: resolve(cwd),
    env,
    homeDir: homedir(),
    now: () => new Date(),
    uuid: randomUUID,
    random: Math.random,
    signal,
    emit,
  };
  const surroundings = { env, stdout: { size: () => ({ columns: 80, rows: 24 }) } };
  try {
    const read = await readCommandLine(words, surroundings);
    if (read.kind === 'text') throw usageProblem('unknown-command', 'The words name no command to run');
    const projectDir = findProject(host.cwd, filledTextOf(read.invocation.values, 'project_dir'));
    const invocation = await withProjectFlags(read.invocation, read.flags, projectDir);
    return { call: makeCall(invocation, projectDir, host), host };
  } catch (failure) {
    const diagnostics = problemsOf(failure);
    throw diagnostics ? new Problem(...diagnostics) : failure;
  }
}
