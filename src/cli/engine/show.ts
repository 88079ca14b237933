import type { Table } from '../../core/index.ts';
import type { Outcome } from './outcome.ts';

export interface ShowOutcome extends Outcome {
  readonly previews: readonly Preview[];
}

export interface Preview {
  /** The node's name, with `.v2` for a version; `inline_query` for `--inline`. */
  readonly name: string;
  /** Its unique id. Default: it is no node. */
  readonly id?: string | undefined;
  readonly table: Table;
}
