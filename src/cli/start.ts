import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import type { Engine } from './engine/engine.ts';
import type { Outside } from './outside.ts';
import { type ProcessStream, processStream } from './process/process-stream.ts';
import { stopOnSignals } from './process/signals.ts';
import { expectMuch } from './process/v8-flags.ts';
import { runCommandLine } from './run-command-line.ts';

/** Runs the command line of this process and ends it. */
export async function startProcess(): Promise<void> {
  const abort = new AbortController();
  let heeds = false;
  const [stdout, stderr] = [processStream(process.stdout), processStream(process.stderr)];
  const cwd = currentFolder();
  if (cwd === undefined) {
    stderr.write(
      'error[cli/no-folder]: The folder that you are in is not there any more\n  hint: Go to one that is: cd\n',
    );
    return endProcess(2, stdout, stderr);
  }
  const outside: Outside = {
    cwd,
    enterFolder: (folder) => {
      if (existsSync(folder)) process.chdir(folder);
    },
    expectMuch,
    env: process.env,
    homeDir: homedir(),
    pid: process.pid,
    now: () => new Date(),
    uuid: randomUUID,
    random: Math.random,
    signal: abort.signal,
    heedSignals() {
      if (!heeds) stopOnSignals(abort);
      heeds = true;
    },
    stdout,
    stderr,
    loadEngine,
  };
  await endProcess(await runCommandLine(process.argv.slice(2), outside), stdout, stderr);
}

/** Undefined where somebody has deleted it. */
function currentFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

async function loadEngine(): Promise<Engine> {
  return await import('../pipeline.ts');
}

/** Ends as soon as everything is written; what a library keeps open must not keep the process alive. */
async function endProcess(code: number, stdout: ProcessStream, stderr: ProcessStream): Promise<void> {
  process.exitCode = code;
  await Promise.all([stdout.written(), stderr.written()]);
  const lost = stdout.lost ?? stderr.lost;
  if (lost) {
    stderr.write(`Error: Not all output could be written: ${lost.message}\n`);
    await stderr.written();
  }
  process.exit(lost && code === 0 ? 2 : code);
}
