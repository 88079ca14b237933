import { type GraphNode, type Node, type Session, StatementError, type StepFinished } from '../core/index.ts';
import { Tuple, type Value } from '../jinja/index.ts';
import type { ExecuteContext } from './context.ts';
import { executeRecorded } from './execute-recorded.ts';
import { describeFailure } from './failure.ts';
import { ResultValue } from './result-value.ts';
import { withSql } from './with-sql.ts';

type When = 'on-run-start' | 'on-run-end';

/**
 * Runs the project's hooks one after the other, outside of any transaction. After a failure the rest is skipped.
 * @param results what the steps came to so far; `on-run-end` hooks see them as `results`.
 */
export async function runProjectHooks(
  ids: readonly string[],
  when: When,
  context: ExecuteContext,
  session: Session,
  results: readonly StepFinished[],
): Promise<StepFinished[]> {
  const names = when === 'on-run-end' ? endOfRunNames(results, context) : new Map<string, Value>();
  const finished: StepFinished[] = [];
  for (const id of ids) {
    const failed = finished.some((result) => result.status !== 'success');
    finished.push(await runHook(id, failed, names, context, session));
  }
  return finished;
}

async function runHook(
  id: string,
  skipped: boolean,
  names: ReadonlyMap<string, Value>,
  context: ExecuteContext,
  session: Session,
): Promise<StepFinished> {
  const node = context.graph.nodes.get(id) as Node;
  const startedAt = context.now();
  const finished = (
    status: StepFinished['status'],
    message: string,
    diagnostics: StepFinished['diagnostics'],
  ): StepFinished => ({
    kind: 'step-finished',
    at: context.now(),
    nodeId: id,
    thread: 0,
    status,
    startedAt,
    message,
    failures: status === 'success' ? 0 : 1,
    rowsAffected: null,
    diagnostics,
  });
  const name = hookName(node);
  if (skipped) return finished('skipped', `${name} skipped`, []);
  try {
    const sql = await context.compiler.hook(node.raw_code, node, session, names);
    if (sql !== '') await executeRecorded(sql, id, { ...context, session, thread: 0 });
    return finished('success', `${name} passed`, []);
  } catch (failure) {
    const diagnostics = describeFailure(failure, node, undefined);
    const text = failure instanceof StatementError ? failure.message : (diagnostics[0]?.message ?? '');
    return finished('error', `${name} failed, error:\n ${text}`, diagnostics);
  }
}

/** `my_project.on-run-start.0`, as dbt names hooks in its log. */
function hookName(node: Node): string {
  const when = node.tags.find((tag) => tag.startsWith('on-run-')) ?? '';
  return `${node.package_name}.${when}.${node.resource_type === 'operation' ? node.index : 0}`;
}

/** The node as the run leaves it, with its compiled SQL. */
function ranNode(id: string, { graph, compiledSql }: ExecuteContext): GraphNode | undefined {
  const node = graph.nodes.get(id);
  const sql = compiledSql?.(id);
  return node === undefined || sql === undefined ? node : withSql(node, sql);
}

/** What only `on-run-end` hooks can name: the results, and the schemas in which something was built. */
function endOfRunNames(results: readonly StepFinished[], context: ExecuteContext): Map<string, Value> {
  const schemas = new Set<string>();
  const pairs = new Map<string, Tuple>();
  for (const result of results) {
    const node = context.graph.nodes.get(result.nodeId);
    const built = result.status !== 'error' && result.status !== 'fail' && result.status !== 'skipped';
    if (!built || !node || !('relation_name' in node) || !('schema' in node)) continue;
    if (node.resource_type === 'test' || node.resource_type === 'operation') continue;
    schemas.add(node.schema);
    pairs.set(`${node.database}.${node.schema}`, new Tuple([node.database, node.schema]));
  }
  return new Map<string, Value>([
    ['schemas', [...schemas]],
    ['database_schemas', [...pairs.values()]],
    [
      'results',
      results
        .filter((result) => context.graph.nodes.get(result.nodeId)?.resource_type !== 'operation')
        .map((result) => new ResultValue(result, ranNode(result.nodeId, context))),
    ],
  ]);
}
