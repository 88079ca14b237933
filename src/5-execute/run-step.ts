import type { CompiledNode } from '../3-compile/index.ts';
import type { Plan, Step } from '../4-plan/index.ts';
import {
  type Diagnostic,
  hasOwnCode,
  messageOf,
  type Node,
  type StepFinished,
  type UnitTestNode,
} from '../core/index.ts';
import type { ExecuteContext, StepContext, StepResult } from './context.ts';
import { describeFailure, explainFailure } from './failure.ts';
import { loadSource } from './load-source.ts';
import { runsInBatches } from './macros/strategy-macro.ts';
import { runClone } from './run-clone.ts';
import { runFreshness } from './run-freshness.ts';
import { runMaterialization } from './run-materialization.ts';
import { runTest } from './run-test.ts';
import { runUnitTest, withUnitTestHint } from './run-unit-test.ts';
import { runSequence } from './sequence/run-sequence.ts';
import { sliceBatch } from './slice-batch.ts';

/** Compiles a node, brings it about, and says how it ended. Never throws. */
export function runStep(step: Step, action: Plan['action'], context: StepContext): Promise<StepFinished> {
  const found = context.graph.nodes.get(step.nodeId);
  if (found?.resource_type === 'exposure' || found?.resource_type === 'saved_query') {
    return Promise.resolve(nothingDone(step, context));
  }
  if (found?.resource_type === 'source') {
    return action === 'freshness' ? runFreshness(found, context) : loadSource(found, context);
  }
  return compileAndRun(step, action, context, (node, compiled) => runNode(node, compiled, action, context));
}

/** Compiles a node, does something with it, and says how that ended. Never throws. */
export async function compileAndRun<N extends Node | UnitTestNode>(
  step: Step,
  action: Plan['action'],
  context: StepContext,
  work: (node: N, compiled: CompiledNode | undefined) => Promise<StepResult>,
): Promise<StepFinished> {
  const startedAt = context.now();
  const node = codeNode(step, context) as N;
  let compiled: CompiledNode | undefined;
  let compiledPath: string | undefined;
  let compiledAt = startedAt;
  const finished = (result: StepResult): StepFinished => ({
    kind: 'step-finished',
    at: context.now(),
    nodeId: step.nodeId,
    partition: step.partition,
    thread: context.thread,
    startedAt,
    compileStartedAt: startedAt,
    compileFinishedAt: compiledAt,
    compiledPath,
    status: result.status,
    message: result.message,
    failures: result.failures,
    rowsAffected: result.rowsAffected,
    relationName: result.relationName,
    batchResults: result.batchResults,
    difference: result.difference,
    staged: undefined,
    diagnostics: result.diagnostics ?? [],
  });
  // Thousands of tests of partitions may pass, whose texts differ in a name: nobody reads those.
  const isOneOfMany = node.resource_type === 'test' && step.partition !== undefined;
  const keepText = (): void => {
    if (compiled) compiledPath ??= writeTexts(compiled, context);
  };
  const ended = (result: StepResult): StepFinished => {
    if (result.status !== 'pass') keepText();
    return finished(result);
  };
  try {
    // The SQL of a microbatch model is made batch by batch, while it runs.
    const isWhole = context.partition?.slice === undefined;
    const isBatched = action === 'run' && isWhole && hasOwnCode(node) && runsInBatches(node, context);
    // That of a sequence is made build by build.
    const isSequence = node.resource_type === 'unit_test' && node.sequence !== undefined;
    if (action !== 'clone' && node.resource_type !== 'seed' && !isBatched && !isSequence) {
      const batch = context.partition && (await sliceBatch(node, context));
      compiled = await context.compiler.compile(step.nodeId, context.session, batch, context.partition?.slice);
      if (!isOneOfMany) keepText();
      compiledAt = context.now();
      const problems = context.check ? await context.check(compiled) : [];
      if (problems.some(({ severity }) => severity === 'error')) return ended(failed(problems));
      for (const problem of problems) context.emit(messageOf(problem, compiledAt, step.nodeId));
    }
    return ended(action === 'compile' ? compiledOnly : await work(node, compiled));
  } catch (failure) {
    try {
      keepText();
    } catch {
      // What it failed of before is told.
    }
    const problems = await explainFailure(failure, node, compiled, context);
    return finished(failed(node.resource_type === 'unit_test' ? withUnitTestHint(problems, failure) : problems));
  }
}

/** How a step ends that nothing can be done for: what it would read cannot be made. */
export function cannotRun(step: Step, failure: unknown, context: StepContext): StepFinished {
  return endedAtOnce(step, failed(describeFailure(failure, codeNode(step, context), undefined)), context);
}

function endedAtOnce({ nodeId, partition }: Step, result: StepResult, { thread, now }: StepContext): StepFinished {
  const at = now();
  return { kind: 'step-finished', at, nodeId, partition, thread, startedAt: at, diagnostics: [], ...result };
}

function failed(diagnostics: readonly Diagnostic[]): StepResult {
  const message = diagnostics.map((diagnostic) => diagnostic.message).join('\n');
  return { status: 'error', message, failures: null, rowsAffected: null, diagnostics };
}

/** The author's text; what it was translated to stands beside it. Gives the path of what was sent. */
function writeTexts({ id, sql, authored }: CompiledNode, context: StepContext): string {
  const path = context.writeCompiled(id, authored?.sql ?? sql, context.partition && fileLabel(context.partition.key));
  return authored ? context.writeCompiled(id, sql, context.shelves.adapter.dialect) : path;
}

/** Keys hold characters that file names cannot. */
const fileLabel = (key: string): string => key.replace(/[^\w.+-]+/g, '_').slice(0, 100);

/** Exposures and saved queries take part in a build so that what is above them has to end well; there is nothing to do for them. */
function nothingDone(step: Step, context: StepContext): StepFinished {
  return endedAtOnce(step, { status: 'no-op', message: 'NO-OP', failures: 0, rowsAffected: null }, context);
}

const compiledOnly: StepResult = { status: 'success', message: '', failures: null, rowsAffected: null };

function runNode(
  node: Node | UnitTestNode,
  compiled: CompiledNode | undefined,
  action: Plan['action'],
  context: StepContext,
): Promise<StepResult> {
  if (node.resource_type === 'unit_test') {
    if (node.sequence) return runSequence(node, node.sequence, context);
    if (!compiled) throw new Error(`${node.unique_id} was not compiled`);
    return runUnitTest(node, compiled, context);
  }
  if (action === 'clone') return runClone(node, context);
  if (node.resource_type === 'test') return runTest(node, compiled, context);
  return runMaterialization(node, compiled, context);
}

function codeNode(step: Step, context: ExecuteContext): Node | UnitTestNode {
  const node = context.graph.nodes.get(step.nodeId);
  if (!node || (!hasOwnCode(node) && node.resource_type !== 'unit_test')) {
    throw new Error(`${step.nodeId} is no node that can be run`);
  }
  return node;
}
