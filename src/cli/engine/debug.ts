import type { Diagnostic, JsonObject, Target } from '../../core/index.ts';

export interface ConnectionReport {
  /** Where profiles or targets were read, absolute; null where no such file was found. */
  readonly profilesFile: string | null;
  readonly target: Target | undefined;
  /** What may be shown of the connection: no secrets. */
  readonly visible: JsonObject;
  /** Of the project file. */
  readonly project: readonly Diagnostic[];
  /** Of the profile and target. */
  readonly profile: readonly Diagnostic[];
  /** Of the attempt to connect; undefined where none was made. */
  readonly connection: readonly Diagnostic[] | undefined;
}
