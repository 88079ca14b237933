import type { ConnectionReport } from '../../../src/cli/engine/debug.ts';
import type { Engine } from '../../../src/cli/engine/engine.ts';
import type { OpenedProject } from '../../../src/cli/engine/loaded.ts';
import type { RunOutcome } from '../../../src/cli/engine/run.ts';
import type { Outside } from '../../../src/cli/outside.ts';
import { runCommandLine } from '../../../src/cli/run-command-line.ts';
import { KeptText } from '../kept-text.ts';

/** A world for a command line: a folder, an environment, kept output. */
export class TestWorld implements Outside {
  readonly stdout = new KeptText();
  readonly stderr = new KeptText();
  readonly abort = new AbortController();
  readonly pid = 4711;
  readonly homeDir = '/home/nobody';
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly engine: Engine;

  constructor(cwd: string, engine: Partial<Engine> = {}, env: NodeJS.ProcessEnv = {}) {
    this.cwd = cwd;
    this.env = env;
    this.engine = { ...noEngine, ...engine };
  }

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  readonly now = (): Date => new Date(2025, 0, 2, 3, 4, 5);
  readonly uuid = (): string => '00000000-0000-0000-0000-000000000001';
  readonly random = (): number => 0.5;
  readonly loadEngine = async (): Promise<Engine> => this.engine;

  run(...argv: string[]): Promise<number> {
    return runCommandLine(argv, this);
  }
}

const refuse = async (): Promise<never> => {
  throw new Error('the test did not expect this call');
};

const noEngine: Engine = {
  openProject: refuse as () => Promise<OpenedProject>,
  loadProject: refuse,
  selectNodes: refuse,
  runCommand: refuse,
  showQuery: refuse,
  checkConnection: refuse as () => Promise<ConnectionReport>,
} as unknown as Engine;

/** A run that did nothing, well. */
export const emptyOutcome: RunOutcome = { exitCode: 0, diagnostics: [], results: [], compiled: new Map() };
