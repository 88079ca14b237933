import type { CompiledNode } from '../3-compile/index.ts';
import type { Plan, Step } from '../4-plan/index.ts';
import type { Diagnostic, Event, Node, StepFinished } from '../core/index.ts';
import type { ExecuteContext, StepContext, StepResult } from './context.ts';
import { describeFailure } from './failure.ts';
import { runMaterialization } from './run-materialization.ts';
import { runTest } from './run-test.ts';
import { runsInBatches } from './strategy-macro.ts';

/** Compiles a node, brings it about, and says how it ended. Never throws. */
export async function runStep(step: Step, action: Plan['action'], context: StepContext): Promise<StepFinished> {
  const startedAt = context.now();
  const found = context.graph.nodes.get(step.nodeId);
  if (found?.resource_type === 'exposure') return nothingDone(step, context, startedAt);
  const node = codeNode(step, context);
  let compiled: CompiledNode | undefined;
  let compiledPath: string | undefined;
  let compiledAt = startedAt;
  const finished = (result: StepResult): StepFinished => ({
    kind: 'step-finished',
    at: context.now(),
    nodeId: step.nodeId,
    thread: context.thread,
    startedAt,
    compileStartedAt: startedAt,
    compileFinishedAt: compiledAt,
    compiledPath,
    ...result,
    diagnostics: result.diagnostics ?? [],
  });
  try {
    // The SQL of a microbatch model is made batch by batch, while it runs.
    if (node.resource_type !== 'seed' && !(action === 'run' && runsInBatches(node, context))) {
      compiled = await context.compiler.compile(step.nodeId, context.session);
      compiledPath = await writeTexts(compiled, context);
      compiledAt = context.now();
      const problems = (await context.check?.(compiled)) ?? [];
      if (problems.some(({ severity }) => severity === 'error')) return finished(failed(problems));
      for (const problem of problems) context.emit(warningOf(problem, step.nodeId, compiledAt));
    }
    return finished(action === 'compile' ? compiledOnly : await runNode(node, compiled, context));
  } catch (failure) {
    return finished(failed(describeFailure(failure, node, compiled)));
  }
}

function failed(diagnostics: readonly Diagnostic[]): StepResult {
  const message = diagnostics.map((diagnostic) => diagnostic.message).join('\n');
  return { status: 'error', message, failures: null, rowsAffected: null, diagnostics };
}

function warningOf(diagnostic: Diagnostic, nodeId: string, at: number): Event {
  return { kind: 'message', at, level: 'warn', text: diagnostic.message, nodeId, diagnostic };
}

/** The author's text; what it was translated to stands beside it. Gives the path of what was sent. */
async function writeTexts({ id, sql, authored }: CompiledNode, context: StepContext): Promise<string> {
  const path = await context.writeCompiled(id, authored?.sql ?? sql);
  return authored ? await context.writeCompiled(id, sql, context.shelves.adapter.dialect) : path;
}

/** Exposures take part in a build so that what is above them has to end well; there is nothing to do for them. */
function nothingDone({ nodeId }: Step, { thread, now }: StepContext, startedAt: number): StepFinished {
  const result = { status: 'no-op', message: 'NO-OP', failures: null, rowsAffected: null, diagnostics: [] } as const;
  return { kind: 'step-finished', at: now(), nodeId, thread, startedAt, ...result };
}

const compiledOnly: StepResult = { status: 'success', message: '', failures: null, rowsAffected: null };

function runNode(node: Node, compiled: CompiledNode | undefined, context: StepContext): Promise<StepResult> {
  if (node.resource_type === 'test') return runTest(node, compiled?.sql ?? '', context);
  return runMaterialization(node, compiled, context);
}

function codeNode(step: Step, context: ExecuteContext): Node {
  const node = context.graph.nodes.get(step.nodeId);
  if (!node || node.resource_type === 'source' || node.resource_type === 'exposure') {
    throw new Error(`${step.nodeId} is no node that can be run`);
  }
  return node;
}
