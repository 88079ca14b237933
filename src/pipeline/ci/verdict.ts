import {
  type ChangeClass,
  compareChangeClasses,
  hasFailed,
  isTestType,
  type NodeChange,
  type Review,
  type ReviewProblem,
  type ReviewResult,
  type ReviewVerdict,
} from '../../core/index.ts';

type Found = Pick<Review, 'changes' | 'problems' | 'results' | 'leftOut' | 'failOn'> & {
  /** Whether somebody stopped it, so that not everything was looked at. */
  readonly interrupted: boolean;
};

/** Whether a change may be merged as far as can be told, with what was found in one line. */
export function verdictOf(found: Found): ReviewVerdict {
  const { changes, problems, results, failOn, interrupted } = found;
  const because = [
    ...(interrupted ? ['The review was interrupted'] : []),
    ...problems.filter(({ severity }) => severity === 'error').map(problemLine),
    ...results.filter(hasFailed).map(resultLine),
    ...changes.nodes.filter((change) => isTooMuch(change, failOn)).map(changeLine),
  ];
  return { status: because.length === 0 ? 'passed' : 'failed', text: summaryOf(found), because };
}

function isTooMuch({ class: reach, accepted }: NodeChange, failOn: ChangeClass | 'never'): boolean {
  return failOn !== 'never' && accepted === undefined && compareChangeClasses(reach, failOn) >= 0;
}

function problemLine({ message, place }: ReviewProblem): string {
  return place === undefined ? message : `${place.file}:${place.line}: ${message}`;
}

function resultLine({ name, resourceType, status, message, failures, inProduction }: ReviewResult): string {
  const what = resourceType.replace('_', ' ');
  const before = inProduction?.status === 'fail' ? `, in production ${counted(inProduction.failures, 'row')}` : '';
  if (status === 'fail' && failures) return `The ${what} ${name} failed: ${counted(failures, 'row')}${before}`;
  const [first] = (message ?? '').split('\n');
  return `The ${what} ${name} failed${first ? `: ${first}` : ''}`;
}

function changeLine({ name, class: reach, reasons }: NodeChange): string {
  const reason = reasons.find((one) => one.class === reach)?.text;
  return `${name} has a change of the class ${reach}${reason === undefined ? '' : `: ${reason}`}`;
}

function summaryOf({ changes: { nodes, affected }, results, problems, leftOut }: Found): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const changed = nodes.filter((change) => change.class !== 'none').length;
  const models = affected.filter(({ resourceType }) => !isTestType(resourceType)).length;
  const built = results.filter(({ resourceType }) => !isTestType(resourceType)).length;
  const tested = results.length - built;
  const unjudged = results.filter(({ status }) => status === 'unjudged').length;
  const amounts: readonly (readonly [number, string])[] = [
    [errors, counted(errors, 'error')],
    [changed + models, `${changed} changed, ${models} affected`],
    [built, `${built} built`],
    [tested, counted(tested, 'test')],
    [unjudged, `${unjudged} cannot be judged`],
    [leftOut.length, `${leftOut.length} left out`],
  ];
  const told = amounts.flatMap(([amount, text]) => (amount === 0 ? [] : text));
  return told.length === 0 ? 'Nothing that data depends on changed' : told.join(', ');
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
