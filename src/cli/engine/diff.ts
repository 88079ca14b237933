import type { DataDifference } from '../../core/index.ts';
import type { Outcome } from './outcome.ts';

/** `diff`: what is compared. Without `against`, `againstTarget`, `from` and a state, it is what the SQL gives now. */
export interface DiffCall {
  /** A relation as people write it: `schema.table`, `database.schema.table`. */
  readonly against: string | undefined;
  /** A target of the profile, whose relation of the same node is meant. */
  readonly againstTarget: string | undefined;
  /** The node's table is compared as it was then. Undefined: another side is compared, or it is compared as it is. */
  readonly from?: Date | undefined;
  /** With `from`: as it was then. Undefined: as it is. */
  readonly to?: Date | undefined;
  /** Undefined: the node's own. */
  readonly key: readonly string[] | undefined;
  readonly where: string | undefined;
  readonly tolerance: number | undefined;
  readonly rowLimit: number | undefined;
}

export interface DiffOutcome extends Outcome {
  readonly answer: DiffAnswer | undefined;
}

export interface DiffAnswer {
  readonly name: string;
  /** The partitions that were compared; empty: all rows. */
  readonly partitions: string;
  /** What was compared, for people: a relation, or `its SQL`. */
  readonly before: string;
  readonly after: string;
  readonly difference: DataDifference;
}
