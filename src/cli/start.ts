import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import type { Engine } from './engine.ts';
import type { Outside } from './outside.ts';
import type { TextStream } from './reporters/stream.ts';
import { runCommandLine } from './run-command-line.ts';
import { stopOnSignals } from './signals.ts';
import { expectMuch } from './v8-flags.ts';

/** Runs the command line of this process and ends it. */
export async function startProcess(): Promise<void> {
  const abort = new AbortController();
  stopOnSignals(abort);
  const outside: Outside = {
    cwd: process.cwd(),
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
    stdout: streamOf(process.stdout),
    stderr: streamOf(process.stderr),
    loadEngine,
  };
  endProcess(await runCommandLine(process.argv.slice(2), outside));
}

async function loadEngine(): Promise<Engine> {
  return await import('../pipeline.ts');
}

function streamOf(stream: NodeJS.WriteStream): TextStream {
  // `ingot ls | head`: nobody reads on, which is no error of ours.
  stream.on('error', (failure: NodeJS.ErrnoException) => {
    if (failure.code === 'EPIPE') process.exit(0);
    throw failure;
  });
  return {
    write: (text) => void stream.write(text),
    isTerminal: stream.isTTY === true,
    size: () => ({ columns: stream.columns ?? 80, rows: stream.rows ?? 24 }),
  };
}

/** Ends as soon as everything is written; what a library keeps open must not keep the process alive. */
function endProcess(code: number): void {
  process.exitCode = code;
  const streams = [process.stdout, process.stderr];
  let waiting = streams.length;
  for (const stream of streams) {
    stream.write('', () => {
      waiting -= 1;
      if (waiting === 0) process.exit(code);
    });
  }
}
