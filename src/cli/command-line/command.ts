import type { JsonObject } from '../../core/index.ts';
import type { ExitCode } from '../engine/outcome.ts';
import type { Flag } from '../flags/flag.ts';
import type { Session } from '../session.ts';

/**
 * A command of the command line: one file under `commands/`, whose default export this is. The file is read to print
 * the help, so that it names its flags and imports what it runs only when it runs.
 */
export interface Command {
  /** As yargs writes it: `init [name]`. The first word is the file's name. */
  readonly command: string;
  readonly aliases?: readonly string[];
  readonly describe: string;
  /** Beside the global flags. */
  readonly flags: readonly Flag[];
  /** Whether standard output is for the result alone, so that messages go to standard error. Default false. */
  readonly printsResult?: (values: JsonObject) => boolean;
  /** Gives the exit code: 0 done, 1 something in the run failed, 2 the project or the call is wrong. */
  run(session: Session): Promise<ExitCode>;
}
