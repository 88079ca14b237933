/** Who builds which partitions of a target at the moment, among all processes that share a state store. */
export interface Leases {
  /**
   * Takes some partitions of an asset, all of them or none. Undefined: somebody else is at one of them.
   *
   * @param keys each partition by itself.
   */
  take(asset: string, keys: readonly string[]): Lease | undefined;
  /** Whether a run that works on the target has come to an end, by its `runLabel`. Undefined: it is not known of here. */
  hasEnded(run: string): boolean | undefined;
  /** Resolves after a while, in which others may have come to an end. */
  pause(): Promise<void>;
  /** From then on, in milliseconds since 1970, what others publish need not be built again. */
  readonly since: number;
}

/** The right to build some partitions. */
export interface Lease {
  /** Whether others have built partitions of the asset since the run was planned: these may be among them. */
  readonly contested: boolean;
  /** False where somebody else took over, because nothing had been heard of this process for too long. */
  holds(): boolean;
  /** Safe to call twice. */
  release(): void;
}
