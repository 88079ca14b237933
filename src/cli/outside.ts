import type { Engine } from './engine/engine.ts';
import type { TextStream } from './reporters/stream.ts';

/** The world around a command line: what a test brings in place of a process. */
export interface Outside {
  readonly cwd: string;
  /** Makes the project's folder that of the process, as dbt does: SQL reads files by paths relative to it. */
  readonly enterFolder?: (folder: string) => void;
  /** A large project is about to be worked on: its memory has to be spared, and it takes its time. Default: nothing is done. */
  readonly expectMuch?: () => void;
  readonly env: NodeJS.ProcessEnv;
  readonly homeDir: string;
  readonly pid: number;
  readonly now: () => Date;
  readonly uuid: () => string;
  /** A number from 0 to below 1. */
  readonly random: () => number;
  /** Tells of Ctrl-C and SIGTERM, from `heedSignals` on. */
  readonly signal: AbortSignal;
  /**
   * From now on signals ask for an end in order. Before, they end the process: who reads a large project never waits, and
   * would hear of no signal until it is done. Default: `signal` tells whatever it tells.
   */
  readonly heedSignals?: () => void;
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly loadEngine: () => Promise<Engine>;
}
