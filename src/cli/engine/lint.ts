import type { Diagnostic } from '../../core/index.ts';

/** `lint`: what is looked for, and whether it is mended. */
export interface LintCall {
  /** Names of rules: these alone. Empty: those that the project says. */
  readonly rules: readonly string[];
  readonly fix: boolean;
}

export interface LintOutcome {
  /** 1: something was found that counts as an error. */
  readonly exitCode: 0 | 1 | 2;
  /** Problems of the project, and what was found and is not mended. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many nodes were looked through. */
  readonly looked: number;
  /** Files as they are to be, relative to the project. */
  readonly files: readonly { readonly file: string; readonly text: string }[];
  /** How many findings that mends. */
  readonly fixed: number;
}
