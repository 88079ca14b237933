import type { Diagnostic } from '../../core/index.ts';

/** 0 done, 1 something in the run failed, 2 the project or the call is wrong. */
export type ExitCode = 0 | 1 | 2;

/** What the pipeline answers to every command. */
export interface Outcome {
  readonly exitCode: ExitCode;
  readonly diagnostics: readonly Diagnostic[];
}
