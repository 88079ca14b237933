import type { Session, UnitTestNode, Warehouse } from '../../core/index.ts';
import type { StepContext, UnitTesting } from '../context.ts';
import type { SequenceGraph } from './sequence-graph.ts';

/** An empty warehouse in memory, and what a unit test's sequence does in it. */
export interface SequenceWorld extends SequenceGraph {
  readonly test: UnitTestNode;
  /** The step of the test in the run. */
  readonly context: StepContext;
  readonly unitTests: UnitTesting;
  readonly warehouse: Warehouse;
  readonly session: Session;
}
