import type { Outcome } from './outcome.ts';

/** `lint`: what is looked for, and whether it is mended. */
export interface LintCall {
  /** Names of rules: these alone. Empty: those that the project says. */
  readonly rules: readonly string[];
  readonly fix: boolean;
}

/** Its exit code is 1 where something was found that counts as an error; what is mended is not among its diagnostics. */
export interface LintOutcome extends Outcome {
  /** How many nodes were looked through. */
  readonly looked: number;
  /** Files as they are to be, relative to the project. */
  readonly files: readonly { readonly file: string; readonly text: string }[];
  /** How many findings that mends. */
  readonly fixed: number;
}
