import type { Graph } from '../../2-graph/index.ts';
import type { Call } from '../../cli/engine/call.ts';
import type { Host } from '../../cli/engine/host.ts';
import type { Loaded } from '../../cli/engine/loaded.ts';
import type { Diagnostic, ProjectChanges } from '../../core/index.ts';
import { runLoaded } from '../run.ts';

export interface ValidateRequest {
  readonly given: Call;
  readonly host: Host;
  readonly changes: ProjectChanges;
  /** Tests and unit tests that are new or other than they were. */
  readonly tests: readonly string[];
}

/**
 * Compiles the whole project and looks through its SQL. Only data tests that the change has nothing to do with are left
 * out: there may be thousands, and they are what they were.
 *
 * @param loaded with production's names, so that it answers what templates ask of tables.
 */
export async function validate(
  loaded: Loaded,
  { given, host, ...changed }: ValidateRequest,
): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  const listening: Host = {
    ...host,
    emit(event) {
      if (event.kind === 'step-finished') found.push(...event.diagnostics);
      if (event.kind === 'message' && event.diagnostic) found.push(event.diagnostic);
    },
  };
  const only = looked(loaded.graph, changed);
  const call: Call = { ...given, command: 'compile', only, writeJson: false };
  const outcome = await runLoaded(loaded, call, listening, { writesSql: false });
  return [...outcome.diagnostics, ...found];
}

const compiled: ReadonlySet<string> = new Set(['model', 'snapshot', 'analysis', 'function', 'test']);

function looked({ order, nodes }: Graph, { changes, tests }: Pick<ValidateRequest, 'changes' | 'tests'>): string[] {
  const altered = new Set([...tests, ...[...changes.nodes, ...changes.affected].map(({ id }) => id)]);
  return order.filter((id) => {
    const node = nodes.get(id);
    if (node?.resource_type !== 'test') return compiled.has(node?.resource_type ?? '');
    return altered.has(id) || node.depends_on.nodes.some((parent) => altered.has(parent));
  });
}
