import type { ParseProjectInput } from '../../1-parse/index.ts';
import type { Diagnostic } from '../../core/index.ts';

/** Everything that the files are read with. */
export interface Preparation {
  readonly input: ParseProjectInput;
  /** Of the project file and the target. */
  readonly problems: readonly Diagnostic[];
}
