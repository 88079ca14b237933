import type { CodeNode, PartitionSlice, Rendering, Session, Transaction } from '../../core/index.ts';
import type { Value } from '../../jinja/index.ts';
import type { Batch, StandIns } from '../compilation.ts';

/** What is rendered, and for whom. */
export interface RenderingRequest {
  readonly phase: 'compile' | 'run';
  readonly node: CodeNode | undefined;
  readonly packageName: string;
  readonly session: Session | undefined;
  /** The stretch of time that a microbatch model is compiled for. */
  readonly batch?: Batch | undefined;
  /** The partitions that the node is compiled for. Default: its newest complete one. */
  readonly partitions?: PartitionSlice | undefined;
  /** Names that are found before all others: those of an `on-run-end` hook, of a batch. */
  readonly extra?: ReadonlyMap<string, Value> | undefined;
  /** The transaction of a materialization that is a macro. */
  readonly transaction?: Transaction | undefined;
  readonly materialize?: Rendering['materialize'];
  /** Told for each ephemeral model that is read, in the order of the calls. */
  readonly onEphemeral?: (id: string) => void;
  /** What a unit test puts in the place of what is there. Default: nothing. */
  readonly standIns?: StandIns | undefined;
}
