/** The ordered steps that a command will take, and why. Plain data: the same inputs give the same plan. */
export interface Plan {
  readonly command: string;
  /** `compile`: nothing is sent to the warehouse but what templates ask. */
  readonly action: 'run' | 'compile';
  /** Hooks of the project that run, one after the other, before the first and after the last step. */
  readonly before: readonly string[];
  readonly steps: readonly Step[];
  /** Ephemeral models that are compiled for people to read their SQL; they are no steps. Default: none. */
  readonly ephemeral?: readonly string[] | undefined;
  readonly after: readonly string[];
}

/** One node to build, test or load. */
export interface Step {
  readonly nodeId: string;
  /** Steps that have to end well before this one may start; what fails among them makes this one skipped. */
  readonly waitsFor: readonly string[];
  readonly reason: string;
}
