import type { Graph } from '../../2-graph/index.ts';
import type {
  LeftOut,
  ResultInProduction,
  ReviewPlace,
  ReviewResult,
  Span,
  StepFinished,
  Table,
} from '../../core/index.ts';

export interface ResultsRequest {
  readonly graph: Graph;
  readonly placeOf: (span: Span) => ReviewPlace | undefined;
  /** Rows that a test found fault with, by its unique id. */
  readonly examples: ReadonlyMap<string, Table>;
  /** Why the failure of a test says nothing of the change, by its unique id: a reason a line. Default: all failures count. */
  readonly unjudged?: ReadonlyMap<string, readonly string[]> | undefined;
  /** What came of tests in production, by unique id. Default: nobody asked. */
  readonly before?: ReadonlyMap<string, ResultInProduction> | undefined;
}

/** What came of each node, its partitions taken together. What did not run is in `leftOut`. */
export function reviewResults(steps: readonly StepFinished[], request: ResultsRequest): readonly ReviewResult[] {
  return [...byNode(steps.filter(({ status }) => status !== 'skipped' && status !== 'no-op'))].flatMap(
    ([id, ended]) => {
      const node = request.graph.nodes.get(id);
      const worst = ended.reduce((one, other) => (rank(other) > rank(one) ? other : one));
      if (!node) return [];
      const failures = ended.flatMap((step) => step.failures ?? []);
      const span = worst.diagnostics.find((diagnostic) => diagnostic.span)?.span ?? node.origin.definition;
      const unjudged = worst.status === 'warn' ? request.unjudged?.get(id) : undefined;
      const message = worst.diagnostics[0]?.message ?? (worst.message === '' ? undefined : worst.message);
      return [
        {
          id,
          name: node.name,
          resourceType: node.resource_type,
          status: unjudged ? 'unjudged' : worst.status,
          seconds: ended.reduce((sum, step) => sum + step.at - step.startedAt, 0) / 1000,
          message: rank(worst) > 0 ? message : undefined,
          failures: failures.length === 0 ? undefined : failures.reduce((sum, count) => sum + count, 0),
          examples: request.examples.get(id),
          unjudged,
          inProduction: request.before?.get(id),
          place: rank(worst) > 0 ? request.placeOf(span) : undefined,
        },
      ];
    },
  );
}

/** What was chosen and did not run, because of a parent or because the time was over. */
export function notRun(steps: readonly StepFinished[], graph: Graph): readonly LeftOut[] {
  const skipped = steps.filter(({ status }) => status === 'skipped');
  return [...byNode(skipped)].flatMap(([id, [step]]) => {
    const node = graph.nodes.get(id);
    if (!node || node.resource_type === 'exposure' || node.resource_type === 'saved_query') return [];
    const above = graph.nodes.get(step?.skippedBecause ?? '')?.name;
    const reason = above === undefined ? (reasons[step?.skippedBecause ?? ''] ?? 'it was skipped') : `${above} failed`;
    return [{ id, name: node.name, reason }];
  });
}

export const timeIsOver = 'the time was over (--max-minutes)';

const reasons: Readonly<Record<string, string>> = {
  interrupted: 'the review was interrupted',
  'out-of-time': timeIsOver,
  'fail-fast': 'something failed before (--fail-fast)',
  hook: 'an on-run-start hook failed',
};

function byNode(steps: readonly StepFinished[]): ReadonlyMap<string, readonly [StepFinished, ...StepFinished[]]> {
  const found = new Map<string, [StepFinished, ...StepFinished[]]>();
  for (const step of steps) {
    const known = found.get(step.nodeId);
    if (known) known.push(step);
    else found.set(step.nodeId, [step]);
  }
  return found;
}

/** What is worse is higher; above 0 it is no success. */
function rank({ status }: StepFinished): number {
  if (status === 'success' || status === 'pass' || status === 'no-op') return 0;
  return status === 'warn' ? 1 : 2;
}
