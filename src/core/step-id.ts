/** As of `Step.part`. */
export type StepPart = 'stage' | 'publish' | 'rest';

const marks: Readonly<Record<StepPart, string>> = { stage: ' staged', publish: '', rest: ' of the rest' };

/** What steps are told apart by. A node that is one step, or that is published, goes by its own id. */
export function stepId({
  nodeId,
  part,
  partition,
}: {
  readonly nodeId: string;
  readonly part?: StepPart | undefined;
  readonly partition?: string | undefined;
}): string {
  const id = partition === undefined ? nodeId : `${nodeId}[${partition}]`;
  return part === undefined ? id : `${id}${marks[part]}`;
}

/** The id of a step as its result has it, which does not say which part it was. */
export function withoutPart(id: string): string {
  const mark = [marks.stage, marks.rest].find((one) => id.endsWith(one));
  return mark === undefined ? id : id.slice(0, -mark.length);
}
