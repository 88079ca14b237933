import type { Plan } from '../4-plan/index.ts';
import { lastSuccesses, passedIn } from '../6-record/index.ts';
import type { Call } from '../cli/engine/call.ts';
import type { Loaded } from '../cli/engine/loaded.ts';
import { withHistory } from './history.ts';

/** A test that may read the new rows of some nodes alone. */
export interface Testing {
  readonly testId: string;
  readonly nodeIds: readonly string[];
}

export const testingIn = ({ steps }: Plan): readonly Testing[] =>
  steps.flatMap(({ nodeId, staged = [] }) => (staged.length > 0 ? [{ testId: nodeId, nodeIds: staged }] : []));

/**
 * Whether a test has passed in the run that last built a node, as the state store remembers: then it knows all rows that
 * the node has.
 */
export async function testedBefore(
  testing: readonly Testing[],
  loaded: Loaded,
  call: Call,
): Promise<(testId: string, nodeId: string) => boolean> {
  if (testing.length === 0) return () => false;
  return withHistory(loaded, call, (store) => {
    if (!store) return () => false;
    const nodes = [...new Set(testing.flatMap(({ nodeIds }) => nodeIds))];
    const built = lastSuccesses(store, { target: loaded.environment.target.name, nodes });
    const runOf = new Map(built.map(({ nodeId, runId }) => [nodeId, runId]));
    const tests = testing.map(({ testId }) => testId);
    const passed = passedIn(store, { runs: [...new Set(runOf.values())], tests });
    return (testId, nodeId) => passed.get(runOf.get(nodeId) ?? '')?.has(testId) === true;
  });
}
