/** What steps are told apart by. A node that is one step, or that is published, goes by its own id. */
export function stepId({
  nodeId,
  part,
  partition,
}: {
  readonly nodeId: string;
  readonly part?: 'stage' | 'publish' | undefined;
  readonly partition?: string | undefined;
}): string {
  const id = partition === undefined ? nodeId : `${nodeId}[${partition}]`;
  return part === 'stage' ? `${id} staged` : id;
}
