import type { Plan } from '../4-plan/index.ts';
import { hasFailed, isTest, messageOf, type Node, type StepFinished } from '../core/index.ts';
import type { ExecuteContext } from './context.ts';
import { describeFailure } from './failure.ts';
import type { SessionPool } from './session-pool.ts';

/**
 * Compiles the ephemeral models of a plan, which are no steps, so that people find their SQL. What stands below a failure is
 * left out. What reads a broken one has failed with it; where nothing does, only compiling fails, as in dbt.
 *
 * @param results of the steps, all of which have ended.
 * @returns whether all could be compiled.
 */
export async function compileEphemeral(
  plan: Plan,
  results: readonly StepFinished[],
  sessions: SessionPool,
  context: ExecuteContext,
): Promise<boolean> {
  const blocked = blockedBy(results, plan, context);
  let isWhole = true;
  for (const id of plan.ephemeral ?? []) {
    const node = context.graph.nodes.get(id) as Node;
    if (node.depends_on.nodes.some((parent) => blocked.has(parent))) {
      blocked.add(id);
      continue;
    }
    try {
      await sessions.use((session) => context.compiler.compile(id, session));
    } catch (failure) {
      isWhole = false;
      for (const diagnostic of describeFailure(failure, node, undefined)) {
        context.emit(messageOf(diagnostic, context.now()));
      }
    }
  }
  return isWhole;
}

/** Commands in which nothing is built on what a test found fault with. */
const testsBlock: ReadonlySet<string> = new Set(['build', 'backfill']);

/** What nothing may be built on: what was not built, and in a `build` what a test found fault with. */
function blockedBy(
  results: readonly StepFinished[],
  { command }: Plan,
  { graph }: Pick<ExecuteContext, 'graph'>,
): Set<string> {
  const blocked = new Set<string>();
  for (const { nodeId, status } of results) {
    if (!hasFailed({ status }) && status !== 'skipped') continue;
    blocked.add(nodeId);
    const node = graph.nodes.get(nodeId);
    if (testsBlock.has(command) && isTest(node)) {
      for (const parent of node.depends_on.nodes) blocked.add(parent);
    }
  }
  return blocked;
}
