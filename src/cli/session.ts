import type { Invocation } from './command-line/invocation.ts';
import type { Call } from './engine/call.ts';
import type { Engine } from './engine/engine.ts';
import type { Host } from './engine/host.ts';
import type { Reporter } from './reporters/reporter.ts';

/** What a command runs with. */
export interface Session {
  readonly invocation: Invocation;
  readonly host: Host;
  readonly reporter: Reporter;
  /** Folder of the project file, or undefined where none was found. */
  readonly projectDir: string | undefined;
  /** The pipeline, loaded when it is first needed. */
  engine(): Promise<Engine>;
  /** The call as the flags say it, changed where a command knows better. */
  call(change?: Partial<Call>): Call;
}
