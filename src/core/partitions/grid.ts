/** Where the steps of a grain begin on a clock that is never set forward or back. */
export interface Grid {
  /** The wall time at which a step begins; rises with the step. */
  readonly wallOf: (step: number) => number;
  /** The step that a wall time belongs to. */
  readonly stepAt: (wall: number) => number;
  /**
   * Whether a step begins anew when clocks are set back to its beginning. An hour does: there are 25 on such a day. A
   * date does not: it is there once, and longer.
   */
  readonly repeats: boolean;
}
