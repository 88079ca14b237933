import type { Json, JsonObject } from '../../core/index.ts';

/** What the command was called with. */
export interface Invocation {
  /** The command's name; aliases resolved. */
  readonly name: string;
  /** Flags by dbt's names. */
  readonly values: JsonObject;
  readonly given: ReadonlySet<string>;
  readonly positional: Readonly<Record<string, Json>>;
  /** The command line as typed, for artifacts. */
  readonly line: string;
}
