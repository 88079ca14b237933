import type { StepFinished, StepStatus } from './event.ts';

/**
 * One result for each node, as dbt has it: the steps of a node that is kept by partitions, or of a test that looked at
 * them one by one and at those that stayed, become one, which stands where the last of them ended.
 */
export function wholeNodes(results: readonly StepFinished[]): readonly StepFinished[] {
  const parts = new Map<string, StepFinished[]>();
  for (const { nodeId, partition } of results) if (partition !== undefined) parts.set(nodeId, []);
  if (parts.size === 0) return results;
  for (const result of results) parts.get(result.nodeId)?.push(result);
  return results.flatMap((result) => {
    const ofNode = parts.get(result.nodeId);
    if (!ofNode) return [result];
    return ofNode.at(-1) === result ? [wholeNode(result, ofNode)] : [];
  });
}

function wholeNode(last: StepFinished, parts: readonly StepFinished[]): StepFinished {
  const status = statusOf(parts);
  const ran = parts.filter((part) => part.status !== 'skipped');
  const startedAt = (ran.length > 0 ? ran : parts).reduce((first, part) => Math.min(first, part.startedAt), Infinity);
  const bad = parts.filter((part) => part.status === status && part.status !== 'success');
  const shown = bad[0] ?? last;
  return {
    ...shown,
    at: parts.reduce((latest, part) => Math.max(latest, part.at), 0),
    partition: undefined,
    startedAt,
    compileStartedAt: startedAt,
    compileFinishedAt: startedAt,
    status,
    message: messageOf(status, parts),
    failures: sum(parts.map((part) => part.failures)),
    rowsAffected: sum(parts.map((part) => part.rowsAffected)),
    diagnostics: parts.flatMap((part) => part.diagnostics),
  };
}

/** Worst first. */
const order: readonly StepStatus[] = ['runtime error', 'error', 'fail', 'partial success', 'skipped', 'warn'];

/** The worst of all; but where some partitions were built and some were not, as for the batches of a microbatch model. */
function statusOf(parts: readonly StepFinished[]): StepStatus {
  const statuses = new Set(parts.map((part) => part.status));
  const worst = order.find((status) => statuses.has(status));
  if (worst === undefined) return statuses.has('success') ? 'success' : statuses.has('pass') ? 'pass' : 'no-op';
  const isMixed = statuses.has('success') && (worst === 'error' || worst === 'skipped');
  return isMixed ? 'partial success' : worst;
}

function messageOf(status: StepStatus, parts: readonly StepFinished[]): string {
  if (status === 'success' || status === 'pass' || status === 'no-op') {
    const messages = new Set(parts.map((part) => part.message));
    return messages.size === 1 ? (parts[0]?.message ?? '') : 'OK';
  }
  if (status === 'skipped') return parts[0]?.message ?? '';
  const own = parts.filter((part) => part.partition !== undefined);
  const built = own.filter((part) => part.status === 'success' || part.status === 'pass' || part.status === 'no-op');
  const others = parts.flatMap(({ partition, message, status: ended }) =>
    message === '' || ended === 'success' || ended === 'pass' ? [] : [`[${partition ?? 'the others'}] ${message}`],
  );
  const shown = others.slice(0, mostMessages);
  const more = others.length > shown.length ? [`and ${others.length - shown.length} more`] : [];
  return [`${built.length} of ${own.length} partitions are well`, ...shown, ...more].join('\n');
}

/** Of so many partitions a message is repeated. */
const mostMessages = 10;

function sum(counts: readonly (number | null)[]): number | null {
  const known = counts.filter((count) => count !== null);
  return known.length === 0 ? null : known.reduce((total, count) => total + count, 0);
}
