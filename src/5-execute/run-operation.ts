import {
  type JsonObject,
  jsonToValue,
  type MacroNode,
  memberToValue,
  messageOf,
  type Session,
  type StepFinished,
  warning,
} from '../core/index.ts';
import type { ExecuteContext } from './context.ts';
import type { Outcome } from './execute.ts';
import { describeFailure } from './failure.ts';
import { MacroTransaction } from './macros/macro-transaction.ts';
import { recordedSession } from './recorded-session.ts';

/** A macro that is to be run by itself. */
export interface Operation {
  /** One of the project's, or the name of one that comes with Ingot. */
  readonly macro: MacroNode | string;
  readonly args: JsonObject;
}

/**
 * Runs one macro. A statement that begins a transaction (as `{% call statement() %}` does) has to be committed by the
 * macro itself, as in dbt: what is still open when it ends is rolled back. Never throws for what the macro did wrong.
 */
export async function runOperation(operation: Operation, context: ExecuteContext): Promise<Outcome> {
  const { environment, emit, now, signal, warehouse } = context;
  const startedAt = now();
  const nodeId = idOf(operation);
  emit({
    kind: 'run-started',
    at: startedAt,
    invocationId: environment.invocationId,
    command: 'run-operation',
    args: environment.flags.others,
    target: environment.target.name,
    version: environment.version,
    steps: [{ nodeId, resourceType: 'macro' }],
  });
  const onAbort = (): void => {
    emit({ kind: 'run-interrupted', at: now(), running: [nodeId] });
    void warehouse.cancelAll();
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const session = await warehouse.openSession();
    emit({ kind: 'step-started', at: now(), nodeId, index: 1, thread: 1 });
    const result = await runMacro(operation, nodeId, session, context);
    emit(result);
    await session.close();
    const ended = result.status === 'success' ? 'success' : 'failure';
    const outcome = signal.aborted ? 'interrupted' : ended;
    emit({ kind: 'run-finished', at: now(), outcome, elapsedMs: now() - startedAt });
    return { results: [result], outcome };
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

const idOf = ({ macro }: Operation): string => (typeof macro === 'string' ? `macro.dbt.${macro}` : macro.unique_id);

async function runMacro(
  { macro, args }: Operation,
  nodeId: string,
  session: Session,
  context: ExecuteContext,
): Promise<StepFinished> {
  const { compiler, now, graph } = context;
  const startedAt = now();
  const finished = (result: Pick<StepFinished, 'status' | 'message' | 'diagnostics'>): StepFinished => ({
    kind: 'step-finished',
    at: now(),
    nodeId,
    thread: 1,
    startedAt,
    failures: result.status === 'success' ? 0 : 1,
    rowsAffected: null,
    ...result,
  });
  const recorded = recordedSession(nodeId, { ...context, session, thread: 1 });
  const transaction = new MacroTransaction(recorded, context);
  const builtIn = { resource_type: 'macro', package_name: graph.project.name, original_file_path: '' } as const;
  const owner = typeof macro === 'string' ? builtIn : macro;
  try {
    const kwargs = new Map(Object.keys(args).map((name) => [name, memberToValue(args, name)]));
    const { span: _, ...fields } = typeof macro === 'string' ? { ...builtIn, name: macro, span: undefined } : macro;
    const extra = new Map([['model', jsonToValue(fields as unknown as JsonObject)]]);
    await compiler.call(macro, owner, recorded, { kwargs, extra, transaction });
    if (transaction.isOpen) warnOfRollback(nodeId, context);
    await transaction.rollback();
    return finished({ status: 'success', message: '', diagnostics: [] });
  } catch (failure) {
    await transaction.rollback();
    const definition = typeof macro === 'string' ? undefined : { ...macro.span, end: macro.span.start };
    const name = typeof macro === 'string' ? macro : macro.name;
    const failing = { resource_type: 'macro', unique_id: nodeId, name, origin: { definition } } as const;
    const diagnostics = describeFailure(failure, failing, undefined, graph);
    return finished({ status: 'error', message: diagnostics.map(({ message }) => message).join('\n'), diagnostics });
  }
}

function warnOfRollback(nodeId: string, { emit, now }: ExecuteContext): void {
  const message = 'The macro began a transaction and did not commit it: what it changed is rolled back';
  const hint = "Call statement('name', auto_begin=false), or end the macro with: {% do adapter.commit() %}";
  emit(messageOf(warning('execute/not-committed', message, { hint }), now(), nodeId));
}
