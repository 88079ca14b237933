import type { ModelNode, UnitTestNode, UnitTestStep } from '../../core/index.ts';
import type { StepContext, StepResult } from '../context.ts';
import { recordedSession } from '../recorded-session.ts';
import { buildSteps } from './build-steps.ts';
import { compareEnd, compareStep } from './compare-end.ts';
import { sequenceGraph } from './sequence-graph.ts';
import type { SequenceWorld } from './world.ts';

/**
 * Runs a unit test's sequence: in an empty warehouse in memory, rows arrive in the tables that the model reads, and the
 * model is built as a run builds it, step by step.
 */
export async function runSequence(
  test: UnitTestNode,
  steps: readonly UnitTestStep[],
  context: StepContext,
): Promise<StepResult> {
  const { unitTests, graph } = context;
  if (!unitTests) throw new Error(`${test.unique_id} has nothing to run in`);
  const tested = graph.nodes.get(test.depends_on.nodes[0] ?? '') as ModelNode;
  const tables = await unitTests.sequenceTables(test, context.session);
  const warehouse = await unitTests.openScratch();
  try {
    const session = recordedSession(test.unique_id, { ...context, session: await warehouse.openSession() });
    const world: SequenceWorld = {
      test,
      context,
      unitTests,
      warehouse,
      session,
      ...sequenceGraph(graph, tested, tables),
    };
    await makeInputs(world);
    for (const [index, step] of steps.entries()) {
      await arrive(world, index);
      for (let times = step.rerun ? 2 : 1; times > 0; times -= 1) {
        const failed = await buildSteps(world, index, [step], false);
        if (failed) return failed;
      }
      const wrong = step.expect && (await compareStep(world, step.expect, index));
      if (wrong) return wrong;
    }
    return await compareEnd(world, steps);
  } finally {
    await warehouse.close();
  }
}

async function makeInputs({ inputs, target, session, unitTests }: SequenceWorld): Promise<void> {
  const { statements } = unitTests.adapter;
  const schemas = new Set([target, ...inputs.map(({ relation }) => relation)].map(({ schema }) => schema));
  for (const schema of schemas) {
    await session.execute(statements.createSchema({ database: null, schema, identifier: null }));
  }
  for (const { table, relation } of inputs) await session.execute(statements.createTableAs(relation, table.empty));
}

/** Brings the rows of a step into the tables that the model reads. */
async function arrive({ inputs, session, unitTests }: SequenceWorld, step: number): Promise<void> {
  const { statements } = unitTests.adapter;
  for (const { table, relation } of inputs) {
    for (const { replace, sql, columns } of table.arrivals.filter((arrival) => arrival.step === step)) {
      if (replace) await session.execute(statements.deleteWhere(relation, []));
      await session.execute(statements.insertQuery(relation, columns, sql));
    }
  }
}
